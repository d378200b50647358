// The zone of a date that states none, or states only UTC.

#include "articles/page/dates/dates.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "feeds/dates/date.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace newswired::articles::page {
namespace {

// "2026-01-31T09:30:00": what follows is the zone.
constexpr std::size_t kWithoutZone = 19;

// Where hardly anyone publishes from is not meant: that is another day.
constexpr std::chrono::hours kFarthestEast{13};
constexpr std::chrono::hours kFarthestWest{-8};

struct Spoken {
    std::string_view language;
    std::string_view zone;
};

// Languages whose sites are nearly all in one zone, which has no summer time.
constexpr Spoken kSpoken[] = {
    {"ja", "+09:00"}, {"ko", "+09:00"}, {"th", "+07:00"}, {"vi", "+07:00"}, {"zh", "+08:00"}};

}  // namespace

std::string with_zone(std::string date, std::string_view language) {
    if (date.size() != kWithoutZone) {
        return date;
    }
    for (auto const& one : kSpoken) {
        if (starts_with_ignoring_case(language, one.language) &&
            (language.size() == 2 || language[2] == '-')) {
            return date.append(one.zone);
        }
    }
    return date + 'Z';
}

std::string on_day(std::string date, std::string_view day) {
    if (date.size() != kWithoutZone + 1 || date.back() != 'Z' || day.size() != 10 ||
        std::string_view{date}.substr(0, 10) == day ||
        date.find("T00:00:00") != std::string::npos) {  // a day, rather than a moment
        return date;
    }
    auto const moment = feeds::parse_date(date);
    auto const begins = feeds::parse_date(day);
    if (!moment || !begins) {
        return date;
    }
    using namespace std::chrono;
    // The whole hours that are nearest to UTC.
    auto const before = *begins - *moment;  // it falls before that day
    auto const behind = *moment - (*begins + hours{24});
    auto const offset = before > milliseconds{0} ? ceil<hours>(before) : -floor<hours>(behind) - hours{1};
    if (offset > kFarthestEast || offset < kFarthestWest) {
        return date;
    }
    auto out = rfc3339(*moment + offset);
    out.pop_back();
    char zone[8];
    std::snprintf(zone, sizeof zone, "%c%02d:00", offset < hours{0} ? '-' : '+',
                  std::abs(static_cast<int>(offset.count())) % 100);
    return out + zone;
}

}  // namespace newswired::articles::page
