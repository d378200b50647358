#include "http/beast_client.hpp"

#include "core/bytes.hpp"
#include "http/address_guard.hpp"
#include "http/authorities.hpp"
#include "http/connect.hpp"
#include "http/connection.hpp"
#include "http/deadlines.hpp"
#include "http/dns.hpp"
#include "http/hsts.hpp"
#include "http/percent.hpp"
#include "http/pins.hpp"
#include "http/proxy.hpp"
#include "http/redirect.hpp"
#include "http/request_head.hpp"
#include "http/resolver.hpp"
#include "http/response_parser.hpp"
#include "http/tls.hpp"
#include "http/url.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>

namespace newswired::http {
namespace {

// One for the whole client, since nothing waits while it is filled.
constexpr std::size_t kReadBuffer = 64 * 1024;

// Names with more addresses exist; trying more than these in one poll helps no one.
constexpr std::size_t kMaxAddresses = 8;

// A redirect's page is read when it is short, to keep the connection; a longer one is not worth it.
constexpr std::uint64_t kMaxRedirectBody = 16 * 1024;

SystemClock const kSystemClock;

std::string user_agent_of(BeastClientOptions const& options) {
    if (!options.user_agent.empty()) {
        return options.user_agent;
    }
    std::string const product = "newswired/" NEWSWIRED_VERSION;
    return options.contact.empty() ? product : product + " (+" + options.contact + ")";
}

}  // namespace

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

std::shared_ptr<SharedNetwork> make_shared_network(std::string ca_file) {
    return make_shared_network(std::move(ca_file), std::make_shared<Dns>());
}

std::shared_ptr<SharedNetwork> make_shared_network(std::string ca_file, std::shared_ptr<NameLookup> names) {
    return std::make_shared<SharedNetwork>(std::move(ca_file), std::move(names));
}

std::shared_ptr<SharedNetwork> make_shared_network(std::string ca_file, BlockingLookup lookup) {
    return make_shared_network(std::move(ca_file), std::make_shared<LookupThreads>(std::move(lookup)));
}

std::string memory_of(SharedNetwork const& network, SystemTime now) {
    std::string bytes;
    ByteWriter out{bytes};
    out.string(network.strict_hosts.save());
    out.string(network.sessions.save(now));
    return bytes;
}

void recall(SharedNetwork& network, std::string_view memory, SystemTime now) {
    ByteReader in{memory};
    network.strict_hosts.load(in.string());
    network.sessions.load(in.string(), now);
}

TlsCounts tls_counts(SharedNetwork const& network) {
    return {.handshakes = network.handshakes, .resumed = network.resumed};
}

struct BeastClient::State {
    State(Executor executor, std::shared_ptr<SharedNetwork> the_network, BeastClientOptions the_options)
        : options{std::move(the_options)},
          clock{options.clock != nullptr ? *options.clock : static_cast<Clock const&>(kSystemClock)},
          user_agent{user_agent_of(options)},
          network{std::move(the_network)},
          guard{options.allow_addresses},
          resolver{executor, network->names, clock},
          deadlines{executor, clock, options.timeout, options.total_timeout},
          places{options.connections_max, [this] { return idle.close_one(); }},
          idle{options.idle_connections_max, options.idle_timeout},
          buffer(kReadBuffer) {}

    BeastClientOptions options;
    Clock const& clock;
    std::string user_agent;
    std::shared_ptr<SharedNetwork> network;
    AddressGuard guard;
    Resolver resolver;
    Deadlines deadlines;
    SocketPlaces places;
    IdleConnections idle;
    std::vector<char> buffer;

    ResponseLimits limits(Request const& request) const {
        return {.body_max =
                    request.max_body > 0 ? std::min(request.max_body, options.max_body) : options.max_body};
    }
};

namespace {

using State = BeastClient::State;

/// What one exchange is about; lives in the request's coroutine.
struct Exchange {
    State& state;
    Deadline deadline;
    Request request;
    Url url;
    std::optional<Proxy> proxy{};

