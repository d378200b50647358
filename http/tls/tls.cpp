#include "http/tls/tls.hpp"

#include "http/client.hpp"
#include "http/tls/certificate.hpp"
#include "http/tls/session_bytes.hpp"
#include "http/tls/socket.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <new>
#include <stdexcept>

namespace newswired::http {
namespace {

bool is_address(std::string const& host) {
    unsigned char bytes[16];
    return inet_pton(AF_INET, host.c_str(), bytes) == 1 || inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

/// The name that the certificate must bear: no brackets, no final dot.
std::string certified_name(std::string host) {
    if (host.starts_with('[') && host.ends_with(']')) {
        return host.substr(1, host.size() - 2);
    }
    if (host.ends_with('.')) {
        host.pop_back();
    }
    return host;
}

SystemTime now() {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

}  // namespace

struct TlsStream::Native {
    Native(TlsSessions& the_sessions, TlsDemands the_demands)
        : sessions{the_sessions}, demands{std::move(the_demands)} {}

    std::unique_ptr<SSL, Deleter<SSL_free>> ssl;
    TlsSessions& sessions;
    TlsDemands demands;
    errc why = errc::tls_failed;  // of a handshake that failed

    Io meaning_of(int result) const {
        switch (SSL_get_error(ssl.get(), result)) {
            case SSL_ERROR_WANT_READ:
                return Io::want_read;
            case SSL_ERROR_WANT_WRITE:
                return Io::want_write;
            case SSL_ERROR_ZERO_RETURN:
                return Io::end;
            default:
                return Io::failed;
        }
    }

    void resume() {
        auto const known = sessions.find(demands.session_key, now());
        if (auto const session = session_in(known)) {
            SSL_set_session(ssl.get(), session.get());
        }
    }

    static int keep_session(SSL* ssl, SSL_SESSION* session) {
        auto* const self = static_cast<Native*>(SSL_get_app_data(ssl));
        if (self != nullptr && SSL_SESSION_is_resumable(session) == 1) {
            if (auto bytes = bytes_of(session); !bytes.empty()) {
                self->sessions.keep(self->demands.session_key, std::move(bytes), end_of(session), now());
            }
        }
        return 0;  // its reference stays with OpenSSL
    }

    /// Called with the server's certificates, before anything is said to it.
    static int verify(X509_STORE_CTX* store, void*) {
        auto const index = SSL_get_ex_data_X509_STORE_CTX_idx();
        auto* const ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, index));
        auto const& demands = static_cast<Native*>(SSL_get_app_data(ssl))->demands;
        auto const is_good = X509_verify_cert(store) == 1;
        if (!is_good && !demands.any_certificate) {
            return 0;
        }
        auto const is_pinned =
            demands.pins.empty() || (is_good ? chain_has_key(X509_STORE_CTX_get0_chain(store), demands.pins)
                                             : has_key(X509_STORE_CTX_get0_cert(store), demands.pins));
        X509_STORE_CTX_set_error(store, is_pinned ? X509_V_OK : X509_V_ERR_APPLICATION_VERIFICATION);
        return is_pinned ? 1 : 0;
    }
};

namespace {

/// Of TLS 1.3's suites first that with AES-128 and SHA-256, as browsers have it: OpenSSL's order begins with
/// SHA-384, which takes an eighth of a resumed handshake.  None is added to what the machine's OpenSSL
/// allows.
void prefer_short_hash(SSL_CTX* context) {
    std::string first;
    std::string last;
    auto const* const suites = SSL_CTX_get_ciphers(context);
    for (int i = 0; i < sk_SSL_CIPHER_num(suites); ++i) {
        auto const* const suite = sk_SSL_CIPHER_value(suites, i);
        std::string const name = SSL_CIPHER_get_name(suite);
        if (std::string_view{SSL_CIPHER_get_version(suite)} == "TLSv1.3") {
            (name == "TLS_AES_128_GCM_SHA256" ? first : last) += ":" + name;
        }
    }
    if (auto const order = first + last; !order.empty()) {
        SSL_CTX_set_ciphersuites(context, order.c_str() + 1);
    }
}

}  // namespace

struct TlsContext::Native {
    std::vector<std::string> ca_files;
    std::once_flag once;
    std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>> context;

    SSL_CTX* get() {
        std::call_once(once, [this] { make(); });
        return context.get();
    }

