#include "http/transfer.hpp"

#include "http/redirect.hpp"
#include "http/request_head.hpp"

#include <charconv>
#include <cstdint>

namespace newswired::http {

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

bool follows(Request const& request, Response const& response) {
    return request.redirects == Redirects::follow && is_redirect(response.status);
}

namespace {

// A redirect's page is read when it is short, to keep the connection; a longer one is not worth it.
constexpr std::uint64_t kMaxRedirectBody = 16 * 1024;

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

/// What of `bytes` does not go out without waiting: of a request nothing, but for a busy connection.
std::string_view without_what_goes_at_once(Connection& connection, std::string_view bytes,
                                           Deadline& deadline) {
    auto const written = connection.write(bytes);
    if (written.state == Io::done) {
        bytes.remove_prefix(written.bytes);
        deadline.progress();
    }
    return bytes;
}

Task<Error> read_response(Connection& connection, ResponseParser& parser, Exchange& exchange) {
    auto& buffer = exchange.state.buffer;
    auto wanted = Io::want_read;  // no answer is there yet: asking for it first would be a call for nothing
    for (;;) {
        auto const kind = wanted == Io::want_read ? Socket::wait_read : Socket::wait_write;
        auto const [error] = co_await connection.socket.async_wait(kind, kTuple);
        if (error || exchange.deadline.expired()) {
            co_return exchange.deadline.meaning_of(error);
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

}  // namespace

Task<Error> talk(Connection& connection, ResponseParser& parser, Exchange& exchange) {
    auto const head = request_head(exchange.request, exchange.url, exchange.state.user_agent,
                                   exchange.is_forwarded() ? &*exchange.proxy : nullptr);
    exchange.deadline.watch(&connection.socket);
    Error error;
    if (auto const rest = without_what_goes_at_once(connection, head, exchange.deadline); !rest.empty()) {
        error = co_await write_all(connection, rest, exchange.deadline);
    }
    if (!error && exchange.request.method == Method::post) {
        error = co_await write_all(connection, exchange.request.body, exchange.deadline);
    }
    if (!error) {
        error = co_await read_response(connection, parser, exchange);
    }
    exchange.deadline.watch(nullptr);
    co_return error;
}

}  // namespace newswired::http
