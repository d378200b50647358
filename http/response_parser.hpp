// From the bytes of a connection to a Response: framing by Beast's parser, codings undone on the way, nothing
// buffered but an incomplete header.
//
// Call order: (feed)* until done(), or end_of_stream() when the connection closed; then take().
// Spec: RFC 9112.

#pragma once

#include "core/result.hpp"
#include "http/message.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

namespace newswired::http {

struct ResponseLimits {
    std::size_t body_max = 16'000'000;   ///< decoded; and as it comes
    std::size_t header_max = 64 * 1024;  ///< feeds behind proxies carry 20 KiB of header now and then
};

class ResponseParser {
  public:
    explicit ResponseParser(ResponseLimits limits);
    ~ResponseParser();
    ResponseParser(ResponseParser&&) noexcept;
    ResponseParser& operator=(ResponseParser&&) noexcept;

    /// Takes all of `bytes`.  Interim (1xx) responses are skipped.
    Error feed(std::string_view bytes);

    /// The connection has closed: the end of a body that only this ends, else errc::incomplete, or
    /// errc::connection_lost before the first byte.
    Error end_of_stream();

    bool done() const;
    /// Whether any byte of an answer has come.
    bool begun() const;
    bool header_done() const;
    /// Whether the connection may serve another request: the server agrees, and nothing came after the end.
    bool keep_alive() const;

    /// The response so far; its body only when done.
    Response const& response() const;
    Response take();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace newswired::http
