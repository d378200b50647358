#include "feeds/dates/words.hpp"

#include "core/scan.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string>

namespace newswired::feeds {
namespace {

struct Word {
    std::string_view text;
    int value;
};

// Sorted by their bytes.
constexpr Word kMonths[] = {
#define NEWSWIRED_MONTH(text, month) {text, month},
#include "feeds/dates/months.inc"
#undef NEWSWIRED_MONTH
};
constexpr Word kZones[] = {
#define NEWSWIRED_ZONE(text, minutes) {text, minutes},
#include "feeds/dates/zones.inc"
#undef NEWSWIRED_ZONE
};
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

// The year before an era's first.
constexpr Word kEras[] = {{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"民國", 1911}, {"民国", 1911}};
constexpr Word kHalves[] = {
    {"am", 0},    {"a.m", 0},  {"a", 0},     {"pm", 12},  {"p.m", 12},  {"p", 12},   {"오전", 0},
    {"오후", 12}, {"上午", 0}, {"下午", 12}, {"午前", 0}, {"午後", 12}, {"sáng", 0}, {"chiều", 12},
    {"π.μ", 0},   {"μ.μ", 12}, {"πμ", 0},    {"μμ", 12},  {"ص", 0},     {"م", 12},
};

template <std::size_t N>
Word const* not_before(Word const (&words)[N], std::string_view text) {
    return std::lower_bound(std::begin(words), std::end(words), text,
                            [](Word const& one, std::string_view sought) { return one.text < sought; });
}

template <std::size_t N>
Word const* find(Word const (&words)[N], std::string_view text) {
    auto const* const place = not_before(words, text);
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
    if (word.find('.') != std::string_view::npos && static_cast<unsigned char>(word[0]) >= 0x80) {
        std::string without{word};  // "มี.ค"
        without.erase(std::remove(without.begin(), without.end(), '.'), without.end());
        return month_of(without);
    }
    if (!kBeginnings.contain(word)) {
        return 0;
    }
    auto const* place = not_before(kMonths, word);
    if (place != std::end(kMonths) && place->text == word) {
        return place->value;
    }
    // "Octob", "janvi": the beginning of one month's name only, of three letters at least in any script.
    constexpr auto is_letter = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    if (word.size() < 3 || std::count_if(word.begin(), word.end(), is_letter) < 3) {
        return 0;
    }
    auto const* const first = place;
    while (place != std::end(kMonths) && place->text.starts_with(word) && place->value == first->value) {
        ++place;
    }
    auto const several = place != std::end(kMonths) && place->text.starts_with(word);
    return place == first || several ? 0 : first->value;
}

MonthOfWords month_of(std::string_view first, std::string_view second, std::string_view third) {
    for (auto const& two : kTwoWords) {
        if (two.first == first && two.second == second) {
            auto const more = second != "mười" ? 0 : third == "một" ? 1 : third == "hai" ? 2 : 0;
            return {.month = two.month + more, .words = more > 0 ? 3u : 2u};
        }
    }
    return {};
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
        if (same_bytes(one.text, word)) {
            return one.value;
        }
    }
    return -1;
}

int era_year(std::string_view era, int year) {
    for (auto const& one : kEras) {
        if (era.ends_with(one.text)) {
            return one.value + year;
        }
    }
    return 0;
}

int from_buddhist(int year) {
    constexpr int kFirst = 2535;  // 1992
    return year >= kFirst && year < kFirst + 60 ? year - 543 : year;
}

}  // namespace newswired::feeds
