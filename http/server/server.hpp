// A small HTTP/1.1 server: for call-backs of hubs, a status page, metrics, an API.  Plain HTTP; what faces
// the world stands behind a proxy that speaks TLS.
//
//     Server server{executor, clock, "127.0.0.1:9471", service, limits};
//     if (auto const open = server.open(); !open) …
//     tasks.spawn(server.run());
//     …
//     server.stop();                 // then run() ends as soon as what is in hand has been answered
//
// Everything that a stranger can make it hold is bounded: connections, header, body, all bodies together,
// requests on a connection, and the time for each of it.  Spec: RFC 9110, RFC 9112.

#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "http/message.hpp"
#include "http/server/request_parser.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace newswired::http {

struct ServerResponse {
    std::uint16_t status = 200;
    Fields fields{};  ///< beside Date, Content-Length and Connection
    std::string body{};
};

/// A short answer in plain text: the status' own words.
ServerResponse short_response(std::uint16_t status);

/// What a server serves.
class Service {
  public:
    virtual ~Service() = default;

    /// Asked when the header is there, and the body (of up to `body_max` bytes) not yet: an answer refuses
    /// the request without reading it.  So nobody makes us hold what nobody wants.
    virtual std::optional<ServerResponse> refuse(ServerRequest const& head) = 0;

    /// The answer to a request.  Its task is cancelled only when the whole server is.
    virtual Task<ServerResponse> answer(ServerRequest request) = 0;
};

struct ServerLimits {
    std::size_t connections = 256;
    RequestLimits request{};
    std::size_t buffered_max = 64'000'000;  ///< of all bodies together that are being received or answered
    milliseconds header_time{10'000};       ///< from the first byte to the header's end
    milliseconds body_time{60'000};         ///< from there to the body's end
    milliseconds write_time{30'000};
    milliseconds idle_time{15'000};  ///< until the first byte, and between two requests
    unsigned requests = 1000;        ///< on one connection
};

class Server {
  public:
    /// `listen` as in core/listen_address.hpp; `clock` and `service` outlive the server.
    Server(Executor executor, Clock& clock, std::string listen, Service& service, ServerLimits limits = {});
    ~Server();
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    /// Begins to listen (listener.hpp).
    Result<void> open();
    /// Serves until stop(), and then until the last connection has ended.  Cancelling breaks everything off.
    Task<void> run();
    /// Takes no more connections, closes those that are idle.
    void stop();

    /// The TCP port it listens on (for port 0); 0 for a Unix socket.
    std::uint16_t port() const;
    std::size_t connections() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace newswired::http
