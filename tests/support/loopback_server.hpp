// A small HTTP server on the loopback interface that sends the very bytes a test wrote down, and can be as
// rude as real ones: hang, drip, cut the line.  A thread for each connection; plain or TLS.

#pragma once

#include "tests/support/tls_identity.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace newswired::test {

class LoopbackServer {
  public:
    struct Received {
        std::string head{};  ///< request line and fields, with the empty line
        std::string body{};
        unsigned connection = 0;  ///< 1 for the first that was accepted

        /// Value of the field, to be given in its exact spelling; none when it is not there.
        std::optional<std::string> field(std::string_view name) const {
            auto const at = head.find("\r\n" + std::string{name} + ": ");
            if (at == std::string::npos) {
                return std::nullopt;
            }
            auto const start = at + 4 + name.size();
            return head.substr(start, head.find("\r\n", start) - start);
        }
        std::string line() const { return head.substr(0, head.find("\r\n")); }
    };

    /// A connection, as a handler sees it.
    class Peer {
      public:
        Peer(LoopbackServer& server, int socket, SSL* ssl) : server_{server}, socket_{socket}, ssl_{ssl} {}

        /// False when the client has gone.
        bool send(std::string_view bytes) {
            while (!bytes.empty()) {
                auto const sent = ssl_ != nullptr
                                      ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                                      : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
                if (sent <= 0) {
                    return false;
                }
                bytes.remove_prefix(static_cast<std::size_t>(sent));
            }
            return true;
        }
        /// Waits until the server stops or time has passed; false when it stops.
        bool pause(std::chrono::milliseconds duration) {
            std::unique_lock lock{server_.mutex_};
            return !server_.stopping_changed_.wait_for(lock, duration, [this] { return server_.stopping_; });
        }
        void hang() {
            while (pause(std::chrono::seconds{10})) {
            }
        }
        void close() { closed_ = true; }
        /// Closes with a RST.
        void reset() {
            linger const now{1, 0};
            setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
            close();
        }
        bool is_closed() const { return closed_; }

      private:
        LoopbackServer& server_;
        int socket_;
        SSL* ssl_;
        bool closed_ = false;
    };

    using Handler = std::function<void(Peer&, Received const&)>;

    explicit LoopbackServer(TlsIdentity const* identity = nullptr, char const* address = "127.0.0.1")
        : address_{address} {
        if (identity != nullptr) {
            context_ = SSL_CTX_new(TLS_server_method());
            identity->use_in(context_);
        }
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        inet_pton(AF_INET, address, &where.sin_addr);
        socklen_t size = sizeof where;
        if (bind(listener_, reinterpret_cast<sockaddr*>(&where), size) != 0 || listen(listener_, 64) != 0) {
            throw std::runtime_error{"no loopback server"};
        }
        getsockname(listener_, reinterpret_cast<sockaddr*>(&where), &size);
        port_ = ntohs(where.sin_port);
        acceptor_ = std::thread{[this] { accept_all(); }};
    }

    ~LoopbackServer() {
        {
            std::lock_guard const lock{mutex_};
            stopping_ = true;
            stopping_changed_.notify_all();
            for (auto const connection : sockets_) {
                shutdown(connection, SHUT_RDWR);
            }
        }
        shutdown(listener_, SHUT_RDWR);
        acceptor_.join();
        for (auto& thread : threads_) {
            thread.join();
        }
        ::close(listener_);
        SSL_CTX_free(context_);
    }
    LoopbackServer(LoopbackServer const&) = delete;
    LoopbackServer& operator=(LoopbackServer const&) = delete;

    /// These bytes, and the connection stays open.
    void answer(std::string const& path, std::string bytes) {
        handle(path, [bytes = std::move(bytes)](Peer& peer, Received const&) { peer.send(bytes); });
    }
    /// These bytes, then the connection is closed.
    void answer_and_close(std::string const& path, std::string bytes) {
        handle(path, [bytes = std::move(bytes)](Peer& peer, Received const&) {
            peer.send(bytes);
            peer.close();
        });
    }
    void handle(std::string const& path, Handler handler) {
        std::lock_guard const lock{mutex_};
        handlers_.insert_or_assign(path, std::move(handler));
    }

    /// Sends these bytes to whoever connects, unasked (and without TLS).
    void greet_with(std::string bytes) {
        std::lock_guard const lock{mutex_};
        greeting_ = std::move(bytes);
    }

