// What the errors of this room say to the operator.

#include "http/client.hpp"

namespace newswired::http {
namespace {

char const* sentence(errc code) {
    switch (code) {
        case errc::bad_url:
            return "the address is not an http or https URL";
        case errc::address_refused:
            return "the host's address is private or reserved, and not in allow_addresses";
        case errc::name_not_found:
            return "the host name does not exist";
        case errc::name_lookup_failed:
            return "the host name could not be looked up for now";
        case errc::connect_failed:
            return "no address of the host accepted a connection";
        case errc::connection_lost:
            return "the server closed the connection without an answer";
        case errc::silence:
            return "the server sent nothing for the time allowed";
        case errc::too_slow:
            return "the answer took longer than the time allowed in all";
        case errc::body_too_large:
            return "the answer is larger than max_body";
        case errc::header_too_large:
            return "the header of the answer is too large";
        case errc::bad_response:
            return "the answer is not valid HTTP";
        case errc::bad_coding:
            return "the answer's content coding is unknown or its data damaged";
        case errc::incomplete:
            return "the answer ended before it was complete";
        case errc::tls_failed:
            return "no TLS connection could be agreed upon";
        case errc::tls_too_old:
            return "the server speaks no TLS that is still safe (1.2 or newer)";
        case errc::no_common_protocol:
            return "the server does not speak HTTP/1.1 over TLS";
        case errc::certificate_expired:
            return "the server's certificate has expired, or is not valid yet";
        case errc::certificate_for_another_name:
            return "the server's certificate is for another name";
        case errc::certificate_untrusted:
            return "the server's certificate is self-signed or not from a trusted authority";
        case errc::certificate_refused:
            return "the server's certificate is not acceptable";
        case errc::key_not_pinned:
            return "the server's key is not among those that are pinned";
        case errc::no_authorities:
            return "the ca_file can't be read, or holds no certificates";
        case errc::bad_proxy:
            return "the proxy's address is not an http:// or socks5h:// URL";
        case errc::proxy_unreachable:
            return "the proxy could not be reached";
        case errc::proxy_refused:
            return "the proxy did not connect to the server";
        case errc::proxy_credentials:
            return "the proxy asks for other credentials";
        case errc::too_many_redirects:
            return "there are too many redirects, or they go round in circles";
        case errc::bad_redirect:
            return "the redirect leads nowhere that may be followed";
        case errc::shutting_down:
            return "the program is shutting down";
    }
    return "an unknown error";
}

// Boost's category is never deleted through its base; its destructor is public and not virtual on purpose.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class Category final : public boost::system::error_category {
  public:
    char const* name() const noexcept override { return "http"; }
    std::string message(int code) const override { return sentence(static_cast<errc>(code)); }
};
#pragma GCC diagnostic pop

}  // namespace

Error make_error_code(errc code) {
    static Category const category;
    return {static_cast<int>(code), category};
}

}  // namespace newswired::http
