#include "articles/site/numbers.hpp"

#include "core/text.hpp"
#include "feeds/date_words.hpp"

#include <algorithm>

namespace newswired::articles::site {
namespace {

constexpr char kNumber = '\x0e';

bool is_word_byte(char c) {
    return is_alpha(c) || (c & 0x80) != 0;
}

bool parts_numbers(char c) {
    return c == '.' || c == ',' || c == ':' || c == '/' || c == '-';
}

// What may stand between the day, the month and the year.
bool parts_dates(char c) {
    return c == ' ' || parts_numbers(c);
}

bool looks_like_date(std::string_view number) {
    auto const year = number.size() == 4 && (number.starts_with("19") || number.starts_with("20"));
    auto const parts = std::count_if(number.begin(), number.end(), parts_numbers);
    return year || number.find(':') != std::string_view::npos || (parts == 2 && number.size() <= 10);
}

bool is_word_of_dates(std::string_view word) {
    constexpr std::size_t kLongestWord = 40;
    if (word.empty() || word.size() > kLongestWord) {
        return false;
    }
    auto const lower = to_lower(word);
    return feeds::month_of(lower) > 0 || feeds::half_of_day(lower) >= 0;
}

std::string_view without_parts(std::string_view text) {
    while (!text.empty() && parts_dates(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

void pop_parts(std::string& out) {
    while (!out.empty() && (parts_dates(out.back()) || out.back() == kNumber)) {
        out.pop_back();
    }
}

}  // namespace

std::string_view NumberEraser::erase(std::string_view text) {
    out_.clear();
    has_date_ = false;
    others_ = 0;
    last_ = Last::nothing;
    for (std::size_t place = 0; place < text.size();) {
        auto const c = text[place];
        if (is_digit(c)) {
            place = number(text, place);
        } else if (is_word_byte(c)) {
            place = word(text, place);
        } else {
            last_ = parts_dates(c) ? last_ : Last::nothing;
            out_ += c;
            ++place;
        }
    }
    return out_;
}

std::size_t NumberEraser::number(std::string_view text, std::size_t place) {
    auto end = place + 1;
    while (end < text.size() && (is_digit(text[end]) || (parts_numbers(text[end]) && end + 1 < text.size() &&
                                                         is_digit(text[end + 1])))) {
        ++end;
    }
    // "March 5": the word goes with the number.
    auto const named =
        last_ == Last::word && is_word_of_dates(without_parts(std::string_view{out_}.substr(word_)));
    if (named) {
        out_.resize(word_);
    }
    auto const date = named || looks_like_date(text.substr(place, end - place));
    has_date_ = has_date_ || date;
    others_ += date ? 0 : 1;
    last_is_other_ = !date;
    pop_parts(out_);
    out_ += kNumber;
    last_ = Last::number;
    return end;
}

std::size_t NumberEraser::word(std::string_view text, std::size_t place) {
    auto end = place + 1;
    while (end < text.size() && is_word_byte(text[end])) {
        ++end;
    }
    auto const word = text.substr(place, end - place);
    // "5 March", "10:42 am".
    if (last_ == Last::number && is_word_of_dates(word)) {
        has_date_ = true;
        others_ -= last_is_other_ ? 1 : 0;
        last_is_other_ = false;
        pop_parts(out_);
        out_ += kNumber;
        return end;
    }
    word_ = out_.size();
    out_ += word;
    last_ = Last::word;
    return end;
}

}  // namespace newswired::articles::site
