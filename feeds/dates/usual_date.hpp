// The two forms of date that nearly all feeds use, read by position.

#pragma once

#include "core/time.hpp"

#include <optional>
#include <string_view>

namespace newswired::feeds {

/// "Thu, 01 Jan 2004 19:48:21 GMT" or "… +0100", "2004-01-01T19:48:21Z" or "…+01:00"; none for anything else,
/// which may well be a date (date.hpp).
std::optional<SystemTime> parse_usual_date(std::string_view text);

}  // namespace newswired::feeds
