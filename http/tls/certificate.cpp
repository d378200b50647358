#include "http/tls/certificate.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace newswired::http {

bool has_key(X509* certificate, std::vector<Sha256> const& pins) {
    unsigned char* der = nullptr;
    auto const size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    if (size <= 0) {
        return false;
    }
    auto const digest = sha256({reinterpret_cast<char const*>(der), static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    return std::find(pins.begin(), pins.end(), digest) != pins.end();
}

bool chain_has_key(STACK_OF(X509) const* chain, std::vector<Sha256> const& pins) {
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        if (has_key(sk_X509_value(chain, i), pins)) {
            return true;
        }
    }
    return false;
}

errc meaning_of_certificate(long verdict) {
    switch (verdict) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return errc::certificate_expired;
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return errc::certificate_for_another_name;
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        case X509_V_ERR_CERT_UNTRUSTED:
            return errc::certificate_untrusted;
        case X509_V_ERR_APPLICATION_VERIFICATION:
            return errc::key_not_pinned;
        default:
            return errc::certificate_refused;
    }
}

errc meaning_of_alert(unsigned long error) {
    switch (ERR_GET_REASON(error)) {
        case SSL_R_UNSUPPORTED_PROTOCOL:
        case SSL_R_WRONG_SSL_VERSION:
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
            return errc::tls_too_old;
        case SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL:
            return errc::no_common_protocol;
        default:
            return errc::tls_failed;
    }
}

}  // namespace newswired::http
