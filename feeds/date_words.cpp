#include "feeds/date_words.hpp"

#include <algorithm>
#include <iterator>

namespace newswired::feeds {
namespace {

struct Word {
    std::string_view text;
    int value;
};

// Sorted by their bytes.
constexpr Word kMonths[] = {
#define NEWSWIRED_MONTH(text, month) {text, month},
#include "feeds/months.inc"
#undef NEWSWIRED_MONTH
};
constexpr Word kZones[] = {
#define NEWSWIRED_ZONE(text, minutes) {text, minutes},
#include "feeds/zones.inc"
#undef NEWSWIRED_ZONE
};
constexpr Word kHalves[] = {
    {"am", 0},    {"a.m", 0},  {"a", 0},     {"pm", 12},  {"p.m", 12},  {"p", 12},   {"오전", 0},
    {"오후", 12}, {"上午", 0}, {"下午", 12}, {"午前", 0}, {"午後", 12}, {"sáng", 0}, {"chiều", 12},
    {"π.μ", 0},   {"μ.μ", 12}, {"πμ", 0},    {"μμ", 12},  {"ص", 0},     {"م", 12},
};

template <std::size_t N>
Word const* find(Word const (&words)[N], std::string_view text) {
    auto const* const place =
        std::lower_bound(std::begin(words), std::end(words), text,
                         [](Word const& one, std::string_view sought) { return one.text < sought; });
    return place != std::end(words) && place->text == text ? place : nullptr;
}

}  // namespace

int month_of(std::string_view word) {
    if (auto const* const found = find(kMonths, word)) {
        return found->value;
    }
    // "Octob", "janvi": the beginning of one month's name only, of three letters at least in any script.
    constexpr auto is_letter = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    if (word.size() < 3 || std::count_if(word.begin(), word.end(), is_letter) < 3) {
        return 0;
    }
    auto const* place =
        std::lower_bound(std::begin(kMonths), std::end(kMonths), word,
                         [](Word const& one, std::string_view sought) { return one.text < sought; });
    auto const* const first = place;
    while (place != std::end(kMonths) && place->text.starts_with(word) && place->value == first->value) {
        ++place;
    }
    auto const several = place != std::end(kMonths) && place->text.starts_with(word);
    return place == first || several ? 0 : first->value;
}

std::optional<int> zone_of(std::string_view word) {
    auto const* const found = find(kZones, word);
    return found != nullptr ? std::optional{found->value} : std::nullopt;
}

int half_of_day(std::string_view word) {
    for (auto const& one : kHalves) {
        if (one.text == word) {
            return one.value;
        }
    }
    return -1;
}

}  // namespace newswired::feeds
