// From the bytes of a connection to the requests on it, one after the other: framing by Beast's parser.
//
// Call order: feed() until header_done(), then (continue_wanted() …) feed() until done(), take(); the bytes
// that feed() left unused begin the next request, which needs a parser of its own.
// Spec: RFC 9112.

#pragma once

#include "http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace newswired::http {

/// A request as a server gets it.
struct ServerRequest {
    std::string method{};  ///< as sent: "GET"
    std::string target{};  ///< as sent: "/path?query"
    Fields fields{};
    std::string body{};  ///< transfer coding removed

    std::string_view path() const;
    std::string_view query() const;  ///< empty when there is none
};

struct RequestLimits {
    std::size_t header_max = 16 * 1024;
    std::size_t body_max = 1'000'000;
};

class RequestParser {
  public:
    explicit RequestParser(RequestLimits limits);
    ~RequestParser();

    /// How many of `bytes` were used: all, unless the request is done.  After failure() nothing more is.
    std::size_t feed(std::string_view bytes);

    /// The status that says what is wrong with the request; the connection is of no use any more.
    std::optional<std::uint16_t> failure() const;
    bool begun() const;
    bool header_done() const;
    bool done() const;
    /// Whether the client waits for "100 Continue" before it sends the body.
    bool continue_wanted() const;
    /// Whether the client keeps the connection for another request.
    bool keep_alive() const;

    /// The request so far.
    ServerRequest const& request() const;
    ServerRequest take();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace newswired::http
