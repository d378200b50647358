#include "bench/poll/raw_client.hpp"

#include "bench/poll/server.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace newswired::bench {
namespace {

struct Exchange {
    int socket = -1;
    bool sent = false;
    std::size_t received = 0;
    std::size_t wanted = 0;  // head and body; 0 until the head is there
    std::string head{};
};

class RawClient {
  public:
    RawClient(std::uint16_t port, std::string const& path) : buffer_(65'536) {
        where_.sin_family = AF_INET;
        where_.sin_port = htons(port);
        request_ = "GET " + path +
                   " HTTP/1.1\r\nHost: h1.bench.example:12345\r\n"
                   "User-Agent: newswired/0.1.0 (+https://bot.example/about)\r\n"
                   "Accept: application/atom+xml, application/rss+xml, application/feed+json, "
                   "application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, "
                   "application/json;q=0.7, */*;q=0.1\r\n"
                   "Accept-Encoding: gzip, deflate, br, zstd\r\nIf-None-Match: \"one\"\r\n\r\n";
    }
    ~RawClient() { ::close(epoll_); }
    RawClient(RawClient const&) = delete;
    RawClient& operator=(RawClient const&) = delete;

    void run(std::size_t count, std::size_t parallel) {
        exchanges_.resize(parallel);
        std::size_t begun = 0;
        std::size_t ended = 0;
        for (; begun < count && begun < parallel; ++begun) {
            begin(begun);
        }
        while (ended < count) {
            epoll_event events[64];
            auto const ready = epoll_wait(epoll_, events, 64, -1);
            for (int i = 0; i < ready; ++i) {
                auto const number = static_cast<std::size_t>(events[i].data.u64);
                if (!advance(exchanges_[number])) {
                    continue;
                }
                ::close(exchanges_[number].socket);
                ++ended;
                if (begun < count) {
                    ++begun;
                    begin(number);
                }
            }
        }
    }

  private:
    void begin(std::size_t number) {
        auto& exchange = exchanges_[number];
        where_.sin_addr.s_addr = htonl(address_of_host(next_host_++));
        exchange = {.socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
        int const yes = 1;
        setsockopt(exchange.socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if (connect(exchange.socket, reinterpret_cast<sockaddr*>(&where_), sizeof where_) != 0 &&
            errno != EINPROGRESS) {
            throw std::runtime_error{"connect: " + std::string{std::strerror(errno)}};
        }
        epoll_event event{.events = EPOLLIN | EPOLLOUT | EPOLLET, .data = {.u64 = number}};
        epoll_ctl(epoll_, EPOLL_CTL_ADD, exchange.socket, &event);
    }

    // True when the answer is whole.
    bool advance(Exchange& exchange) {
        if (!exchange.sent) {
            exchange.sent = send(exchange.socket, request_.data(), request_.size(), MSG_NOSIGNAL) ==
                            static_cast<ssize_t>(request_.size());
            return false;
        }
        for (;;) {
            auto const got = recv(exchange.socket, buffer_.data(), buffer_.size(), 0);
            if (got <= 0) {
                if (got < 0 && errno == EAGAIN) {
                    return false;
                }
                throw std::runtime_error{"the server closed the connection"};
            }
            if (exchange.wanted == 0) {
                exchange.head.append(buffer_.data(), static_cast<std::size_t>(got));
                read_head(exchange);
            }
            exchange.received += static_cast<std::size_t>(got);
            if (exchange.wanted != 0 && exchange.received >= exchange.wanted) {
                return true;
            }
        }
    }

    static void read_head(Exchange& exchange) {
        std::string_view const head{exchange.head};
        auto const end = head.find("\r\n\r\n");
        if (end == std::string_view::npos) {
            return;
        }
        if (!head.starts_with("HTTP/1.1 ")) {
            throw std::runtime_error{"no HTTP"};
        }
        constexpr std::string_view kLength = "\r\nContent-Length: ";
        auto const length = head.find(kLength);
        exchange.wanted = end + 4;
        if (length < end) {
            exchange.wanted += std::strtoul(exchange.head.c_str() + length + kLength.size(), nullptr, 10);
        }
    }

    int epoll_ = epoll_create1(EPOLL_CLOEXEC);
    sockaddr_in where_{};
    std::size_t next_host_ = 0;
    std::string request_;
    std::vector<char> buffer_;
    std::vector<Exchange> exchanges_;
};

}  // namespace

void ask_raw(std::uint16_t port, std::string const& path, std::size_t count, std::size_t parallel) {
    RawClient{port, path}.run(count, parallel);
}

}  // namespace newswired::bench
