// What the parts of the client work on: what its requests share, and one exchange of request and response.

#pragma once

#include "http/address_guard.hpp"
#include "http/beast_client.hpp"
#include "http/connection.hpp"
#include "http/deadlines.hpp"
#include "http/dns/resolver.hpp"
#include "http/hsts.hpp"
#include "http/proxy.hpp"
#include "http/response_parser.hpp"
#include "http/tls/authorities.hpp"
#include "http/tls/tls.hpp"
#include "http/url/url.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newswired::http {

struct SharedNetwork {
    SharedNetwork(std::string ca_file, std::shared_ptr<NameLookup> lookup)
        : authorities{std::move(ca_file)}, names{std::move(lookup)} {}

    Authorities authorities;
    std::shared_ptr<NameLookup> names;
    TlsSessions sessions;
    StrictHosts strict_hosts;
    std::atomic<std::uint64_t> handshakes{0};
    std::atomic<std::uint64_t> resumed{0};
};

struct BeastClient::State {
    State(Executor executor, std::shared_ptr<SharedNetwork> network, BeastClientOptions options);

    BeastClientOptions options;
    Clock const& clock;
    std::string user_agent;
    std::shared_ptr<SharedNetwork> network;
    AddressGuard guard;
    Resolver resolver;
    Deadlines deadlines;
    SocketPlaces places;  // outlive the connections that take them
    IdleConnections idle;
    std::vector<char> buffer;

    /// What a response to `request` may have.
    ResponseLimits limits(Request const& request) const {
        return {.body_max =
                    request.max_body > 0 ? std::min(request.max_body, options.max_body) : options.max_body};
    }
};

/// What one exchange is about; it and what it refers to live in the request's coroutine.
struct Exchange {
    BeastClient::State& state;
    Deadline deadline;
    Request& request;
    Url& url;
    std::optional<Proxy> proxy{};

    /// Whether the proxy is asked for the resource itself, not for a connection to the server.
    bool is_forwarded() const { return proxy && proxy->kind == Proxy::Kind::http && url.scheme == "http"; }
};

}  // namespace newswired::http
