#include "articles/page/date_pieces.hpp"

#include "core/text.hpp"
#include "feeds/date_words.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdlib>

namespace newswired::articles::page {
namespace {

using Kind = DatePiece::Kind;

// Text longer than this names no day for its own sake.
constexpr std::size_t kMaxPieces = 400;

// What a sign of another script is in ASCII; ',' stands for all that part words.
char ascii_sign(UChar32 code) {
    if (code > 0xFF00 && code < 0xFF5F) {
        return char(code - 0xFEE0);  // full width
    }
    switch (u_charType(code)) {
        case U_DASH_PUNCTUATION:
            return '-';
        case U_INITIAL_PUNCTUATION:
        case U_FINAL_PUNCTUATION:
            return '\'';
        default:
            return code == 0xB7 || code == 0x30FB ? '.' : ',';  // middle dots
    }
}

// 0-9, or 10 for 十; -1 for what is no numeral.
int han_numeral(UChar32 code) {
    switch (code) {
        case U'〇':
        case U'零':
            return 0;
        case U'一':
        case U'元':  // the first year of an era
            return 1;
        case U'二':
            return 2;
        case U'三':
            return 3;
        case U'四':
            return 4;
        case U'五':
            return 5;
        case U'六':
            return 6;
        case U'七':
            return 7;
        case U'八':
            return 8;
        case U'九':
            return 9;
        case U'十':
            return 10;
        default:
            return -1;
    }
}

// Collects numerals until it is known whether they count years, months or days.
class HanNumber {
  public:
    bool take(UChar32 code) {
        auto const value = han_numeral(code);
        if (value >= 0) {
            append_utf8(written_, static_cast<char32_t>(code));
            values_.push_back(static_cast<char>(value));
        }
        return value >= 0;
    }

    // `next` stands behind them.
    void flush(std::string& out, UChar32 next) {
        if (written_.empty()) {
            return;
        }
        auto const counts = next == U'年' || next == U'月' || next == U'日' || next == U'号' || next == U'號';
        out += counts && values_.size() <= 4 ? std::to_string(value()) : written_;
        written_.clear();
        values_.clear();
    }

  private:
    // "二〇二四" is a row of digits, "二十四" a number.
    int value() const {
        auto tens = 0;
        auto rest = 0;
        for (auto const one : values_) {
            if (one == 10) {
                tens += 10 * std::max(rest, 1);
                rest = 0;
            } else {
                rest = rest * 10 + one;
            }
        }
        return tens + rest;
    }

