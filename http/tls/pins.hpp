// Pinned keys: the SHA-256 of a certificate's public key (its SubjectPublicKeyInfo), as RFC 7469 writes it:
//
//     sha256/BASE64        openssl x509 -pubkey -noout | openssl pkey -pubin -outform der |
//                          openssl dgst -sha256 -binary | base64
//
// A pin matches when any certificate of the chain that was verified has the key (RFC 7469, 2.6), so that an
// authority's key may be pinned as well as the server's own.

#pragma once

#include "core/hash.hpp"

#include <optional>
#include <string_view>

namespace newswired::http {

/// The digest in `text` ("sha256/…" or "pin-sha256=\"…\""); none when it is no pin.
std::optional<Sha256> parse_pin(std::string_view text);

}  // namespace newswired::http
