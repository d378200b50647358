#include "feeds/dates/solar_hijri.hpp"

#include <string_view>

namespace newswired::feeds {
namespace {

struct Word {
    std::string_view text;
    int value;
};

// In both spellings of ye.
constexpr Word kMonths[] = {{"فروردین", 1}, {"فروردين", 1}, {"اردیبهشت", 2}, {"ارديبهشت", 2}, {"خرداد", 3},
                            {"تیر", 4},     {"تير", 4},     {"مرداد", 5},    {"شهریور", 6},   {"شهريور", 6},
                            {"مهر", 7},     {"آبان", 8},    {"آذر", 9},      {"دی", 10},      {"دي", 10},
                            {"بهمن", 11},   {"اسفند", 12}};

// The first of Farvardin in the years that the web has seen is 20 or 21 March: the 33-year rule of leap years
// holds from 1178 to 1633.
constexpr bool is_leap(int year) {
    auto const place = year % 33;
    return place == 1 || place == 5 || place == 9 || place == 13 || place == 17 || place == 22 ||
           place == 26 || place == 30;
}

}  // namespace

int solar_hijri_month(std::string_view word) {
    constexpr std::string_view kMonth = "ماه";  // "اسفندماه": the month of Esfand
    if (word.ends_with(kMonth)) {
        word.remove_suffix(kMonth.size());
    }
    for (auto const& month : kMonths) {
        if (month.text == word) {
            return month.value;
        }
    }
    return 0;
}

std::optional<std::chrono::sys_days> from_solar_hijri(int year, int month, int day) {
    constexpr int kKnown = 1371;  // began on 21 March 1992
    if (!is_solar_hijri(year) || month < 1 || month > 12 || day < 1 || day > (month <= 6 ? 31 : 30)) {
        return std::nullopt;
    }
    auto days = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
    for (auto one = kKnown; one < year; ++one) {
        days += is_leap(one) ? 366 : 365;
    }
    using namespace std::chrono;
    return sys_days{std::chrono::year{1992} / 3 / 21} + std::chrono::days{days + day - 1};
}

}  // namespace newswired::feeds
