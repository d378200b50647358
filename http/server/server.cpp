#include "http/server/server.hpp"

#include "core/listen_address.hpp"
#include "core/task_group.hpp"
#include "http/server/listener.hpp"
#include "http/server/response_bytes.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <list>
#include <tuple>
#include <utility>

namespace newswired::http {
namespace {

using Transferred = std::tuple<Error, std::size_t>;

constexpr auto kTuple = boost::asio::as_tuple(boost::asio::use_awaitable_t<Executor>{});
constexpr std::size_t kReadSize = 16 * 1024;

Task<Transferred> read_some(Stream& stream, std::array<char, kReadSize>& buffer) {
    auto const space = boost::asio::buffer(buffer);
    co_return co_await stream.async_read_some(space, kTuple);
}

Task<Transferred> write_all(Stream& stream, std::string const& bytes) {
    auto const buffer = boost::asio::buffer(bytes);
    co_return co_await boost::asio::async_write(stream, buffer, kTuple);
}

// After it the connection is closed: what else the client sends could not be told from the refused request.
std::string last_response(std::uint16_t status) {
    return response_bytes(short_response(status), {.closes = true});
}

}  // namespace

struct Server::State {
    State(Executor the_executor, Clock& the_clock, std::string the_listen, Service& the_service,
          ServerLimits the_limits)
        : executor{the_executor},
          clock{the_clock},
          listen{std::move(the_listen)},
          service{the_service},
          limits{the_limits},
          listener{executor, clock},
          group{executor} {}

    struct Connection {
        explicit Connection(Executor on) : stream{on} {}
        Stream stream;
        std::array<char, kReadSize> buffer{};
        std::string unread{};  // the beginning of the next request
        SteadyTime idle_since{};
        bool idle = true;
    };

    Task<bool> receive(Connection& connection, SteadyTime deadline);
    Task<bool> send(Connection& connection, std::string bytes);
    Task<bool> receive_header(Connection& connection, RequestParser& parser, unsigned number);
    Task<bool> receive_body(Connection& connection, RequestParser& parser, std::size_t& held);
    Task<bool> refuse_header(Connection& connection, RequestParser const& parser);
    Task<bool> serve_one(Connection& connection, unsigned number);
    Task<void> serve(std::list<Connection>::iterator place);
    void make_room();
    void take_on(Stream stream);