    /// Whether the proxy is asked for the resource itself, not for a connection to the server.
    bool is_forwarded() const { return proxy && proxy->kind == Proxy::Kind::http && url.scheme == "http"; }
};

/// The proxy that the next hop goes through; errc::bad_proxy when what is configured is none.
Result<std::optional<Proxy>> proxy_for(State const& state, Request const& request) {
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

std::string connection_key(Exchange const& exchange) {
    // A connection that passed no guard is for trusted requests only.
    std::string key = exchange.request.address_is_trusted ? "!" : "";
    if (exchange.request.route) {
        key += exchange.request.route->key();
    }
    return key + exchange.url.origin();
}

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

Task<Result<Addresses>> addresses_of(Exchange& exchange) {
    auto& state = exchange.state;
    auto const& host = exchange.proxy ? exchange.proxy->host : exchange.url.host;
    auto found = state.resolver.known(host);
    if (!found) {
        found = co_await state.resolver.resolve(host, exchange.deadline.wake_up());
        exchange.deadline.progress();
    }
    if (exchange.proxy) {
        co_return std::move(*found);  // the operator typed its address
    }
    co_return guarded(state, exchange.request, std::move(*found));
}

/// Waits until the socket is ready for what `wanted` says.
Task<Error> ready(Connection& connection, Io wanted, Deadline& deadline) {
    auto const kind = wanted == Io::want_read ? Socket::wait_read : Socket::wait_write;
    auto const [error] = co_await connection.socket.async_wait(kind, kTuple);
    if (error || deadline.expired()) {
        co_return deadline.meaning_of(error);
    }
    co_return Error{};
}

Task<Error> write_all(Connection& connection, std::string_view bytes, Deadline& deadline) {
    while (!bytes.empty()) {
        auto const written = connection.write(bytes);
        if (written.state == Io::done) {
            bytes.remove_prefix(written.bytes);
            deadline.progress();
            continue;
        }
        if (written.state == Io::end || written.state == Io::failed) {
            co_return errc::connection_lost;
        }
        auto const error = co_await ready(connection, written.state, deadline);
        if (error) {
            co_return error;
        }
    }
    co_return Error{};
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

/// What has to be said before the request.
Task<Error> prepare(Connection& connection, Exchange& exchange) {
    if (exchange.proxy && !exchange.is_forwarded()) {
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

Task<Result<std::unique_ptr<Connection>>> open_connection(Exchange& exchange, std::string key) {
    if (exchange.proxy && !may_be_asked_by_proxy(exchange)) {
        co_return errc::address_refused;
    }
    auto addresses = co_await addresses_of(exchange);
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
    exchange.deadline.watch(&connection->socket);
    auto const error = co_await prepare(*connection, exchange);
    exchange.deadline.watch(nullptr);
    if (error) {
        co_return error;
    }
    co_return std::move(connection);
}

bool follows(Request const& request, Response const& response) {
    return request.redirects == Redirects::follow && is_redirect(response.status);
}

/// Whether the rest of a redirect's page is better left unread.
bool is_not_worth_reading(Request const& request, ResponseParser const& parser) {
    auto const& response = parser.response();
    if (!parser.header_done() || !follows(request, response)) {
        return false;
    }
    auto const text = response.fields["Content-Length"];
    std::uint64_t length = kMaxRedirectBody + 1;
    std::from_chars(text.data(), text.data() + text.size(), length);
    return length > kMaxRedirectBody;
}

Task<Error> read_response(Connection& connection, ResponseParser& parser, Exchange& exchange) {
    auto& buffer = exchange.state.buffer;
    auto wanted = Io::want_read;  // no answer is there yet: asking for it first would be a call for nothing
    for (;;) {
        auto const error = co_await ready(connection, wanted, exchange.deadline);
        if (error) {
            co_return error;
        }
        auto result = connection.read(buffer.data(), buffer.size());
        while (result.state == Io::done) {
            exchange.deadline.progress();
            auto const failure = parser.feed({buffer.data(), result.bytes});
            if (failure || parser.done() || is_not_worth_reading(exchange.request, parser)) {
                co_return failure;
            }
            result = connection.read(buffer.data(), buffer.size());
        }
        if (result.state == Io::end) {
            co_return parser.end_of_stream();
        }
        if (result.state == Io::failed) {
            co_return errc::connection_lost;
        }
        wanted = result.state;
    }
}

/// Sends the request and reads the answer.
Task<Error> talk(Connection& connection, ResponseParser& parser, Exchange& exchange) {
    auto const head = request_head(exchange.request, exchange.url, exchange.state.user_agent,
                                   exchange.is_forwarded() ? &*exchange.proxy : nullptr);
    exchange.deadline.watch(&connection.socket);
    auto error = co_await write_all(connection, head, exchange.deadline);
    if (!error && exchange.request.method == Method::post) {
        error = co_await write_all(connection, exchange.request.body, exchange.deadline);
    }
    if (!error) {
        error = co_await read_response(connection, parser, exchange);
    }
    exchange.deadline.watch(nullptr);
    co_return error;
}

/// One request, one response, without redirects.
Task<Result<Response>> answer_of(Exchange& exchange) {
    auto& state = exchange.state;
    auto proxy = proxy_for(state, exchange.request);
    if (!proxy) {
        co_return proxy.error();
    }
    exchange.proxy = std::move(*proxy);
    auto const key = connection_key(exchange);
    auto connection = state.idle.take(key, state.clock.steady_now());
    auto is_reused = connection != nullptr;
    for (;;) {
        if (!connection) {
            auto opened = co_await open_connection(exchange, key);
            if (!opened) {
                co_return opened.error();
            }
            connection = std::move(*opened);
        }
        ResponseParser parser{state.limits(exchange.request)};
        auto const error = co_await talk(*connection, parser, exchange);
        auto const was_stale = error == errc::connection_lost && is_reused && !parser.begun();
        if (was_stale && exchange.request.method == Method::get) {
            // The server closed it just when we took it (RFC 9112, 9.3.1): once more, over a new one.
            connection.reset();
            is_reused = false;
            continue;
        }
        if (error) {
            co_return error;
        }
        if (parser.keep_alive() && !state.places.are_wanted()) {
            state.idle.put(std::move(connection), state.clock.steady_now());
        }
        co_return parser.take();
    }
}

/// The URL's own credentials become the request's, and neither they nor the fragment are ever sent in a
/// target.
void take_credentials(Request& request, Url& url) {
    if (request.username.empty() && request.password.empty()) {
        request.username = percent_decode(url.username);
        request.password = percent_decode(url.password);
    }
    url.username.clear();
    url.password.clear();
    url.fragment.reset();
}

bool was_asked(std::vector<Hop> const& hops, std::string const& url) {
    return std::any_of(hops.begin(), hops.end(), [&url](Hop const& hop) { return hop.from == url; });
}

/// RFC 6797, 8.3: a host that promised https is not asked over http.
void keep_promise(Exchange& exchange) {
    auto& url = exchange.url;
    auto const& state = exchange.state;
    if (url.scheme == "http" && state.network->strict_hosts.covers(url.host, state.clock.now())) {
        url.scheme = "https";
        if (url.port == 443) {
            url.port.reset();
        }
    }
}

void note_promise(Exchange const& exchange, Response const& response) {
    auto const unverified = exchange.request.route && exchange.request.route->any_certificate;
    if (exchange.url.scheme == "https" && !unverified && response.fields.has("Strict-Transport-Security")) {
        exchange.state.network->strict_hosts.note(
            exchange.url.host, response.fields["Strict-Transport-Security"], exchange.state.clock.now());
    }
}

/// The longest that a request may sit out the delay of a redirect, which is no silence of the server.
milliseconds patience_with_redirects(State const& state) {
    constexpr milliseconds kMost{10'000};
    return std::min({kMost, state.options.timeout / 2, state.options.total_timeout / 4});
}

Task<Error> sit_out(milliseconds delay, Deadline& deadline) {
    deadline.progress();
    deadline.wake_up().expires_after(delay);
    auto const [error] = co_await deadline.wake_up().async_wait(kTuple);
    if (error || deadline.expired()) {
        co_return deadline.meaning_of(error);
    }
    deadline.progress();
    co_return Error{};
}

Response last_response(Exchange const& exchange, Response response, std::vector<Hop> hops,
                       std::uint64_t wire_bytes) {
    response.effective_url = exchange.url.text();
    response.hops = std::move(hops);
    response.wire_bytes = wire_bytes;
    return response;
}

Task<Result<Response>> run(std::shared_ptr<State> state, Request request) {
    auto url = parse_url(request.url);
    if (!url || !url->is_http()) {
        co_return errc::bad_url;
    }
    take_credentials(request, *url);
    Exchange exchange{*state, Deadline{state->deadlines}, std::move(request), std::move(*url)};
    std::vector<Hop> hops;
    std::uint64_t wire_bytes = 0;
    for (;;) {
        keep_promise(exchange);
        auto answer = co_await answer_of(exchange);
        if (!answer) {
            co_return answer.error();
        }
        note_promise(exchange, *answer);
        wire_bytes += answer->wire_bytes;
        if (!follows(exchange.request, *answer)) {
            co_return last_response(exchange, std::move(*answer), std::move(hops), wire_bytes);
        }
        auto target = redirect_target(exchange.url, *answer);
        if (!target) {
            co_return target.error();
        }
        auto const delay = asked_delay(exchange.request, *answer, state->clock.now());
        if (delay > patience_with_redirects(*state)) {
            co_return last_response(exchange, std::move(*answer), std::move(hops), wire_bytes);
        }
        if (delay > milliseconds{0}) {
            auto const error = co_await sit_out(delay, exchange.deadline);
            if (error) {
                co_return error;
            }
        }
        hops.push_back({.status = answer->status, .from = exchange.url.text(), .to = target->text()});
        // We bring no cookies, so whoever sends us back to where we were would do so for ever.
        if (hops.size() > state->options.redirects_max || was_asked(hops, hops.back().to)) {
            co_return errc::too_many_redirects;
        }
        redirect_request(exchange.request, answer->status, exchange.url, *target);
        exchange.url = std::move(*target);
    }
}

}  // namespace

BeastClient::BeastClient(Executor executor, std::shared_ptr<SharedNetwork> network,
                         BeastClientOptions options)
    : state_{std::make_shared<State>(executor, std::move(network), std::move(options))} {}

BeastClient::~BeastClient() {
    state_->resolver.close();
    state_->idle.clear();
}

Task<Result<Response>> BeastClient::send(Request request) {
    return run(state_, std::move(request));
}

void BeastClient::close_stale_connections() {
    state_->idle.sweep(state_->clock.steady_now());
}

}  // namespace newswired::http
