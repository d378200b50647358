// A proxy on 127.0.0.1 that speaks what the test says: CONNECT or SOCKS 5.  Whatever host it is asked for, it
// connects to 127.0.0.1 and the port, and remembers what it was asked.

#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace newswired::test {

class LoopbackProxy {
  public:
    enum class Kind : std::uint8_t { connect, socks5 };

    /// `credentials`: "user:password" that SOCKS clients must show; empty: none asked for.
    explicit LoopbackProxy(Kind kind, std::string credentials = {})
        : kind_{kind}, credentials_{std::move(credentials)} {
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof where;
        if (bind(listener_, reinterpret_cast<sockaddr*>(&where), size) != 0 || listen(listener_, 16) != 0) {
            throw std::runtime_error{"no loopback proxy"};
        }
        getsockname(listener_, reinterpret_cast<sockaddr*>(&where), &size);
        port_ = ntohs(where.sin_port);
        acceptor_ = std::thread{[this] { accept_all(); }};
    }
    ~LoopbackProxy() {
        stopping_ = true;
        shutdown(listener_, SHUT_RDWR);
        acceptor_.join();
        for (auto& thread : threads_) {
            thread.join();
        }
        close(listener_);
    }
    LoopbackProxy(LoopbackProxy const&) = delete;
    LoopbackProxy& operator=(LoopbackProxy const&) = delete;

    std::uint16_t port() const { return port_; }
    /// "host:port" of each tunnel that was asked for.
    std::vector<std::string> asked() const {
        std::lock_guard const lock{mutex_};
        return asked_;
    }
    /// The heads of all CONNECT requests.
    std::string heads() const {
        std::lock_guard const lock{mutex_};
        return heads_;
    }

  private:
    void accept_all() {
        for (;;) {
            auto const client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (client < 0) {
                return;
            }
            threads_.emplace_back([this, client] {
                serve(client);
                close(client);
            });
        }
    }

    static std::string read_exactly(int client, std::size_t size) {
        std::string bytes(size, 0);
        return recv(client, bytes.data(), size, MSG_WAITALL) == static_cast<ssize_t>(size) ? bytes
                                                                                           : std::string{};
    }
    static void say(int client, std::string const& bytes) {
        (void)!send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }

    void serve(int client) {
        auto const target = kind_ == Kind::connect ? read_connect(client) : read_socks(client);
        if (target.empty()) {
            return;
        }
        {
            std::lock_guard const lock{mutex_};
            asked_.push_back(target);
        }
        auto const port = static_cast<std::uint16_t>(std::atoi(target.c_str() + target.rfind(':') + 1));
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        where.sin_port = htons(port);
        auto const server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        auto const reached = connect(server, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0;
        if (kind_ == Kind::connect) {
            say(client, reached ? "HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n"
                                : "HTTP/1.1 502 Bad Gateway\r\n\r\n");
        } else {
            say(client,
                std::string{"\x05"} + (reached ? '\0' : '\x05') + std::string("\0\x01\0\0\0\0\0\0", 8));
        }
        if (reached) {
            relay(client, server);
        }
        close(server);
    }

    std::string read_connect(int client) {
        std::string head;
        while (!head.ends_with("\r\n\r\n")) {
            auto const byte = read_exactly(client, 1);
            if (byte.empty()) {
                return {};
            }
            head += byte;
        }
        std::lock_guard const lock{mutex_};
        heads_ += head;
        auto const start = head.find(' ') + 1;
        return head.starts_with("CONNECT ") ? head.substr(start, head.find(' ', start) - start)
                                            : std::string{};
    }

    std::string read_socks(int client) {
        auto const hello = read_exactly(client, 3);
        auto const method = credentials_.empty() ? '\0' : '\x02';
        if (hello.size() != 3 || hello[2] != method) {
            say(client, "\x05\xFF");
            return {};
        }
        say(client, std::string{"\x05"} + method);
        if (!credentials_.empty()) {
            read_exactly(client, 1);
            auto shown = read_field(client) + ":";
            shown += read_field(client);
            say(client, std::string{"\x01"} + (shown == credentials_ ? '\0' : '\x01'));
            if (shown != credentials_) {
                return {};
            }
        }
        auto const request = read_exactly(client, 4);
        std::string host;
        if (request.size() == 4 && request[3] == 1) {
            char text[INET_ADDRSTRLEN];
            host = inet_ntop(AF_INET, read_exactly(client, 4).data(), text, sizeof text);
        } else {
            host = read_field(client);
        }
        auto const port = read_exactly(client, 2);
        return host + ":" +
               std::to_string(static_cast<unsigned char>(port[0]) << 8 | static_cast<unsigned char>(port[1]));
    }
    static std::string read_field(int client) {
        auto const length = read_exactly(client, 1);
        return length.empty() ? length : read_exactly(client, static_cast<unsigned char>(length[0]));
    }

    void relay(int client, int server) const {
        while (!stopping_) {
            pollfd ends[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
            poll(ends, 2, 50);
            for (int i = 0; i < 2; ++i) {
                char buffer[4096];
                auto const got =
                    ends[i].revents != 0 ? recv(ends[i].fd, buffer, sizeof buffer, MSG_DONTWAIT) : -1;
                if (got == 0) {
                    return;
                }
                if (got > 0) {
                    say(ends[1 - i].fd, {buffer, static_cast<std::size_t>(got)});
                }
            }
        }
    }

    Kind kind_;
    std::string credentials_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_{false};
    std::thread acceptor_;
    std::vector<std::thread> threads_;
    mutable std::mutex mutex_;
    std::vector<std::string> asked_;
    std::string heads_;
};

}  // namespace newswired::test
