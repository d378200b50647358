// Running text cut up for those who look for a day in it: numbers, words (with the month that they name) and
// signs, the digits and the punctuation of all scripts written as ASCII writes them.

#pragma once

#include <string_view>
#include <vector>

namespace newswired::articles::page {

struct DatePiece {
    enum class Kind { number, word, sign } kind = Kind::sign;
    std::string_view text{};
    int value = 0;  // of a number; -1 when it is too long to be part of a date
    int month =
        0;  // 1-12 of a word that names a month, or begins the words that do ("tháng 3", "كانون الثاني")

    bool is_number(std::size_t least, std::size_t most) const {
        return kind == Kind::number && text.size() >= least && text.size() <= most;
    }
};

/// `folded` is what feeds::folded_date() made; it must outlive the pieces.
std::vector<DatePiece> date_pieces(std::string_view folded);

}  // namespace newswired::articles::page
