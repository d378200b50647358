#include "articles/page/dates/pieces.hpp"

#include "core/text.hpp"
#include "feeds/dates/words.hpp"

#include <cstdlib>

namespace newswired::articles::page {
namespace {

using Kind = DatePiece::Kind;

// Text longer than this names no day for its own sake.
constexpr std::size_t kMaxPieces = 400;

bool is_word_byte(char c) {
    return is_alpha(c) || static_cast<unsigned char>(c) >= 0x80;
}

// "มี.ค", "พ.ศ": a dot inside, after one letter or two of another script.
bool is_dot_of_short_form(std::string_view text, std::size_t begin, std::size_t dot) {
    constexpr std::size_t kTwoLetters = 6;
    return text[dot] == '.' && dot + 1 < text.size() && static_cast<unsigned char>(text[dot + 1]) >= 0x80 &&
           static_cast<unsigned char>(text[begin]) >= 0x80 && dot - begin <= kTwoLetters;
}

// How many pieces from the one at `at` on are one month's name: "tháng 3", "tháng mười hai", "كانون الثاني".
std::size_t read_month(std::vector<DatePiece>& pieces, std::size_t at) {
    static DatePiece const kNone{};
    auto& first = pieces[at];
    auto const& second = at + 1 < pieces.size() ? pieces[at + 1] : kNone;
    if (first.text == "tháng" && second.is_number(1, 2)) {
        first.month = second.value;  // Vietnam counts its months
        return 2;
    }
    auto const& third = at + 2 < pieces.size() ? pieces[at + 2] : kNone;
    if (auto const found = feeds::month_of(first.text, second.text, third.text); found.words > 0) {
        first.month = found.month;
        return found.words;
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
            pieces.push_back({Kind::word, word, 0, word.size() < 3 ? 0 : feeds::month_of(word)});
        } else if (!is_space(folded[i])) {
            pieces.push_back({Kind::sign, folded.substr(i, 1)});
        }
        i = end;
    }
    join_months(pieces);
    return pieces;
}

}  // namespace newswired::articles::page
