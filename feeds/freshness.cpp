#include "feeds/freshness.hpp"

#include "core/text.hpp"
#include "http/date.hpp"
#include "http/retry_after.hpp"

#include <algorithm>

namespace newswired::feeds {
namespace {

std::string_view unquote(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
        return text.substr(1, text.size() - 2);
    }
    return text;
}

struct CacheControl {
    std::optional<seconds> max_age{};
    bool revalidate_at_once = false;
};

CacheControl parse_cache_control(std::string_view field) {
    CacheControl control;
    for (auto const part : split(field, ',')) {
        auto const directive = trim(part);
        auto const equals = directive.find('=');
        auto const name = trim(directive.substr(0, equals));
        if (equal_ignoring_case(name, "no-cache") || equal_ignoring_case(name, "no-store")) {
            control.revalidate_at_once = true;
        } else if (equal_ignoring_case(name, "max-age") && equals != std::string_view::npos &&
                   !control.max_age) {
            control.max_age = http::parse_delta_seconds(unquote(trim(directive.substr(equals + 1))));
        }
    }
    return control;
}

}  // namespace

std::optional<seconds> freshness(http::Fields const& fields, SystemTime now) {
    auto const control =
        fields.has("Cache-Control") ? parse_cache_control(fields.joined("Cache-Control")) : CacheControl{};
    if (control.revalidate_at_once) {
        return seconds{0};
    }
    if (control.max_age) {
        auto const age = http::parse_delta_seconds(fields["Age"]).value_or(seconds{0});
        return std::max(*control.max_age - age, seconds{0});
    }
    if (!fields.has("Expires")) {
        return {};
    }
    auto const expires = http::parse_date(fields["Expires"]);
    if (!expires) {
        return seconds{0};  // RFC 9111, 5.3: an invalid date, especially "0", is in the past
    }
    // The server's own clock is the better one to measure its Expires by.
    auto const date = http::parse_date(fields["Date"]);
    return http::seconds_until(*expires, date.value_or(now));
}

}  // namespace newswired::feeds
