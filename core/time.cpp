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

// Writes the `digits` digits of `value` before `end`.
void write_number(char* end, int value, int digits) {
    for (; digits > 0; --digits, value /= 10) {
        *--end = static_cast<char>('0' + value % 10);
    }
}

// Not by snprintf, which costs thirty times as much: a record has up to three times.
void write_seconds(char* text, Parts const& p) {
    write_number(text + 4, p.year, 4);
    write_number(text + 7, p.month, 2);
    write_number(text + 10, p.day, 2);
    write_number(text + 13, p.hour, 2);
    write_number(text + 16, p.minute, 2);
    write_number(text + 19, p.second, 2);
}

}  // namespace

std::string rfc3339_milliseconds(SystemTime time) {
    auto const p = parts_of(time);
    std::string text = "0000-00-00T00:00:00.000Z";
    write_seconds(text.data(), p);
    write_number(text.data() + 23, p.millisecond, 3);
    return text;
}

std::string rfc3339(SystemTime time) {
    std::string text = "0000-00-00T00:00:00Z";
    write_seconds(text.data(), parts_of(time));
    return text;
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
