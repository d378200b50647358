// Dates as feeds write them.
//
// RFC 822/2822 in all their wild forms, RFC 3339 and ISO 8601 (calendar, week, ordinal, basic), asctime,
// epoch numbers, named zones, month names in the languages that feeds use.  No zone: UTC; a.b.c is
// day.month.year; a/b/c is month/day/year unless that is impossible.

#pragma once

#include "core/time.hpp"

#include <optional>
#include <string_view>

namespace newswired::feeds {

/// None when `text` says no date, or one that does not exist (30 February).
std::optional<SystemTime> parse_date(std::string_view text);

}  // namespace newswired::feeds
