#include "feeds/date_words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
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

// Which two bytes a month's name begins with.  Most words that are asked about are no month's name, and few
// begin as one does.
class Beginnings {
  public:
    constexpr Beginnings() {
        for (auto const& month : kMonths) {
            set_[place_of(month.text) / 64] |= std::uint64_t{1} << place_of(month.text) % 64;
        }
    }
    constexpr bool contain(std::string_view word) const {
        return word.size() < 2 || (set_[place_of(word) / 64] >> place_of(word) % 64 & 1) != 0;
    }

  private:
    static constexpr std::size_t place_of(std::string_view word) {
        return std::size_t(static_cast<unsigned char>(word[0])) << 8 | static_cast<unsigned char>(word[1]);
    }

    std::array<std::uint64_t, 1024> set_{};
};

constexpr Beginnings kBeginnings;
static_assert(std::all_of(std::begin(kMonths), std::end(kMonths),
                          [](Word const& month) { return month.text.size() >= 2; }));

}  // namespace

int month_of(std::string_view word) {
    if (!kBeginnings.contain(word)) {
        return 0;
    }
    if (auto const* const found = find(kMonths, word)) {
        return found->value;
    }
    // "Octob", "janvi": the beginning of one month's name only.
    if (word.size() < 3) {
        return 0;
    }
    auto const* const place =
        std::lower_bound(std::begin(kMonths), std::end(kMonths), word,
                         [](Word const& one, std::string_view sought) { return one.text < sought; });
    return place != std::end(kMonths) && place->text.starts_with(word) ? place->value : 0;
}

std::optional<int> zone_of(std::string_view word) {
    auto const* const found = find(kZones, word);
    return found != nullptr ? std::optional{found->value} : std::nullopt;
}

int half_of_day(std::string_view word) {
    constexpr std::size_t kLongest = 7;
    static_assert(std::all_of(std::begin(kHalves), std::end(kHalves),
                              [](Word const& half) { return half.text.size() <= kLongest; }));
    if (word.size() > kLongest) {
        return -1;
    }
    for (auto const& one : kHalves) {
        if (one.text == word) {
            return one.value;
        }
    }
    return -1;
}

}  // namespace newswired::feeds