    std::string written_;
    std::string values_;
};

bool is_word_byte(char c) {
    return is_alpha(c) || static_cast<unsigned char>(c) >= 0x80;
}

// "มี.ค", "พ.ศ": a dot inside, after one letter or two of another script.
bool is_dot_of_short_form(std::string_view text, std::size_t begin, std::size_t dot) {
    constexpr std::size_t kTwoLetters = 6;
    return text[dot] == '.' && dot + 1 < text.size() && static_cast<unsigned char>(text[dot + 1]) >= 0x80 &&
           static_cast<unsigned char>(text[begin]) >= 0x80 && dot - begin <= kTwoLetters;
}

int month_of_word(std::string_view word) {
    if (word.size() < 3) {
        return 0;
    }
    if (word.find('.') == std::string_view::npos) {
        return feeds::month_of(word);
    }
    std::string without{word};
    without.erase(std::remove(without.begin(), without.end(), '.'), without.end());
    return feeds::month_of(without);
}

struct TwoWords {
    std::string_view first;
    std::string_view second;
    int month;
};

constexpr TwoWords kTwoWords[] = {
    {"كانون", "الثاني", 1}, {"كانون", "الأول", 12},  {"كانون", "الاول", 12}, {"تشرين", "الأول", 10},
    {"تشرين", "الاول", 10}, {"تشرين", "الثاني", 11}, {"tháng", "một", 1},    {"tháng", "giêng", 1},
    {"tháng", "hai", 2},    {"tháng", "ba", 3},      {"tháng", "tư", 4},     {"tháng", "năm", 5},
    {"tháng", "sáu", 6},    {"tháng", "bảy", 7},     {"tháng", "tám", 8},    {"tháng", "chín", 9},
    {"tháng", "mười", 10},  {"tháng", "chạp", 12},
};

// How many pieces from the one at `at` on are one month's name: "tháng 3", "tháng mười hai", "كانون الثاني".
std::size_t read_month(std::vector<DatePiece>& pieces, std::size_t at) {
    static DatePiece const kNone{};
    auto& first = pieces[at];
    auto const& second = at + 1 < pieces.size() ? pieces[at + 1] : kNone;
    if (first.text == "tháng" && second.is_number(1, 2)) {
        first.month = second.value;  // Vietnam counts its months
        return 2;
    }
    for (auto const& two : kTwoWords) {
        if (first.text == two.first && second.text == two.second) {
            first.month = two.month;
            auto const third = at + 2 < pieces.size() ? pieces[at + 2].text : std::string_view{};
            auto const more = two.second != "mười" ? 0 : third == "một" ? 1 : third == "hai" ? 2 : 0;
            first.month += more;
            return more > 0 ? 3 : 2;
        }
    }
    return 1;
}

// The same with the month's other name: "آذار/مارس", "أيار (مايو)".
std::size_t join_month(std::vector<DatePiece>& pieces, std::size_t at) {
    if (pieces[at].kind != Kind::word) {
        return 1;
    }
    auto const length = read_month(pieces, at);
    auto const month = pieces[at].month;
    auto const sign = at + length;
    if (month == 0 || sign + 1 >= pieces.size() || (pieces[sign].text != "/" && pieces[sign].text != "(")) {
        return length;
    }
    auto const other = sign + 1;
    auto const end = other + read_month(pieces, other);
    if (pieces[other].month != month) {
        return length;
    }
    auto const closes = end < pieces.size() && pieces[end].text == ")";
    return end + (closes ? 1 : 0) - at;
}

void join_months(std::vector<DatePiece>& pieces) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < pieces.size(); ++kept) {
        auto const length = join_month(pieces, at);
        pieces[kept] = pieces[at];
        at += length;
    }
    pieces.resize(kept);
}

}  // namespace

std::string folded_for_dates(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    HanNumber han;
    auto const* const bytes = reinterpret_cast<std::uint8_t const*>(text.data());
    auto const length = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < length;) {
        if (bytes[i] < 0x80) {
            han.flush(out, bytes[i]);
            out += to_lower(text[static_cast<std::size_t>(i++)]);
            continue;
        }
        UChar32 code = 0;
        U8_NEXT(bytes, i, length, code);
        if (han.take(code)) {
            continue;
        }
        han.flush(out, code);
        auto const digit = code < 0 ? -1 : u_charDigitValue(code);
        if (digit >= 0) {
            out += char('0' + digit);
        } else if (code == 0xA0 || code == 0x202F || code == 0x3000) {
            out += ' ';  // spaces that keep a line together
        } else if (code >= 0 && (u_ispunct(code) || (code > 0xFF00 && code < 0xFF21))) {
            out += ascii_sign(code);
        } else if (code != 0x200E && code != 0x200F && code != 0x200C) {
            append_utf8(out, code < 0 ? char32_t{0xFFFD} : static_cast<char32_t>(u_tolower(code)));
        }
    }
    han.flush(out, 0);
    return out;
}

std::vector<DatePiece> date_pieces(std::string_view folded) {
    std::vector<DatePiece> pieces;
    for (std::size_t i = 0; i < folded.size() && pieces.size() < kMaxPieces;) {
        auto end = i + 1;
        if (is_digit(folded[i])) {
            while (end < folded.size() && is_digit(folded[end])) {
                ++end;
            }
            auto const digits = folded.substr(i, end - i);
            pieces.push_back(
                {Kind::number, digits, digits.size() <= 8 ? std::atoi(std::string{digits}.c_str()) : -1});
        } else if (is_word_byte(folded[i])) {
            while (end < folded.size() &&
                   (is_word_byte(folded[end]) || is_dot_of_short_form(folded, i, end))) {
                ++end;
            }
            auto const word = folded.substr(i, end - i);
            pieces.push_back({Kind::word, word, 0, month_of_word(word)});
        } else if (!is_space(folded[i])) {
            pieces.push_back({Kind::sign, folded.substr(i, 1)});
        }
        i = end;
    }
    join_months(pieces);
    return pieces;
}

}  // namespace newswired::articles::page
