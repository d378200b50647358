// The door to the network: one request, one whole response.
//
// The client behind it is beast_client.hpp, and response_parser.cpp the only file that knows Beast.  Tests
// use a scripted one (tests/support/scripted_client.hpp).

#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "http/message.hpp"

namespace newswired::http {

/// Why no response came.  An HTTP error status is a response, not an error.
enum class errc {
    bad_url = 1,         ///< not an absolute http or https URL
    address_refused,     ///< the host's address is private, loopback or otherwise refused, and not allowed
    name_not_found,      ///< DNS: no such name
    name_lookup_failed,  ///< DNS: temporary failure or no answer in time
    connect_failed,      ///< no address of the host took the connection
    connection_lost,     ///< closed or reset before the response was whole
    silence,             ///< the server sent nothing for `timeout`
    too_slow,            ///< `total_timeout` passed
    body_too_large,      ///< more than `max_body`, decoded
    header_too_large,
    bad_response,         ///< not HTTP, or HTTP that can't be understood
    bad_coding,           ///< an unknown content coding, or data that does not decode
    incomplete,           ///< fewer bytes than announced
    tls_failed,           ///< handshake failed
    certificate_refused,  ///< expired, wrong name, not from a trusted authority
    too_many_redirects,
    bad_redirect,  ///< no Location, or one that leads nowhere allowed
    shutting_down,
};

Error make_error_code(errc code);

class Client {
  public:
    virtual ~Client() = default;

    /// The whole response, redirects followed unless refused.  Cancelling the task closes the connection.
    virtual Task<Result<Response>> send(Request request) = 0;
};

}  // namespace newswired::http

template <>
struct boost::system::is_error_code_enum<newswired::http::errc> : std::true_type {};
