// Where something listens: "127.0.0.1:9470", "[::1]:9470", "localhost:9470", ":9470" (every address), or
// "unix:/run/newswired/http.sock".

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newswired {

struct ListenAddress {
    std::string path{};  ///< of a Unix socket; empty: TCP
    std::string host{};  ///< an IPv4 or IPv6 address, without brackets
    std::uint16_t port = 0;

    bool is_unix() const { return !path.empty(); }
    friend bool operator==(ListenAddress const&, ListenAddress const&) = default;
};

/// None for what is no such address; port 0 (any that is free) is one.
std::optional<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace newswired
