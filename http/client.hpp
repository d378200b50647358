// The door to the network: one request, one whole response.
//
// The client behind it is beast_client.hpp, and response_parser.cpp the only file that knows Beast.  Tests
// use a scripted one (tests/support/scripted_client.hpp).

#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "http/message.hpp"

#include <string>

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
    bad_response,                  ///< not HTTP, or HTTP that can't be understood
    bad_coding,                    ///< an unknown content coding, or data that does not decode
    incomplete,                    ///< fewer bytes than announced
    tls_failed,                    ///< handshake failed
    tls_too_old,                   ///< the server speaks nothing newer than TLS 1.1
    no_common_protocol,            ///< the server speaks no HTTP/1.1 over TLS
    certificate_expired,           ///< or not valid yet
    certificate_for_another_name,  ///< does not bear the host's name
    certificate_untrusted,         ///< self-signed, or from an authority that is not trusted
    certificate_refused,           ///< anything else that is wrong with it
    key_not_pinned,                ///< the server's key is none of those that the route pins
    no_authorities,                ///< the route's ca_file can't be read
    bad_proxy,                     ///< not the URL of a proxy
    proxy_unreachable,             ///< no address of the proxy took the connection
    proxy_refused,                 ///< the proxy would not, or could not, connect to the server
    proxy_credentials,             ///< the proxy wants others than these
    too_many_redirects,
    bad_redirect,  ///< no Location, or one that leads nowhere allowed
    shutting_down,
};

Error make_error_code(errc code);

/// Has a say in where a request is led.
class RedirectJudge {
  public:
    virtual ~RedirectJudge() = default;

    /// Asked before a redirect to `target` is followed; an error ends the request with it.  The time that
    /// this takes is not the server's: no deadline of the request runs meanwhile.
    virtual Task<Error> judge(std::string target) = 0;
};

class Client {
  public:
    virtual ~Client() = default;

    /// The whole response, redirects followed unless refused.  Cancelling the task closes the connection.
    virtual Task<Result<Response>> send(Request request) = 0;

    /// Closes connections that have been idle for long.  Requests do it as well; called now and then, so that
    /// a quiet client does not hold on to sockets that its servers have long closed.
    virtual void close_stale_connections() {}
};

}  // namespace newswired::http

template <>
struct boost::system::is_error_code_enum<newswired::http::errc> : std::true_type {};
