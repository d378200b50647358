// The words of WebSub: what a hub is sent, what it says to the call-back, how it signs.
//
// Pure.  Spec: W3C WebSub (2018), sections 5.1 (subscription request), 5.2 (denial), 5.3 (verification), 7.1
// (signature).

#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newswired::feeds::websub {

enum class Mode : std::uint8_t { subscribe, unsubscribe };

/// What a hub is asked.
struct HubRequest {
    Mode mode = Mode::subscribe;
    std::string hub{};
    std::string topic{};
    std::string callback{};
    std::string secret{};  ///< empty when unsubscribing
    seconds lease{};       ///< 0 when unsubscribing
};

/// The request's body, application/x-www-form-urlencoded.
std::string form_of(HubRequest const& request);

/// What a hub says in the query of a GET to the call-back.
struct HubSays {
    enum class Mode : std::uint8_t { subscribe, unsubscribe, denied, other } mode = Mode::other;
    std::string topic{};
    std::string challenge{};
    std::string reason{};
    std::optional<seconds> lease{};
};

/// Reads "hub.mode=…&hub.topic=…", with or without what else the query holds.
HubSays read_query(std::string_view query);

/// Whether `field`, the value of X-Hub-Signature, is `secret`'s signature of `body`: "method=hex", method one
/// of sha1, sha256, sha384, sha512.
bool is_signed(std::string_view field, std::string_view secret, std::string_view body);

}  // namespace newswired::feeds::websub
