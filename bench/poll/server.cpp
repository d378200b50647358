#include "bench/poll/server.hpp"

#include "bench/poll/identity.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace newswired::bench {
namespace {

struct Listener {
    int socket = -1;
    std::uint16_t port = 0;
    SSL_CTX* context = nullptr;
};

struct Connection {
    int socket = -1;
    SSL* ssl = nullptr;
    std::string in{};
    std::string out{};
    bool closes = false;

    Connection() = default;
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;
    ~Connection() {
        if (ssl != nullptr) {
            SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
            SSL_free(ssl);
        }
        ::close(socket);
    }
};

Listener listen_on(SSL_CTX* context) {
    Listener listener{.socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
                      .context = context};
    sockaddr_in where{};
    where.sin_family = AF_INET;
    socklen_t size = sizeof where;
    if (bind(listener.socket, reinterpret_cast<sockaddr*>(&where), size) != 0 ||
        listen(listener.socket, 4096) != 0) {
        throw std::runtime_error{"can't listen"};
    }
    getsockname(listener.socket, reinterpret_cast<sockaddr*>(&where), &size);
    listener.port = ntohs(where.sin_port);
    return listener;
}

class Loop {
  public:
    explicit Loop(std::string const& root_file) {
        auto* const resuming = SSL_CTX_new(TLS_server_method());
        use_new_identity(resuming, root_file);
        auto* const full = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate(full, SSL_CTX_get0_certificate(resuming));
        SSL_CTX_use_PrivateKey(full, SSL_CTX_get0_privatekey(resuming));
        STACK_OF(X509)* chain = nullptr;
        SSL_CTX_get_extra_chain_certs(resuming, &chain);
        SSL_CTX_set1_chain(full, chain);
        SSL_CTX_set_options(full, SSL_OP_NO_TICKET);
        SSL_CTX_set_num_tickets(full, 0);
        SSL_CTX_set_session_cache_mode(full, SSL_SESS_CACHE_OFF);
        for (auto* context : {static_cast<SSL_CTX*>(nullptr), resuming, full}) {
            listeners_.push_back(listen_on(context));
            watch(listeners_.back().socket);
        }
        answers_[0] =
            "HTTP/1.1 304 Not Modified\r\nETag: \"one\"\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n";
        answers_[1] = ok(document(false));
        answers_[2] = ok(document(true));
    }

    std::uint16_t port(std::size_t listener) const { return listeners_[listener].port; }

    [[noreturn]] void run() {
        for (;;) {
            epoll_event events[256];
            // Over loopback, the kernel charges the waking of a server to the client whose packet does it,
            // and the slower the client, the more often the server sleeps.  With open connections it does
            // not.
            auto const count = epoll_wait(epoll_, events, 256, connections_.empty() ? -1 : 0);
            for (int i = 0; i < count; ++i) {
                serve(events[i].data.fd);
            }
        }
    }

  private:
    static std::string ok(std::string const& body) {
        return "HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Type: application/rss+xml\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n\r\n" + body;
    }

    void watch(int socket) const {
        epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
        epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
    }

    void serve(int socket) {
        for (auto const& listener : listeners_) {
            if (listener.socket == socket) {
                accept_from(listener);
                return;
            }
        }
        auto const found = connections_.find(socket);
        if (found != connections_.end() && !advance(*found->second)) {
            connections_.erase(found);
        }
    }

