// The host of a URL: whatever was written, in the one form that compares and connects.
//
// Spec: WHATWG URL Standard, 3.5 (host parsing); UTS #46, non-transitional, for names beyond ASCII.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace newswired::http {

/// The host of an http(s) URL: lower case, IDN as A-labels, odd IPv4 forms ("0x7f.1", "2130706433") as four
/// decimals, IPv6 in brackets and shortest form.  None for what can be no host.
std::optional<std::string> normalise_host(std::string_view written);

}  // namespace newswired::http
