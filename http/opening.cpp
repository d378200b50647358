#include "http/opening.hpp"

#include "http/connect.hpp"
#include "http/tls/pins.hpp"
#include "http/transfer.hpp"

namespace newswired::http {
namespace {

using State = BeastClient::State;

// Names with more addresses exist; trying more than these in one poll helps no one.
constexpr std::size_t kMaxAddresses = 8;

/// The addresses of `found` that may be connected to.
Result<Addresses> guarded(State const& state, Request const& request, Result<Addresses> found) {
    if (!found || request.address_is_trusted) {
        return found;
    }
    std::erase_if(*found, [&state](auto const& address) { return !state.guard.allows(address); });
    if (found->empty()) {
        return errc::address_refused;
    }
    if (found->size() > kMaxAddresses) {
        found->resize(kMaxAddresses);
    }
    return found;
}

/// A proxy looks names up by itself, out of our sight; an address that stands in the URL is judged here.
bool may_be_asked_by_proxy(Exchange& exchange) {
    auto const& host = exchange.url.host;
    if (exchange.request.address_is_trusted) {
        return true;
    }
    if (is_local_host(host)) {
        return exchange.state.guard.allows(boost::asio::ip::address_v4::loopback());
    }
    auto const address = address_in(host);
    return !address || exchange.state.guard.allows(*address);
}

std::string const& host_to_connect_to(Exchange const& exchange) {
    return exchange.proxy ? exchange.proxy->host : exchange.url.host;
}

Task<Result<Addresses>> look_up(Exchange& exchange) {
    auto found =
        co_await exchange.state.resolver.resolve(host_to_connect_to(exchange), exchange.deadline.wake_up());
    exchange.deadline.progress();
    co_return std::move(found);
}

/// Asks the proxy for a tunnel to the server.
Task<Error> open_tunnel(Connection& connection, Exchange& exchange) {
    ProxyHandshake handshake{*exchange.proxy, exchange.url.host, exchange.url.port_or_default()};
    while (!handshake.done()) {
        if (auto const output = handshake.take_output(); !output.empty()) {
            auto const error = co_await write_all(connection, output, exchange.deadline);
            if (error) {
                co_return error;
            }
        }
        auto const error = co_await ready(connection, Io::want_read, exchange.deadline);
        if (error) {
            co_return error;
        }
        auto& buffer = exchange.state.buffer;
        auto const result = connection.read(buffer.data(), buffer.size());
        if (result.state == Io::end || result.state == Io::failed) {
            co_return errc::proxy_refused;
        }
        auto const failure = handshake.feed({buffer.data(), result.bytes});
        if (failure) {
            co_return failure;
        }
        exchange.deadline.progress();
    }
    co_return Error{};
}

TlsDemands demands_of(Exchange const& exchange) {
    TlsDemands demands{.host = exchange.url.host, .session_key = exchange.url.origin()};
    if (auto const& route = exchange.request.route) {
        demands.session_key = route->key() + demands.session_key;
        demands.any_certificate = route->any_certificate;
        for (auto const& pin : route->pins) {
            demands.pins.push_back(parse_pin(pin).value_or(Sha256{}));  // what is no pin matches nothing
        }
    }
    return demands;
}

Task<Error> shake_hands(Connection& connection, Exchange& exchange) {
    auto& network = *exchange.state.network;
    auto const& route = exchange.request.route;
    auto* const context = network.authorities.with(route ? route->ca_file : std::string{});
    if (context == nullptr) {
        co_return errc::no_authorities;
    }
    connection.tls = std::make_unique<TlsStream>(*context, network.sessions,
                                                 connection.socket.native_handle(), demands_of(exchange));
    for (;;) {
        auto const step = connection.tls->handshake();
        if (step == Io::done) {
            ++network.handshakes;
            network.resumed += connection.tls->resumed() ? 1 : 0;
            co_return Error{};
        }
        if (step == Io::end || step == Io::failed) {
            co_return connection.tls->failure();
        }
        auto const error = co_await ready(connection, step, exchange.deadline);
        if (error) {
            co_return error;
        }
        exchange.deadline.progress();
    }
}

bool needs_tunnel(Exchange const& exchange) {
    return exchange.proxy && !exchange.is_forwarded();
}

bool has_to_be_prepared(Exchange const& exchange) {
    return needs_tunnel(exchange) || exchange.url.scheme == "https";
}

/// What has to be said before the request.
Task<Error> prepare(Connection& connection, Exchange& exchange) {
    if (needs_tunnel(exchange)) {
        auto const error = co_await open_tunnel(connection, exchange);
        if (error) {
            co_return error;
        }
    }
    if (exchange.url.scheme == "https") {
        co_return co_await shake_hands(connection, exchange);
    }
    co_return Error{};
}

}  // namespace

Result<std::optional<Proxy>> proxy_for(BeastClient::State const& state, Request const& request) {
    auto const own = request.route ? std::string_view{request.route->proxy} : std::string_view{};
    if (own == Route::kDirect || (own.empty() && request.address_is_trusted)) {
        return std::optional<Proxy>{};
    }
    auto const text = own.empty() ? std::string_view{state.options.proxy} : own;
    auto proxy = text.empty() ? std::optional<Proxy>{} : parse_proxy(text);
    if (!text.empty() && !proxy) {
        return errc::bad_proxy;
    }
    return proxy;
}

Task<Result<std::unique_ptr<Connection>>> open_connection(Exchange& exchange, std::string key) {
    if (exchange.proxy && !may_be_asked_by_proxy(exchange)) {
        co_return errc::address_refused;
    }
    auto found = exchange.state.resolver.known(host_to_connect_to(exchange));
    if (!found) {
        auto looked_up = co_await look_up(exchange);
        found.emplace(std::move(looked_up));
    }
    // The proxy's address was typed by the operator.
    auto addresses =
        exchange.proxy ? std::move(*found) : guarded(exchange.state, exchange.request, std::move(*found));
    if (!addresses) {
        co_return exchange.proxy ? make_error_code(errc::proxy_unreachable) : addresses.error();
    }
    auto const port = exchange.proxy ? exchange.proxy->port : exchange.url.port_or_default();
    auto socket = co_await connect(std::move(*addresses), port, exchange.state.places, exchange.deadline);
    if (!socket) {
        auto const at_proxy = exchange.proxy && socket.error() == errc::connect_failed;
        co_return at_proxy ? make_error_code(errc::proxy_unreachable) : socket.error();
    }
    exchange.deadline.progress();
    auto connection = std::make_unique<Connection>(std::move(*socket), std::move(key));
    if (has_to_be_prepared(exchange)) {
        exchange.deadline.watch(&connection->socket);
        auto const error = co_await prepare(*connection, exchange);
        exchange.deadline.watch(nullptr);
        if (error) {
            co_return error;
        }
    }
    co_return std::move(connection);
}

}  // namespace newswired::http