    Executor executor;
    Clock& clock;
    std::string listen;
    Service& service;
    ServerLimits limits;
    Listener listener;
    std::list<Connection> connections;
    std::size_t buffered = 0;
    bool stopping = false;
    TaskGroup group;
};

// False when nothing more comes: closed, or out of time.
Task<bool> Server::State::receive(Connection& connection, SteadyTime deadline) {
    using namespace boost::asio::experimental::awaitable_operators;
    auto reading = read_some(connection.stream, connection.buffer);
    auto patience = clock.sleep_until(deadline);
    auto first = co_await (std::move(reading) || std::move(patience));
    if (first.index() != 0) {
        co_return false;
    }
    auto const [error, count] = std::get<0>(first);
    if (error || count == 0) {
        co_return false;
    }
    connection.unread.append(connection.buffer.data(), count);
    co_return true;
}

Task<bool> Server::State::send(Connection& connection, std::string bytes) {
    using namespace boost::asio::experimental::awaitable_operators;
    auto writing = write_all(connection.stream, bytes);
    auto patience = clock.sleep_for(limits.write_time);
    auto first = co_await (std::move(writing) || std::move(patience));
    co_return first.index() == 0 && !std::get<0>(std::get<0>(first));
}

Task<bool> Server::State::receive_header(Connection& connection, RequestParser& parser, unsigned number) {
    connection.idle = true;
    connection.idle_since = clock.steady_now();
    auto deadline = connection.idle_since + (number == 0 ? limits.header_time : limits.idle_time);
    while (!parser.header_done() && !parser.failure()) {
        if (!connection.unread.empty()) {
            if (std::exchange(connection.idle, false)) {
                deadline = clock.steady_now() + limits.header_time;
            }
            auto const used = parser.feed(connection.unread);
            connection.unread.erase(0, used);
            continue;
        }
        if (stopping && connection.idle) {
            co_return false;
        }
        if (!co_await receive(connection, deadline)) {
            if (!connection.idle) {
                (void)co_await send(connection, last_response(408));
            }
            co_return false;
        }
    }
    co_return true;
}

// A request that is answered before its body was read leaves the connection in an unknown state.
Task<bool> Server::State::refuse_header(Connection& connection, RequestParser const& parser) {
    if (auto const status = parser.failure()) {
        (void)co_await send(connection, last_response(*status));
        co_return true;
    }
    auto const& request = parser.request();
    if (auto const refusal = service.refuse(request)) {
        ResponseFraming const framing{.closes = true, .for_head = request.method == "HEAD"};
        (void)co_await send(connection, response_bytes(*refusal, framing));
        co_return true;
    }
    co_return false;
}

// False when the body does not come or may not; an answer has been sent then, where one helps.
Task<bool> Server::State::receive_body(Connection& connection, RequestParser& parser, std::size_t& held) {
    if (parser.continue_wanted() && connection.unread.empty()) {
        if (!co_await send(connection, "HTTP/1.1 100 Continue\r\n\r\n")) {
            co_return false;
        }
    }
    auto const deadline = clock.steady_now() + limits.body_time;
    std::uint16_t status = 0;
    for (;;) {
        auto const used = parser.feed(connection.unread);
        connection.unread.erase(0, used);
        auto const size = parser.request().body.size();
        buffered += size - held;
        held = size;
        status = parser.failure().value_or(buffered > limits.buffered_max ? 503 : 0);
        if (status != 0 || parser.done()) {
            break;
        }
        if (!co_await receive(connection, deadline)) {
            status = 408;
            break;
        }
    }
    if (status != 0) {
        (void)co_await send(connection, last_response(status));
    }
    co_return status == 0;
}

// Whether the connection may serve another request.
Task<bool> Server::State::serve_one(Connection& connection, unsigned number) {
    struct Held {
        std::size_t& buffered;
        std::size_t bytes = 0;
        ~Held() { buffered -= bytes; }
    } held{buffered};
    RequestParser parser{limits.request};
    if (!co_await receive_header(connection, parser, number)) {
        co_return false;
    }
    if (co_await refuse_header(connection, parser)) {
        co_return false;
    }
    if (!co_await receive_body(connection, parser, held.bytes)) {
        co_return false;
    }
    auto const keep_alive = parser.keep_alive() && number + 1 < limits.requests;
    auto const for_head = parser.request().method == "HEAD";
    auto const response = co_await service.answer(parser.take());
    ResponseFraming const framing{.closes = !keep_alive || stopping, .for_head = for_head};
    auto bytes = response_bytes(response, framing);
    auto const sent = co_await send(connection, std::move(bytes));
    co_return sent && !framing.closes;
}

Task<void> Server::State::serve(std::list<Connection>::iterator place) {
    struct AtEnd {
        std::list<Connection>& connections;
        std::list<Connection>::iterator place;
        ~AtEnd() { connections.erase(place); }
    } const at_end{connections, place};
    for (unsigned number = 0; number < limits.requests; ++number) {
        if (!co_await serve_one(*place, number)) {
            break;
        }
    }
    Error ignored;
    place->stream.shutdown(Stream::shutdown_both, ignored);
}

// The connection that has been idle longest makes room for a new one.
void Server::State::make_room() {
    auto longest = connections.end();
    for (auto place = connections.begin(); place != connections.end(); ++place) {
        if (place->idle && (longest == connections.end() || place->idle_since < longest->idle_since)) {
            longest = place;
        }
    }
    if (longest != connections.end()) {
        longest->idle = false;
        Error ignored;
        longest->stream.close(ignored);
    }
}

void Server::State::take_on(Stream stream) {
    if (connections.size() >= limits.connections) {
        make_room();
    }
    // The one that made room may not have ended yet: one more for a moment, but not without end.
    if (connections.size() > limits.connections) {
        return;
    }
    auto& connection = connections.emplace_back(executor);
    connection.stream = std::move(stream);
    connection.idle_since = clock.steady_now();
    group.spawn(serve(std::prev(connections.end())));
}

Server::Server(Executor executor, Clock& clock, std::string listen, Service& service, ServerLimits limits)
    : state_{std::make_unique<State>(executor, clock, std::move(listen), service, limits)} {}

Server::~Server() = default;

Result<void> Server::open() {
    auto const address = parse_listen_address(state_->listen);
    if (!address) {
        return boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
    }
    return state_->listener.open(*address);
}

Task<void> Server::run() {
    auto& state = *state_;
    try {
        std::function<void(Stream)> take = [&state](Stream stream) { state.take_on(std::move(stream)); };
        co_await state.listener.accept(std::move(take));
    } catch (boost::system::system_error const&) {
        // Cancelled while it paused.  Either way nothing of it is left when this returns.
    }
    auto const cancelled = (co_await boost::asio::this_coro::cancellation_state).cancelled();
    co_await boost::asio::this_coro::reset_cancellation_state();
    if (cancelled != boost::asio::cancellation_type::none) {
        state.group.cancel();
    }
    co_await state.group.wait();
}

void Server::stop() {
    auto& state = *state_;
    state.stopping = true;
    state.listener.close();
    Error ignored;
    for (auto& connection : state.connections) {
        if (connection.idle) {
            connection.stream.close(ignored);
        }
    }
}

std::uint16_t Server::port() const {
    return state_->listener.port();
}

std::size_t Server::connections() const {
    return state_->connections.size();
}

}  // namespace newswired::http
