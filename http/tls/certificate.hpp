// What a server's certificate and its alerts tell: whether a pinned key is among its keys, and which of our
// errors OpenSSL's verdicts are.

#pragma once

#include "core/hash.hpp"
#include "http/client.hpp"

#include <openssl/x509.h>

#include <vector>

namespace newswired::http {

/// Whether the key of `certificate` is one of `pins` (RFC 7469, 2.4: the hash of its SubjectPublicKeyInfo).
bool has_key(X509* certificate, std::vector<Sha256> const& pins);
/// Whether any certificate of `chain` has such a key.
bool chain_has_key(STACK_OF(X509) const* chain, std::vector<Sha256> const& pins);

/// `verdict`: what SSL_get_verify_result() says.
errc meaning_of_certificate(long verdict);
/// `error`: of OpenSSL's error queue, when the certificate was not what failed.
errc meaning_of_alert(unsigned long error);

}  // namespace newswired::http
