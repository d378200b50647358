#include "http/tls.hpp"

#include "http/client.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <new>
#include <stdexcept>
#include <unordered_map>

namespace newswired::http {
namespace {

// A session is about 3 kB with its certificate chain.
constexpr std::size_t kMaxSessions = 2'000;

template <auto Free>
struct Deleter {
    template <typename T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using SessionPtr = std::unique_ptr<SSL_SESSION, Deleter<SSL_SESSION_free>>;

// OpenSSL's own socket BIO writes with write(), which raises SIGPIPE when the peer has gone.
int socket_write(BIO* bio, char const* bytes, int size) {
    BIO_clear_retry_flags(bio);
    auto const socket = static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
    auto const sent = send(socket, bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
        BIO_set_retry_write(bio);
    }
    return static_cast<int>(sent);
}

int socket_read(BIO* bio, char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    auto const socket = static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
    auto const received = recv(socket, bytes, static_cast<std::size_t>(size), MSG_DONTWAIT);
    if (received < 0 && (errno == EAGAIN || errno == EINTR)) {
        BIO_set_retry_read(bio);
    } else if (received == 0) {
        BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    }
    return static_cast<int>(received);
}

long socket_control(BIO* bio, int command, long, void*) {
    switch (command) {
        case BIO_CTRL_FLUSH:
            return 1;
        case BIO_CTRL_EOF:
            return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
        default:
            return 0;
    }
}

BIO_METHOD* make_socket_method() {
    auto* const method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without SIGPIPE");
    if (method == nullptr) {
        throw std::bad_alloc{};
    }
    BIO_meth_set_write(method, socket_write);
    BIO_meth_set_read(method, socket_read);
    BIO_meth_set_ctrl(method, socket_control);
    return method;
}

BIO_METHOD* socket_method() {
    static std::unique_ptr<BIO_METHOD, Deleter<BIO_meth_free>> const method{make_socket_method()};
    return method.get();
}

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

}  // namespace

struct TlsSessions::Store {
    std::unordered_map<std::string, SessionPtr> sessions;

    void keep(std::string const& origin, SSL_SESSION* session) {
        if (sessions.size() >= kMaxSessions && !sessions.contains(origin)) {
            sessions.erase(sessions.begin());
        }
        sessions[origin].reset(session);
    }
};

TlsSessions::TlsSessions() : store_{std::make_unique<Store>()} {}
TlsSessions::~TlsSessions() = default;

struct TlsStream::Native {
    Native(TlsSessions::Store& the_sessions, std::string the_origin)
        : sessions{the_sessions}, origin{std::move(the_origin)} {}

    std::unique_ptr<SSL, Deleter<SSL_free>> ssl;
    TlsSessions::Store& sessions;
    std::string origin;

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

    static int keep_session(SSL* ssl, SSL_SESSION* session) {
        auto* const self = static_cast<Native*>(SSL_get_app_data(ssl));
        if (self == nullptr) {
            return 0;
        }
        self->sessions.keep(self->origin, session);
        return 1;  // its reference is ours now
    }
};

struct TlsContext::Native {
    std::string ca_file;
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
        SSL_CTX_set_verify(made, SSL_VERIFY_PEER, nullptr);
        SSL_CTX_set_default_verify_paths(made);
        if (!ca_file.empty()) {
            SSL_CTX_load_verify_file(made, ca_file.c_str());
        }
        SSL_CTX_set_mode(made, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                   SSL_MODE_RELEASE_BUFFERS);
        SSL_CTX_set_session_cache_mode(made, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
        SSL_CTX_sess_set_new_cb(made, TlsStream::Native::keep_session);
        ERR_clear_error();
    }
};

TlsContext::TlsContext(std::string ca_file) : native_{std::make_unique<Native>()} {
    if (!ca_file.empty()) {
        std::unique_ptr<X509_STORE, Deleter<X509_STORE_free>> const store{X509_STORE_new()};
        if (X509_STORE_load_file(store.get(), ca_file.c_str()) != 1) {
            ERR_clear_error();
            throw std::invalid_argument{"not a file of certificates (PEM): " + ca_file};
        }
    }
    native_->ca_file = std::move(ca_file);
}
TlsContext::~TlsContext() = default;

TlsContext::Native& TlsContext::native() {
    return *native_;
}

TlsStream::TlsStream(TlsContext& context, TlsSessions& sessions, int socket, std::string host,
                     std::string origin)
    : native_{std::make_unique<Native>(sessions.store(), std::move(origin))} {
    native_->ssl.reset(SSL_new(context.native().get()));
    auto* const ssl = native_->ssl.get();
    auto* const bio = BIO_new(socket_method());
    if (ssl == nullptr || bio == nullptr) {
        BIO_free(bio);
        throw std::bad_alloc{};
    }
    BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl, bio, bio);
    SSL_set_app_data(ssl, native_.get());

    auto const name = certified_name(std::move(host));
    if (is_address(name)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name.c_str());
    } else {
        SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        SSL_set1_host(ssl, name.c_str());
        SSL_set_tlsext_host_name(ssl, name.c_str());
    }
    constexpr unsigned char kProtocols[] = "\x08http/1.1";
    SSL_set_alpn_protos(ssl, kProtocols, sizeof kProtocols - 1);
    auto const known = native_->sessions.sessions.find(native_->origin);
    if (known != native_->sessions.sessions.end()) {
        SSL_set_session(ssl, known->second.get());
    }
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
    return result == 1 ? Io::done : native_->meaning_of(result);
}

Error TlsStream::failure() const {
    return SSL_get_verify_result(native_->ssl.get()) == X509_V_OK ? errc::tls_failed
                                                                  : errc::certificate_refused;
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