    void make() {
        context.reset(SSL_CTX_new(TLS_client_method()));
        auto* const made = context.get();
        if (made == nullptr) {
            throw std::bad_alloc{};
        }
        SSL_CTX_set_min_proto_version(made, TLS1_2_VERSION);
        prefer_short_hash(made);
        SSL_CTX_set_verify(made, SSL_VERIFY_PEER, nullptr);
        SSL_CTX_set_cert_verify_callback(made, TlsStream::Native::verify, nullptr);
        SSL_CTX_set_default_verify_paths(made);
        for (auto const& file : ca_files) {
            SSL_CTX_load_verify_file(made, file.c_str());
        }
        SSL_CTX_set_mode(made, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                   SSL_MODE_RELEASE_BUFFERS);
        SSL_CTX_set_session_cache_mode(made, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
        SSL_CTX_sess_set_new_cb(made, TlsStream::Native::keep_session);
        ERR_clear_error();
    }
};

TlsContext::TlsContext(std::vector<std::string> ca_files) : native_{std::make_unique<Native>()} {
    std::erase(ca_files, std::string{});
    for (auto const& file : ca_files) {
        std::unique_ptr<X509_STORE, Deleter<X509_STORE_free>> const store{X509_STORE_new()};
        if (X509_STORE_load_file(store.get(), file.c_str()) != 1) {
            ERR_clear_error();
            throw std::invalid_argument{"not a file of certificates (PEM): " + file};
        }
    }
    native_->ca_files = std::move(ca_files);
}
TlsContext::~TlsContext() = default;

TlsContext::Native& TlsContext::native() {
    return *native_;
}

TlsStream::TlsStream(TlsContext& context, TlsSessions& sessions, int socket, TlsDemands demands)
    : native_{std::make_unique<Native>(sessions, std::move(demands))} {
    native_->ssl.reset(SSL_new(context.native().get()));
    auto* const ssl = native_->ssl.get();
    if (ssl == nullptr) {
        throw std::bad_alloc{};
    }
    auto* const bio = make_socket_bio(socket);
    SSL_set_bio(ssl, bio, bio);
    SSL_set_app_data(ssl, native_.get());

    auto const name = certified_name(native_->demands.host);
    if (is_address(name)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name.c_str());
    } else {
        SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        SSL_set1_host(ssl, name.c_str());
        SSL_set_tlsext_host_name(ssl, name.c_str());
    }
    constexpr unsigned char kProtocols[] = "\x08http/1.1";
    SSL_set_alpn_protos(ssl, kProtocols, sizeof kProtocols - 1);
    native_->resume();
    SSL_set_connect_state(ssl);
}

TlsStream::~TlsStream() {
    // Without this OpenSSL takes the connection for broken off, and its session for one not to be resumed.
    SSL_set_shutdown(native_->ssl.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_set_app_data(native_->ssl.get(), nullptr);
}

Io TlsStream::handshake() {
    ERR_clear_error();
    auto const result = SSL_do_handshake(native_->ssl.get());
    if (result == 1) {
        return Io::done;
    }
    auto const state = native_->meaning_of(result);
    if (state == Io::failed) {
        auto const verdict = SSL_get_verify_result(native_->ssl.get());
        native_->why =
            verdict == X509_V_OK ? meaning_of_alert(ERR_peek_last_error()) : meaning_of_certificate(verdict);
        native_->sessions.forget(native_->demands.session_key);  // it may be what the server chokes on
    }
    return state;
}

Error TlsStream::failure() const {
    return native_->why;
}

bool TlsStream::resumed() const {
    return SSL_session_reused(native_->ssl.get()) != 0;
}

IoResult TlsStream::read(char* to, std::size_t size) {
    ERR_clear_error();
    std::size_t bytes = 0;
    auto const result = SSL_read_ex(native_->ssl.get(), to, size, &bytes);
    return {result == 1 ? Io::done : native_->meaning_of(result), bytes};
}

IoResult TlsStream::write(std::string_view bytes) {
    ERR_clear_error();
    std::size_t written = 0;
    auto const result = SSL_write_ex(native_->ssl.get(), bytes.data(), bytes.size(), &written);
    return {result == 1 ? Io::done : native_->meaning_of(result), written};
}

}  // namespace newswired::http
