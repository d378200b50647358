#include "bench/poll/identity.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <stdexcept>

namespace newswired::bench {
namespace {

// Leaked on purpose: the server's process holds them to its end.
struct Identity {
    EVP_PKEY* key;
    X509* certificate;
};

void add_extension(X509* certificate, int kind, char const* value) {
    auto* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Identity make(char const* name, EVP_PKEY* key, Identity const* issuer, char const* host) {
    static long serial = 1;
    auto* const certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 86'400);
    X509_set_pubkey(certificate, key);
    auto* const subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>(name), -1,
                               -1, 0);
    X509_set_issuer_name(certificate,
                         issuer != nullptr ? X509_get_subject_name(issuer->certificate) : subject);
    if (host != nullptr) {
        add_extension(certificate, NID_subject_alt_name, host);
    } else {
        add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
    }
    if (X509_sign(certificate, issuer != nullptr ? issuer->key : key, EVP_sha256()) == 0) {
        throw std::runtime_error{"no certificate"};
    }
    return {key, certificate};
}

}  // namespace

void use_new_identity(SSL_CTX* context, std::string const& root_file) {
    auto const root = make("bench root", EVP_RSA_gen(2048), nullptr, nullptr);
    auto const intermediate = make("bench intermediate", EVP_RSA_gen(2048), &root, nullptr);
    auto const leaf = make("bench", EVP_EC_gen("P-256"), &intermediate, "DNS:*.bench.example");
    SSL_CTX_use_certificate(context, leaf.certificate);
    SSL_CTX_use_PrivateKey(context, leaf.key);
    SSL_CTX_add_extra_chain_cert(context, intermediate.certificate);
    auto* const file = std::fopen(root_file.c_str(), "w");
    if (file == nullptr || PEM_write_X509(file, root.certificate) != 1) {
        throw std::runtime_error{"can't write " + root_file};
    }
    std::fclose(file);
}

}  // namespace newswired::bench
