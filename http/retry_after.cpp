#include "http/retry_after.hpp"

#include "core/text.hpp"
#include "http/date.hpp"

#include <algorithm>
#include <cstdint>

namespace newswired::http {
namespace {

// More than any server can mean; the caller caps it further.
constexpr seconds kLongest{10 * 365 * 86'400LL};

}  // namespace

std::optional<seconds> parse_delta_seconds(std::string_view text) {
    text = trim(text);
    if (text.empty()) {
        return {};
    }
    std::int64_t count = 0;
    for (char const c : text) {
        if (!is_digit(c)) {
            return {};
        }
        count = std::min<std::int64_t>(count * 10 + (c - '0'), kLongest.count());
    }
    return seconds{count};
}

seconds seconds_until(SystemTime time, SystemTime now) {
    return std::clamp(std::chrono::ceil<seconds>(time - now), seconds{0}, kLongest);
}

std::optional<seconds> retry_after(Fields const& fields, SystemTime now) {
    auto const field = fields["Retry-After"];
    if (auto const delay = parse_delta_seconds(field)) {
        return delay;
    }
    if (auto const date = parse_date(field)) {
        return seconds_until(*date, now);
    }
    return {};
}

}  // namespace newswired::http
