// Times that servers ask for: seconds (RFC 9111, 1.2.2), or a date; Retry-After (RFC 9110, 10.2.3).

#pragma once

#include "core/time.hpp"
#include "http/message.hpp"

#include <optional>
#include <string_view>

namespace newswired::http {

/// Digits only; what is more than any server can mean counts as ten years.  None for anything else.
std::optional<seconds> parse_delta_seconds(std::string_view text);

/// From `now` to `time`, not negative, ten years at most.
seconds seconds_until(SystemTime time, SystemTime now);

/// How long the server asks us to stay away from `now` on; none for no or an unreadable Retry-After.  Absurd
/// numbers count as a very long time, not as none: the server did mean "not now".
std::optional<seconds> retry_after(Fields const& fields, SystemTime now);

}  // namespace newswired::http
