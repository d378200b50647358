// The Solar Hijri calendar (Iran, Afghanistan), by which some date.

#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace newswired::feeds {

/// 1-12 for a month, lower case; 0 for any other word.
int solar_hijri_month(std::string_view word);

/// Whether feeds and pages of today can mean such a year by it.
constexpr bool is_solar_hijri(int year) {
    return year >= 1371 && year <= 1416;
}

/// The Gregorian day of a Solar Hijri one; none when there is no such day, or is_solar_hijri() says no.
std::optional<std::chrono::sys_days> from_solar_hijri(int year, int month, int day);

}  // namespace newswired::feeds
