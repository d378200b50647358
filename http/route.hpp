// How a server is reached and by what it is known, where that differs from the client's own way: another
// proxy, other authorities, a pinned key.
//
// Connections and TLS sessions are kept by route as well as by origin, so that what one feed trusts never
// serves another.

#pragma once

#include <memory>
#include <string>
#include <vector>

namespace newswired::http {

struct Route {
    /// The value of `proxy` that means none, whatever the client's own is.
    static constexpr char const* kDirect = "direct";

    std::string proxy{};              ///< URL (proxy.hpp); empty: the client's
    std::string ca_file{};            ///< further authorities (PEM), beside the client's
    std::vector<std::string> pins{};  ///< "sha256/BASE64": the server's chain must have one of these keys
    bool any_certificate = false;     ///< neither authority, name nor date is checked (pins still are)

    /// Tells routes apart; empty for the client's own way.
    std::string key() const;
};

/// Null: the client's own way.
using SharedRoute = std::shared_ptr<Route const>;

/// The route to another host, where `route` led to one: a pin, or not to look at certificates, was meant for
/// that one host.
SharedRoute route_to_another_host(SharedRoute const& route);

}  // namespace newswired::http