    void accept_from(Listener const& listener) {
        for (;;) {
            auto const socket = accept4(listener.socket, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (socket < 0) {
                return;
            }
            int const yes = 1;
            setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            auto connection = std::make_unique<Connection>();
            connection->socket = socket;
            if (listener.context != nullptr) {
                connection->ssl = SSL_new(listener.context);
                SSL_set_fd(connection->ssl, socket);
                SSL_set_accept_state(connection->ssl);
            }
            watch(socket);
            connections_[socket] = std::move(connection);
        }
    }

    // False when the connection is to be closed.
    bool advance(Connection& connection) {
        char buffer[4096];
        for (;;) {
            auto const got = connection.ssl != nullptr
                                 ? SSL_read(connection.ssl, buffer, sizeof buffer)
                                 : static_cast<int>(recv(connection.socket, buffer, sizeof buffer, 0));
            if (got <= 0) {
                auto const again = connection.ssl != nullptr
                                       ? SSL_get_error(connection.ssl, got) == SSL_ERROR_WANT_READ
                                       : got < 0 && errno == EAGAIN;
                return again && flush(connection);
            }
            connection.in.append(buffer, static_cast<std::size_t>(got));
            answer(connection);
            if (!flush(connection)) {
                return false;
            }
        }
    }

    void answer(Connection& connection) {
        auto end = connection.in.find("\r\n\r\n");
        for (; end != std::string::npos; end = connection.in.find("\r\n\r\n")) {
            std::string_view const head{connection.in.data(), end};
            auto const large = head.starts_with("GET /large");
            auto const conditional = head.find("\r\nIf-None-Match: ") != std::string_view::npos;
            connection.closes = head.find("\r\nConnection: close") != std::string_view::npos;
            connection.out += answers_[large ? 2 : conditional ? 0 : 1];
            connection.in.erase(0, end + 4);
        }
    }

    // What does not go out at once waits for the next event; loopback takes 30 kB in one go.
    static bool flush(Connection& connection) {
        while (!connection.out.empty()) {
            auto const size = connection.out.size();
            auto const sent =
                connection.ssl != nullptr
                    ? SSL_write(connection.ssl, connection.out.data(), static_cast<int>(size))
                    : static_cast<int>(send(connection.socket, connection.out.data(), size, MSG_NOSIGNAL));
            if (sent <= 0) {
                return errno == EAGAIN;
            }
            connection.out.erase(0, static_cast<std::size_t>(sent));
        }
        return !connection.closes;
    }

    int epoll_ = epoll_create1(EPOLL_CLOEXEC);
    std::vector<Listener> listeners_;
    std::unordered_map<int, std::unique_ptr<Connection>> connections_;
    std::string answers_[3];
};

}  // namespace

std::string document(bool large) {
    constexpr std::size_t kLarge = 30'000;
    std::string body = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Bench</title>";
    std::size_t number = 0;
    do {
        auto const name = std::to_string(++number);
        body += "<item><guid>urn:bench:" + name + "</guid><title>Article number " + name +
                "</title><link>https://news.bench.example/" + name + "</link><description>&lt;p&gt;";
        for (int i = 0; i < 12; ++i) {
            body += "Words of an article that says little, as most do. ";
        }
        body += "&lt;/p&gt;</description><pubDate>Thu, 01 Jan 2026 00:00:00 GMT</pubDate></item>";
    } while (large && body.size() < kLarge);
    return body + "</channel></rss>";
}

Server start_server(std::string const& folder) {
    std::signal(SIGPIPE, SIG_IGN);
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    int ends[2];
    if (pipe(ends) != 0) {
        throw std::runtime_error{"no pipe"};
    }
    Server server{.authority = folder + "/root.pem"};
    server.process = fork();
    std::uint16_t ports[3];
    if (server.process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        Loop loop{server.authority};
        for (std::size_t i = 0; i < 3; ++i) {
            ports[i] = loop.port(i);
        }
        if (write(ends[1], ports, sizeof ports) != sizeof ports) {
            std::_Exit(1);
        }
        loop.run();
    }
    if (read(ends[0], ports, sizeof ports) != sizeof ports) {
        throw std::runtime_error{"the server did not start"};
    }
    server.plain = ports[0];
    server.tls = ports[1];
    server.tls_full = ports[2];
    return server;
}

void stop_server(Server const& server) {
    kill(server.process, SIGTERM);
    waitpid(server.process, nullptr, 0);
}

}  // namespace newswired::bench
