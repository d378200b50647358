// A TLS session as bytes that can be kept, and back.

#pragma once

#include "core/time.hpp"
#include "http/tls/socket.hpp"

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

namespace newswired::http {

using SessionPtr = std::unique_ptr<SSL_SESSION, Deleter<SSL_SESSION_free>>;

/// OpenSSL's encoding, without the server's certificate.  Empty when there is no such thing.
std::string bytes_of(SSL_SESSION* session);

/// What bytes_of() wrote; null when `bytes` are none.
SessionPtr session_in(std::string_view bytes);

/// When the server will have forgotten it.
SystemTime end_of(SSL_SESSION const* session);

}  // namespace newswired::http
