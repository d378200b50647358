#include "articles/page/calendars.hpp"
#include "articles/page/dates.hpp"
#include "core/text.hpp"
#include "feeds/date_words.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <vector>

namespace newswired::articles::page {
namespace {

// Text longer than this names no day for its own sake.
constexpr std::size_t kMaxPieces = 400;

// Lower case, with the digits of all scripts as ASCII ones.
std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    auto const* const bytes = reinterpret_cast<std::uint8_t const*>(text.data());
    auto const length = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < length;) {
        if (bytes[i] < 0x80) {
            out += to_lower(text[static_cast<std::size_t>(i++)]);
            continue;
        }
        UChar32 code = 0;
        U8_NEXT(bytes, i, length, code);
        auto const digit = code < 0 ? -1 : u_charDigitValue(code);
        if (digit >= 0) {
            out += char('0' + digit);
        } else if (code == 0xA0 || code == 0x202F) {
            out += ' ';  // spaces that keep a line together
        } else if (code != 0x200E && code != 0x200F && code != 0x200C) {
            append_utf8(out, code < 0 ? char32_t{0xFFFD} : static_cast<char32_t>(u_tolower(code)));
        }
    }
    return out;
}

// 19920101 and later may be a day written as one number.
constexpr int kFirstCompact = 19'920'000;

struct Piece {
    enum class Kind { number, word, other } kind;
    std::string_view text;
    int value = 0;
    int month = 0;
};

std::vector<Piece> cut(std::string_view text) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < text.size() && pieces.size() < kMaxPieces;) {
        auto end = i + 1;
        if (is_digit(text[i])) {
            while (end < text.size() && is_digit(text[end])) {
                ++end;
            }
            auto const digits = text.substr(i, end - i);
            pieces.push_back({Piece::Kind::number, digits,
                              digits.size() <= 8 ? std::atoi(std::string{digits}.c_str()) : -1});
        } else if (is_alpha(text[i]) || static_cast<unsigned char>(text[i]) >= 0x80) {
            while (end < text.size() &&
                   (is_alpha(text[end]) || static_cast<unsigned char>(text[end]) >= 0x80)) {
                ++end;
            }
            auto const word = text.substr(i, end - i);
            pieces.push_back({Piece::Kind::word, word, 0, word.size() < 3 ? 0 : feeds::month_of(word)});
        } else if (!is_space(text[i])) {
            pieces.push_back({Piece::Kind::other, text.substr(i, 1)});
        }
        i = end;
    }
    return pieces;
}

class Scanner {
  public:
    Scanner(std::vector<Piece> const& pieces, bool month_first)
        : pieces_{pieces}, month_first_{month_first} {}

    std::string at(std::size_t i) const {
        auto const& first = pieces_[i];
        if (first.kind == Piece::Kind::number) {
            for (auto const read : {&Scanner::numeric, &Scanner::other_calendar, &Scanner::day_then_month}) {
                if (auto day = (this->*read)(i); !day.empty()) {
                    return day;
                }
            }
            return {};
        }
        return first.month > 0 ? month_then_day(i) : std::string{};
    }

  private:
    Piece const& get(std::size_t i) const {
        static Piece const kEnd{Piece::Kind::other, {}};
        return i < pieces_.size() ? pieces_[i] : kEnd;
    }
    bool is_number(std::size_t i, std::size_t shortest, std::size_t longest) const {
        auto const& p = get(i);
        return p.kind == Piece::Kind::number && p.text.size() >= shortest && p.text.size() <= longest;
    }

    std::string numeric(std::size_t i) const {
        auto const separator = get(i + 1).text;
        auto const cjk = separator == "\u5E74" || separator == "\uB144";
        if (is_number(i, 4, 4) && (cjk || separator == "-" || separator == "/" || separator == ".") &&
            is_number(i + 2, 1, 2) && is_number(i + 4, 1, 2)) {
            return day_text(get(i).value, get(i + 2).value, get(i + 4).value);
        }
        if (is_number(i, 1, 2) && (separator == "." || separator == "/" || separator == "-") &&
            get(i + 3).text == separator && is_number(i + 2, 1, 2) &&
            (is_number(i + 4, 4, 4) || is_number(i + 4, 2, 2))) {
            auto const a = get(i).value;
            auto const b = get(i + 2).value;
            auto const month_first = separator == "/" ? (month_first_ ? a <= 12 : b > 12) : b > 12;
            return month_first ? day_text(get(i + 4).value, a, b) : day_text(get(i + 4).value, b, a);
        }
        if (is_number(i, 8, 8) && get(i).value > kFirstCompact) {
            return day_text(get(i).value / 10000, get(i).value / 100 % 100, get(i).value % 100);
        }
        return {};
    }

    // "令和2年3月12日", "2 تیر 1399".
    std::string other_calendar(std::size_t i) const {
        if (i > 0 && is_number(i, 1, 3) && get(i + 1).text == "\u5E74" && is_number(i + 2, 1, 2) &&
            is_number(i + 4, 1, 2)) {
            auto const year = era_year(get(i - 1).text, get(i).value);
            return year == 0 ? std::string{} : day_text(year, get(i + 2).value, get(i + 4).value);
        }
        if (is_number(i, 1, 2) && is_number(i + 2, 4, 4)) {
            if (auto const month = solar_hijri_month(get(i + 1).text); month > 0) {
                return from_solar_hijri(get(i + 2).value, month, get(i).value);
            }
        }
        auto const separator = get(i + 1).text;
        if (is_number(i, 4, 4) && get(i).value < 1500 && (separator == "/" || separator == "-") &&
            is_number(i + 2, 1, 2) && get(i + 3).text == separator && is_number(i + 4, 1, 2)) {
            return from_solar_hijri(get(i).value, get(i + 2).value, get(i + 4).value);
        }
        return {};
    }

    // "12 March 2020", "12. März 2020", "12 de marzo de 2020", "12th of March, 2020", "12-Mar-20".
    std::string day_then_month(std::size_t i) const {
        if (!is_number(i, 1, 2)) {
            return {};
        }
        auto at = i + 1;
        for (auto steps = 0; steps < 2 && get(at).month == 0; ++steps) {
            if (get(at).text.empty() || get(at).kind == Piece::Kind::number || get(at).text.size() > 4) {
                return {};
            }
            ++at;
        }
        return get(at).month > 0 ? year_after(at, get(at).month, get(i).value) : std::string{};
    }

    std::string month_then_day(std::size_t i) const {
        auto at = i + 1;
        at += get(at).text == "." ? 1 : 0;
        if (!is_number(at, 1, 2)) {
            return {};
        }
        return year_after(at, get(i).month, get(at).value);
    }

    std::string year_after(std::size_t at, int month, int day) const {
        for (auto next = at + 1; next < at + 4; ++next) {
            if (is_number(next, 4, 4)) {
                return day_text(from_buddhist(get(next).value), month, day);
            }
            if (get(next).kind == Piece::Kind::number || get(next).text.size() > 4) {
                return {};
            }
        }
        return {};
    }

    std::vector<Piece> const& pieces_;
    bool month_first_;
};

}  // namespace

std::string day_in_text(std::string_view text, bool month_first) {
    auto const lowered = folded(text);
    auto const pieces = cut(lowered);
    Scanner const scanner{pieces, month_first};
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (auto day = scanner.at(i); !day.empty()) {
            return day;
        }
    }
    return {};
}

}  // namespace newswired::articles::page
