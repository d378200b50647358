// The words of dates: months, zones, halves of the day.

#pragma once

#include <optional>
#include <string_view>

namespace newswired::feeds {

/// 1-12 for a month's name or a common short form of it, lower case; 0 for any other word.
int month_of(std::string_view word);

/// Minutes east of UTC for a zone's name, lower case ("pst", "cest", "gmt").
std::optional<int> zone_of(std::string_view word);

/// 0: before noon, 12: after noon, -1: no such word.
int half_of_day(std::string_view word);

}  // namespace newswired::feeds
