#include "feeds/dates/fields.hpp"

#include "feeds/dates/solar_hijri.hpp"
#include "feeds/dates/words.hpp"

#include <unicode/ucal.h>
#include <algorithm>
#include <chrono>

namespace newswired::feeds {
namespace {

std::optional<int> offset_of_region(std::string const& region, std::int64_t local_seconds) {
    std::u16string id;
    bool start = true;
    for (auto const c : region) {
        id += static_cast<char16_t>(start && c >= 'a' && c <= 'z' ? c - 32 : c);
        start = c == '/' || c == '_' || c == '-';
    }
    if (region == "etc/gmt" || region == "etc/utc") {
        return 0;
    }
    UErrorCode status = U_ZERO_ERROR;
    auto* const calendar =
        ucal_open(id.data(), static_cast<std::int32_t>(id.size()), nullptr, UCAL_GREGORIAN, &status);
    if (U_FAILURE(status) != 0) {
        return std::nullopt;
    }
    ucal_setMillis(calendar, static_cast<double>(local_seconds) * 1000, &status);
    auto minutes = [&] {
        return (ucal_get(calendar, UCAL_ZONE_OFFSET, &status) +
                ucal_get(calendar, UCAL_DST_OFFSET, &status)) /
               60'000;
    };
    auto const first = minutes();  // as if local time were UTC; then once more with what that says
    ucal_setMillis(calendar, static_cast<double>(local_seconds - first * 60) * 1000, &status);
    auto const offset = minutes();
    ucal_close(calendar);
    return U_FAILURE(status) != 0 ? std::nullopt : std::optional{static_cast<int>(offset)};
}

std::optional<std::chrono::sys_days> day_of(DateFields const& fields) {
    using namespace std::chrono;
    auto const first = year{fields.year} / January / 1;
    if (fields.week > 0) {
        auto const fourth = sys_days{year{fields.year} / January / 4};  // always in week 1
        auto const monday = fourth - days{static_cast<int>(weekday{fourth}.iso_encoding()) - 1};
        auto const next_fourth = sys_days{year{fields.year + 1} / January / 4};
        auto const next_monday =
            next_fourth - days{static_cast<int>(weekday{next_fourth}.iso_encoding()) - 1};
        auto const start = monday + weeks{fields.week - 1};
        if (start >= next_monday || fields.weekday < 1 || fields.weekday > 7) {
            return std::nullopt;
        }
        return start + days{fields.weekday - 1};
    }
    if (fields.ordinal >= 0) {
        if (fields.ordinal < 1 || fields.ordinal > (year{fields.year}.is_leap() ? 366 : 365)) {
            return std::nullopt;
        }
        return sys_days{first} + days{fields.ordinal - 1};
    }
    if (is_solar_hijri(fields.year)) {
        return from_solar_hijri(fields.year, fields.month, fields.day < 0 ? 1 : fields.day);
    }
    if (fields.month < 1 || fields.month > 12 || fields.day > 31) {  // std::chrono::day keeps 8 bits
        return std::nullopt;
    }
    auto const date = year{fields.year} / month{static_cast<unsigned>(fields.month)} /
                      day{static_cast<unsigned>(fields.day < 0 ? 1 : fields.day)};
    return date.ok() ? std::optional{sys_days{date}} : std::nullopt;
}

}  // namespace

std::optional<SystemTime> time_of(DateFields f) {
    f.year = from_buddhist(f.year);
    if (f.contradicts || f.year < 1 || f.year > 9999) {
        return std::nullopt;
    }
    auto day = day_of(f);
    if (!day) {
        return std::nullopt;
    }
    auto hour = std::max(f.hour, 0);
    if (f.half == 12 && hour < 12) {
        hour += 12;
    } else if (f.half == 0 && hour == 12) {
        hour = 0;
    }
    if (hour > 24 || f.minute > 59 || f.second > 60) {
        return std::nullopt;
    }
    if (hour == 24 && (f.minute > 0 || f.second > 0)) {
        hour = 0;  // "24:05" is meant as five past midnight of that day; "24:00" as its end
    }
    auto const local = std::int64_t{hour} * 3600 + std::int64_t{f.minute} * 60 + f.second +
                       std::chrono::seconds{day->time_since_epoch()}.count();
    auto minutes = f.has_offset ? f.offset : f.is_korean ? 9 * 60 : 0;
    if (!f.region.empty()) {
        minutes = offset_of_region(f.region, local).value_or(minutes);
    }
    return SystemTime{seconds{local - minutes * 60} + milliseconds{f.millisecond}};
}

}  // namespace newswired::feeds
