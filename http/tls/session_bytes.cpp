#include "http/tls/session_bytes.hpp"

#include <openssl/asn1.h>

#include <algorithm>
#include <cstddef>

namespace newswired::http {
namespace {

// The server's certificate is most of a session's bytes, and no one looks at it again: resuming proves that
// the server is the one whose certificate was verified.  In OpenSSL's encoding it is a member of its own,
// [3].
std::string without_certificate(std::string_view der) {
    constexpr unsigned char kSequence = 0x30;
    constexpr unsigned char kPeer = 0xA3;
    auto const* at = reinterpret_cast<unsigned char const*>(der.data());
    long length = 0;
    int tag = 0;
    int tag_class = 0;
    if (der.empty() || *at != kSequence ||
        (ASN1_get_object(&at, &length, &tag, &tag_class, static_cast<long>(der.size())) & 0x80) != 0) {
        return {};
    }
    std::string members;
    for (auto const* const end = at + length; at < end;) {
        auto const* const begin = at;
        if ((ASN1_get_object(&at, &length, &tag, &tag_class, end - at) & 0x80) != 0) {
            return {};
        }
        at += length;
        if (*begin != kPeer) {
            members.append(reinterpret_cast<char const*>(begin), static_cast<std::size_t>(at - begin));
        }
    }
    std::string whole(
        static_cast<std::size_t>(ASN1_object_size(1, static_cast<int>(members.size()), V_ASN1_SEQUENCE)) -
            members.size(),
        0);
    auto* head = reinterpret_cast<unsigned char*>(whole.data());
    ASN1_put_object(&head, 1, static_cast<int>(members.size()), V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL);
    return whole + members;
}

}  // namespace

std::string bytes_of(SSL_SESSION* session) {
    auto const size = i2d_SSL_SESSION(session, nullptr);
    std::string der(static_cast<std::size_t>(std::max(size, 0)), 0);
    auto* to = reinterpret_cast<unsigned char*>(der.data());
    i2d_SSL_SESSION(session, &to);
    return without_certificate(der);
}

SessionPtr session_in(std::string_view bytes) {
    auto const* at = reinterpret_cast<unsigned char const*>(bytes.data());
    return SessionPtr{bytes.empty() ? nullptr
                                    : d2i_SSL_SESSION(nullptr, &at, static_cast<long>(bytes.size()))};
}

SystemTime end_of(SSL_SESSION const* session) {
    return SystemTime{seconds{SSL_SESSION_get_time(session)} + seconds{SSL_SESSION_get_timeout(session)}};
}

}  // namespace newswired::http
