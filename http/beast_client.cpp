#include "http/beast_client.hpp"

#include "core/bytes.hpp"
#include "http/dns/dns.hpp"
#include "http/exchange.hpp"
#include "http/opening.hpp"
#include "http/redirect.hpp"
#include "http/transfer.hpp"

#include <algorithm>

namespace newswired::http {

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

namespace {

using State = BeastClient::State;

std::string connection_key(Exchange const& exchange) {
    // A connection that passed no guard is for trusted requests only.
    std::string key = exchange.request.address_is_trusted ? "!" : "";
    if (exchange.request.route) {
        key += exchange.request.route->key();
    }
    return key.empty() ? exchange.url.origin() : key + exchange.url.origin();
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

Task<Error> judged(RedirectJudge& judge, Url const& target, Deadline& deadline) {
    Deadline::Pause const pause{deadline};
    auto where = target.text();
    auto const refused = co_await judge.judge(std::move(where));
    co_return refused;
}

/// Comes back without an error when the request may go on to `target`, after `delay`.
Task<Error> may_follow(Exchange& exchange, Url const& target, milliseconds delay) {
    if (auto* const judge = exchange.request.redirect_judge) {
        auto const refused = co_await judged(*judge, target, exchange.deadline);
        if (refused) {
            co_return refused;
        }
    }
    if (delay > milliseconds{0}) {
        auto const error = co_await sit_out(delay, exchange.deadline);
        co_return error;
    }
    co_return Error{};
}

Response last_response(Exchange& exchange, Response response, std::vector<Hop> hops,
                       std::uint64_t wire_bytes) {
    auto& asked = exchange.request.url;
    response.effective_url = exchange.url.is_written(asked) ? std::move(asked) : exchange.url.text();
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
    Exchange exchange{*state, Deadline{state->deadlines}, request, *url};
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
        hops.push_back({.status = answer->status, .from = exchange.url.text(), .to = target->text()});
        if (are_too_many(hops, state->options.redirects_max)) {
            co_return errc::too_many_redirects;
        }
        auto const stopped = co_await may_follow(exchange, *target, delay);
        if (stopped) {
            co_return stopped;
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