    std::uint16_t port() const { return port_; }
    std::string url(std::string const& path) const { return url_of(address_, path); }
    std::string url_of(std::string const& host, std::string const& path) const {
        return (context_ != nullptr ? "https://" : "http://") + host + ":" + std::to_string(port_) + path;
    }
    std::vector<Received> requests() const {
        std::lock_guard const lock{mutex_};
        return requests_;
    }
    /// How many were accepted.
    unsigned connections() const { return connections_; }
    /// How many of them continued an earlier TLS session.
    unsigned resumed_connections() const { return resumed_; }

    /// "HTTP/1.1 200 OK" with that body and its length, and further fields ("Name: value\r\n…").
    static std::string ok(std::string const& body, std::string const& fields = {}) {
        return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + std::to_string(body.size()) +
               "\r\n\r\n" + body;
    }
    static std::string redirect(int status, std::string const& location) {
        return "HTTP/1.1 " + std::to_string(status) + " Moved\r\nLocation: " + location +
               "\r\nContent-Length: 5\r\n\r\nmoved";
    }

  private:
    void accept_all() {
        for (;;) {
            auto const socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0) {
                return;
            }
            std::lock_guard const lock{mutex_};
            if (stopping_) {
                ::close(socket);
                return;
            }
            sockets_.push_back(socket);
            ::send(socket, greeting_.data(), greeting_.size(), MSG_NOSIGNAL);
            auto const number = ++connections_;
            threads_.emplace_back([this, socket, number] { serve(socket, number); });
        }
    }

    void serve(int socket, unsigned number) {
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        SSL* ssl = nullptr;
        bool shaken = true;
        if (context_ != nullptr) {
            ssl = SSL_new(context_);
            SSL_set_fd(ssl, socket);
            shaken = SSL_accept(ssl) == 1;
            resumed_ += SSL_session_reused(ssl) != 0 ? 1 : 0;
        }
        Peer peer{*this, socket, ssl};
        std::string unread;
        while (shaken && !peer.is_closed() && answer_one(peer, ssl, socket, unread, number)) {
        }
        if (ssl != nullptr) {
            if (shaken) {
                SSL_shutdown(ssl);
            }
            SSL_free(ssl);
        }
        std::lock_guard const lock{mutex_};
        std::erase(sockets_, socket);
        ::close(socket);
    }

    static bool read_more(SSL* ssl, int socket, std::string& unread) {
        char buffer[4096];
        auto const got = ssl != nullptr ? SSL_read(ssl, buffer, sizeof buffer)
                                        : static_cast<int>(recv(socket, buffer, sizeof buffer, 0));
        if (got > 0) {
            unread.append(buffer, static_cast<std::size_t>(got));
        }
        return got > 0;
    }

    bool answer_one(Peer& peer, SSL* ssl, int socket, std::string& unread, unsigned number) {
        auto end = unread.find("\r\n\r\n");
        for (; end == std::string::npos; end = unread.find("\r\n\r\n")) {
            if (!read_more(ssl, socket, unread)) {
                return false;
            }
        }
        Received request{.head = unread.substr(0, end + 4), .connection = number};
        unread.erase(0, end + 4);
        auto const length = std::stoul(request.field("Content-Length").value_or("0"));
        while (unread.size() < length) {
            if (!read_more(ssl, socket, unread)) {
                return false;
            }
        }
        request.body = unread.substr(0, length);
        unread.erase(0, length);

        auto const start = request.head.find(' ') + 1;
        auto const target = request.head.substr(start, request.head.find(' ', start) - start);
        Handler handler;
        {
            std::lock_guard const lock{mutex_};
            requests_.push_back(request);
            auto const found = handlers_.find(target);
            if (found != handlers_.end()) {
                handler = found->second;
            }
        }
        if (!handler) {
            return peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        }
        handler(peer, request);
        return true;
    }

    std::string address_;
    std::uint16_t port_ = 0;
    int listener_ = -1;
    SSL_CTX* context_ = nullptr;
    std::thread acceptor_;
    std::vector<std::thread> threads_;
    std::atomic<unsigned> connections_{0};
    std::atomic<unsigned> resumed_{0};
    mutable std::mutex mutex_;
    std::condition_variable stopping_changed_;
    bool stopping_ = false;
    std::string greeting_;
    std::vector<int> sockets_;
    std::vector<Received> requests_;
    std::map<std::string, Handler> handlers_;
};

}  // namespace newswired::test
