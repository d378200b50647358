#include "core/time.hpp"

#include <algorithm>
#include <cstdio>

namespace newswired {
namespace {

struct Parts {
    int year, month, day, hour, minute, second, millisecond;
};

Parts parts_of(SystemTime time) {
    using namespace std::chrono;
    constexpr sys_days kFirst = year{0} / 1 / 1;
    constexpr sys_days kLast = year{9999} / 12 / 31;
    time = std::clamp(time, SystemTime{kFirst}, SystemTime{kLast + days{1}} - milliseconds{1});
    auto const midnight = floor<days>(time);
    year_month_day const date{midnight};
    hh_mm_ss const clock{time - midnight};
    return {int(date.year()),
            int(unsigned(date.month())),
            int(unsigned(date.day())),
            int(clock.hours().count()),
            int(clock.minutes().count()),
            int(clock.seconds().count()),
            int(clock.subseconds().count())};
}

}  // namespace

std::string rfc3339_milliseconds(SystemTime time) {
    auto const p = parts_of(time);
    char text[64];
    auto const length = std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", p.year,
                                      p.month, p.day, p.hour, p.minute, p.second, p.millisecond);
    return {text, std::size_t(length)};
}

std::string rfc3339(SystemTime time) {
    auto const p = parts_of(time);
    char text[64];
    auto const length = std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", p.year, p.month,
                                      p.day, p.hour, p.minute, p.second);
    return {text, std::size_t(length)};
}

std::string in_words(milliseconds duration) {
    struct Unit {
        double milliseconds;
        char const* name;
    };
    constexpr Unit kUnits[] = {{86'400'000, "d"}, {3'600'000, "h"}, {60'000, "min"}, {1000, "s"}, {1, "ms"}};
    auto const count = double(duration.count());
    auto const* unit = &kUnits[4];
    for (auto const& candidate : kUnits) {
        if (count >= candidate.milliseconds) {
            unit = &candidate;
            break;
        }
    }
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", 1, count / unit->milliseconds);
    std::string words{text};
    if (words.ends_with(".0")) {
        words.resize(words.size() - 2);
    }
    return words + " " + unit->name;
}

}  // namespace newswired
