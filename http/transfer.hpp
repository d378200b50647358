// Bytes to and from a server: a request, and the response to it.

#pragma once

#include "core/task.hpp"
#include "http/exchange.hpp"

#include <string_view>

namespace newswired::http {

/// Waits until the socket is ready for what `wanted` says.
Task<Error> ready(Connection& connection, Io wanted, Deadline& deadline);

/// Writes all of `bytes`.
Task<Error> write_all(Connection& connection, std::string_view bytes, Deadline& deadline);

/// Whether the response is a redirect that the request goes after.
bool follows(Request const& request, Response const& response);

/// Sends the request and reads the answer.
Task<Error> talk(Connection& connection, ResponseParser& parser, Exchange& exchange);

}  // namespace newswired::http
