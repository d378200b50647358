// A key and a self-signed certificate for the names a test gives, made anew each time.

#pragma once

#include "core/base64.hpp"
#include "core/hash.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <stdexcept>
#include <string>

namespace newswired::test {

class TlsIdentity {
  public:
    /// `names` as OpenSSL writes subject alternative names: "DNS:news.example,IP:127.0.0.1".  `begins` and
    /// `ends` are seconds from now.
    explicit TlsIdentity(std::string const& names, long begins = -3600, long ends = 3600)
        : key_{EVP_EC_gen("P-256")}, certificate_{X509_new()} {
        X509_set_version(certificate_, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate_), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate_), begins);
        X509_gmtime_adj(X509_getm_notAfter(certificate_), ends);
        X509_set_pubkey(certificate_, key_);
        auto* const subject = X509_get_subject_name(certificate_);
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                   reinterpret_cast<unsigned char const*>("newswired test"), -1, -1, 0);
        X509_set_issuer_name(certificate_, subject);
        add_extension(NID_subject_alt_name, names);
        add_extension(NID_basic_constraints, "critical,CA:TRUE");
        if (X509_sign(certificate_, key_, EVP_sha256()) == 0) {
            throw std::runtime_error{"no certificate"};
        }
    }
    ~TlsIdentity() {
        X509_free(certificate_);
        EVP_PKEY_free(key_);
    }
    TlsIdentity(TlsIdentity const&) = delete;
    TlsIdentity& operator=(TlsIdentity const&) = delete;

    /// Lets servers that use it speak TLS 1.0 only.
    void make_old() { is_old_ = true; }

    /// "sha256/…" of the key (RFC 7469).
    std::string pin() const {
        unsigned char* der = nullptr;
        auto const size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate_), &der);
        std::string const bytes{reinterpret_cast<char*>(der), static_cast<std::size_t>(size)};
        OPENSSL_free(der);
        auto const digest = sha256(bytes);
        return "sha256/" + encode_base64({reinterpret_cast<char const*>(digest.data()), digest.size()});
    }

    void use_in(SSL_CTX* context) const {
        if (is_old_) {
            SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
            SSL_CTX_set_max_proto_version(context, TLS1_VERSION);
            SSL_CTX_set_cipher_list(context, "DEFAULT@SECLEVEL=0");
        }
        SSL_CTX_use_certificate(context, certificate_);
        SSL_CTX_use_PrivateKey(context, key_);
    }

    /// Writes the certificate where a ca_file is expected.
    void save_certificate(std::string const& path) const {
        auto* const file = std::fopen(path.c_str(), "w");
        if (file == nullptr || PEM_write_X509(file, certificate_) != 1) {
            throw std::runtime_error{"can't write " + path};
        }
        std::fclose(file);
    }

  private:
    void add_extension(int kind, std::string const& value) {
        auto* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
        if (extension == nullptr) {
            throw std::runtime_error{"bad extension: " + value};
        }
        X509_add_ext(certificate_, extension, -1);
        X509_EXTENSION_free(extension);
    }

    EVP_PKEY* key_;
    X509* certificate_;
    bool is_old_ = false;
};

}  // namespace newswired::test
