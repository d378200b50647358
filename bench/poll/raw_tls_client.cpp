#include "bench/poll/raw_tls_client.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <stdexcept>
#include <utility>

namespace newswired::bench {
namespace {

template <auto Free>
struct Deleter {
    template <typename T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using Session = std::unique_ptr<SSL_SESSION, Deleter<SSL_SESSION_free>>;

struct Client {
    std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>> context{SSL_CTX_new(TLS_client_method())};
    sockaddr_in where{};
    std::string request{};
    Session session{};  // the newest

    static int keep(SSL* ssl, SSL_SESSION* session) {
        static_cast<Client*>(SSL_get_app_data(ssl))->session.reset(session);
        return 1;
    }
};

int connect_to(sockaddr_in const& where) {
    auto const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int const yes = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(socket, reinterpret_cast<sockaddr const*>(&where), sizeof where) != 0) {
        throw std::runtime_error{"connect"};
    }
    return socket;
}

void ask(Client& client, bool resume) {
    auto const socket = connect_to(client.where);
    std::unique_ptr<SSL, Deleter<SSL_free>> const ssl{SSL_new(client.context.get())};
    SSL_set_fd(ssl.get(), socket);
    SSL_set_app_data(ssl.get(), &client);
    SSL_set1_host(ssl.get(), "h1.bench.example");
    SSL_set_tlsext_host_name(ssl.get(), "h1.bench.example");
    if (resume && client.session) {
        SSL_set_session(ssl.get(), client.session.get());
    }
    char buffer[4096];
    if (SSL_connect(ssl.get()) != 1 ||
        SSL_write(ssl.get(), client.request.data(), static_cast<int>(client.request.size())) <= 0 ||
        SSL_read(ssl.get(), buffer, sizeof buffer) <= 0) {
        throw std::runtime_error{"TLS"};
    }
    SSL_set_shutdown(ssl.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    ::close(socket);
}

}  // namespace

void ask_raw_tls(std::uint16_t port, std::string const& authority, std::string const& path, std::size_t count,
                 bool resume) {
    Client client;
    client.where.sin_family = AF_INET;
    client.where.sin_port = htons(port);
    client.where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    client.request = "GET " + path + " HTTP/1.1\r\nHost: h1.bench.example\r\nIf-None-Match: \"one\"\r\n\r\n";
    auto* const context = client.context.get();
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_load_verify_file(context, authority.c_str());
    SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256");  // as newswired prefers
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, Client::keep);
    for (std::size_t i = 0; i < count; ++i) {
        ask(client, resume);
    }
}

}  // namespace newswired::bench
