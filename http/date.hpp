// Dates in header fields (RFC 9110, 5.6.7): IMF-fixdate, and the two obsolete forms that must still be read.

#pragma once

#include "core/time.hpp"

#include <optional>
#include <string_view>

namespace newswired::http {

/// "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT" or "Sun Nov  6 08:49:37 1994".
/// None for anything else; "0" and "-1", which many servers send as Expires, are no dates.
std::optional<SystemTime> parse_date(std::string_view text);

}  // namespace newswired::http
