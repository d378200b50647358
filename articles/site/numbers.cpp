#include "articles/site/numbers.hpp"

#include "core/scan.hpp"
#include "core/text.hpp"
#include "feeds/dates/words.hpp"

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
        if (last_ != Last::number) {
            place = up_to_number(text, place);
        } else {
            place = behind_number(text, place);
        }
    }
    return out_;
}

// Most of a line, as it is; what counts of it is the word that may belong to the number.
std::size_t NumberEraser::up_to_number(std::string_view text, std::size_t place) {
    auto const end = find_digit(text, place);
    auto const before = text.substr(place, end - place);
    auto const words = without_parts(before);
    if (!words.empty()) {
        auto start = words.size();
        while (start > 0 && is_word_byte(words[start - 1])) {
            --start;
        }
        last_ = start < words.size() ? Last::word : Last::nothing;
        word_ = out_.size() + start;
    }
    out_ += before;
    return end < text.size() ? number(text, end) : end;
}

std::size_t NumberEraser::behind_number(std::string_view text, std::size_t place) {
    auto const c = text[place];
    if (is_digit(c)) {
        return number(text, place);
    }
    if (is_word_byte(c)) {
        return word(text, place);
    }
    last_ = parts_dates(c) ? last_ : Last::nothing;
    out_ += c;
    return place + 1;
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
    if (is_word_of_dates(word)) {
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
