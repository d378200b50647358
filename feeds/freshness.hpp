// What a response says about when to ask again.
//
// Pure functions over header fields.  Specs: RFC 9111, 4.2 (freshness: max-age wins over Expires; Age is
// subtracted), 5.2 (directives come as tokens or quoted strings); RFC 9110, 10.2.3 (Retry-After).

#pragma once

#include "core/time.hpp"
#include "http/message.hpp"
#include "http/retry_after.hpp"

#include <optional>

namespace newswired::feeds {

/// How long the response stays fresh from `now` on; none when it does not say, zero when it is stale at once
/// (no-cache, no-store, max-age=0, an Expires in the past).
std::optional<seconds> freshness(http::Fields const& fields, SystemTime now);

using http::retry_after;

}  // namespace newswired::feeds
