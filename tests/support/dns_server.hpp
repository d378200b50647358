// A name server on the loopback interface that answers as a test wrote down, and can be as unhelpful as real
// ones: silent, failing, lying, too long for UDP.  One thread for UDP and TCP.
//
//     DnsServer server;
//     server.answer("news.example", DnsServer::kA, {.records = {DnsServer::a("news.example", "192.0.2.1")}});
//     Dns dns{server.address()};
//
// What was not written down does not exist (NXDOMAIN).  Spec: RFC 1035, 4.

#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace newswired::test {

class DnsServer {
  public:
    static constexpr std::uint16_t kA = 1;
    static constexpr std::uint16_t kCname = 5;
    static constexpr std::uint16_t kAaaa = 28;
    static constexpr int kServerFailure = 2;
    static constexpr int kNoSuchName = 3;
    static constexpr int kRefused = 5;

    struct Record {
        std::string owner{};
        std::uint16_t type = kA;
        std::string data{};
        std::uint32_t ttl = 300;
    };
    struct Answer {
        int code = 0;
        std::vector<Record> records{};
        bool silent = false;
        bool truncated = false;         ///< over UDP: nothing but the bit that sends the client to TCP
        std::string about{};            ///< the question that is repeated, if another than was asked
        std::uint16_t id_offset = 0;    ///< the answer's number is off by this
        std::size_t piece = 1'000'000;  ///< over TCP: bytes at a time
    };

    static Record a(std::string owner, char const* address, std::uint32_t ttl = 300) {
        std::string data(4, '\0');
        inet_pton(AF_INET, address, data.data());
        return {.owner = std::move(owner), .type = kA, .data = std::move(data), .ttl = ttl};
    }
    static Record aaaa(std::string owner, char const* address, std::uint32_t ttl = 300) {
        std::string data(16, '\0');
        inet_pton(AF_INET6, address, data.data());
        return {.owner = std::move(owner), .type = kAaaa, .data = std::move(data), .ttl = ttl};
    }
    static Record cname(std::string owner, std::string_view target, std::uint32_t ttl = 300) {
        return {.owner = std::move(owner), .type = kCname, .data = encoded(target), .ttl = ttl};
    }

    DnsServer() {
        // The port has to be free for both, which is a matter of luck.
        for (int tries = 0; tries < 50 && !open(); ++tries) {
            close(udp_);
            close(tcp_);
        }
        if (port_ == 0) {
            throw std::runtime_error{"no loopback name server"};
        }
        thread_ = std::thread{[this] { serve(); }};
    }
    ~DnsServer() {
        std::uint64_t const one = 1;
        (void)!write(stop_, &one, sizeof one);
        thread_.join();
        close(udp_);
        close(tcp_);
        close(stop_);
    }
    DnsServer(DnsServer const&) = delete;
    DnsServer& operator=(DnsServer const&) = delete;

    void answer(std::string const& name, std::uint16_t type, Answer answer) {
        std::lock_guard const lock{mutex_};
        answers_.insert_or_assign({name, type}, std::move(answer));
    }
    /// To either type; the records that are not of the type asked for are left out, but for CNAMEs.
    void answer(std::string const& name, Answer const& both) {
        for (auto const type : {kA, kAaaa}) {
            auto one = both;
            std::erase_if(one.records,
                          [type](Record const& r) { return r.type != type && r.type != kCname; });
            answer(name, type, std::move(one));
        }
    }

    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    /// How often this was asked, over UDP and TCP.
    int questions(std::string const& name, std::uint16_t type) const {
        std::lock_guard const lock{mutex_};
        auto const found = asked_.find({name, type});
        return found == asked_.end() ? 0 : found->second;
    }
    int tcp_questions() const {
        std::lock_guard const lock{mutex_};
        return over_tcp_;
    }

  private:
    using Question = std::pair<std::string, std::uint16_t>;

    static constexpr std::size_t kHead = 12;

    static std::string encoded(std::string_view name) {
        std::string bytes;
        while (!name.empty()) {
            auto const dot = std::min(name.find('.'), name.size());
            bytes += static_cast<char>(dot);
            bytes += name.substr(0, dot);
            name.remove_prefix(std::min(dot + 1, name.size()));
        }
        return bytes + '\0';
    }
    static void append16(std::string& out, unsigned value) {
        out += static_cast<char>(value >> 8);
        out += static_cast<char>(value & 0xFF);
    }
    static unsigned read16(std::string_view bytes, std::size_t at) {
        return static_cast<unsigned char>(bytes.at(at)) * 256u + static_cast<unsigned char>(bytes.at(at + 1));
    }

    static Question question_in(std::string_view query) {
        std::string name;
        auto at = kHead;
        while (auto const length = static_cast<unsigned char>(query.at(at))) {
            name += name.empty() ? "" : ".";
            name += query.substr(at + 1, length);
            at += 1u + length;
        }
        return {name, static_cast<std::uint16_t>(read16(query, at + 1))};
    }

    /// Empty when nothing is to be said.
    std::pair<std::string, std::size_t> reply_to(std::string_view query, bool over_tcp) {
        auto const question = question_in(query);
        Answer answer{.code = kNoSuchName};
        {
            std::lock_guard const lock{mutex_};
            ++asked_[question];
            over_tcp_ += over_tcp ? 1 : 0;
            if (auto const found = answers_.find(question); found != answers_.end()) {
                answer = found->second;
            }
        }
        if (answer.silent) {
            return {};
        }
        auto const truncated = answer.truncated && !over_tcp;
        auto const count = truncated ? 0u : static_cast<unsigned>(answer.records.size());
        std::string reply;
        append16(reply, (read16(query, 0) + answer.id_offset) & 0xFFFF);
        append16(reply, 0x8180u | (truncated ? 0x0200u : 0u) | static_cast<unsigned>(answer.code));
        append16(reply, 1);
        append16(reply, count);
        append16(reply, 0);
        append16(reply, 0);
        reply += encoded(answer.about.empty() ? question.first : answer.about);
        append16(reply, question.second);
        append16(reply, 1);
        for (unsigned i = 0; i < count; ++i) {
            auto const& record = answer.records[i];
            reply += encoded(record.owner);
            append16(reply, record.type);
            append16(reply, 1);
            append16(reply, record.ttl >> 16);
            append16(reply, record.ttl & 0xFFFF);
            append16(reply, static_cast<unsigned>(record.data.size()));
            reply += record.data;
        }
        return {std::move(reply), answer.piece};
    }

    bool open() {
        udp_ = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        tcp_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        int const room = 1'000'000;  // as much of it as the system gives
        setsockopt(udp_, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof where;
        auto* const address = reinterpret_cast<sockaddr*>(&where);
        auto const bound = bind(tcp_, address, size) == 0 && getsockname(tcp_, address, &size) == 0 &&
                           bind(udp_, address, size) == 0 && listen(tcp_, 16) == 0;
        port_ = bound ? ntohs(where.sin_port) : 0;
        return bound;
    }

    void serve() {
        for (;;) {
            pollfd waits[] = {{.fd = stop_, .events = POLLIN, .revents = 0},
                              {.fd = udp_, .events = POLLIN, .revents = 0},
                              {.fd = tcp_, .events = POLLIN, .revents = 0}};
            poll(waits, 3, -1);
            if (waits[0].revents != 0) {
                return;
            }
            if (waits[1].revents != 0) {
                serve_udp();
            }
            if (waits[2].revents != 0) {
                serve_tcp();
            }
        }
    }

    void serve_udp() {
        char query[4096];
        sockaddr_in from{};
        socklen_t size = sizeof from;
        auto* const address = reinterpret_cast<sockaddr*>(&from);
        auto const got = recvfrom(udp_, query, sizeof query, 0, address, &size);
        if (got > static_cast<ssize_t>(kHead)) {
            auto const [reply, piece] = reply_to({query, static_cast<std::size_t>(got)}, false);
            if (!reply.empty()) {
                sendto(udp_, reply.data(), reply.size(), 0, address, size);
            }
        }
    }

    // One client at a time, until it closes, is silent for long, or this is to stop.
    void serve_tcp() {
        auto const client = accept4(tcp_, nullptr, nullptr, SOCK_CLOEXEC);
        std::string unread;
        char buffer[4096];
        for (;;) {
            pollfd waits[] = {{.fd = stop_, .events = POLLIN, .revents = 0},
                              {.fd = client, .events = POLLIN, .revents = 0}};
            if (poll(waits, 2, 200) <= 0 || waits[0].revents != 0) {
                break;
            }
            auto const got = recv(client, buffer, sizeof buffer, 0);
            if (got <= 0) {
                break;
            }
            unread.append(buffer, static_cast<std::size_t>(got));
            while (unread.size() >= 2 && unread.size() >= 2 + read16(unread, 0)) {
                auto const length = read16(unread, 0);
                auto const [reply, piece] = reply_to(unread.substr(2, length), true);
                unread.erase(0, 2 + length);
                send_in_pieces(client, reply, piece);
            }
        }
        close(client);
    }

    static void send_in_pieces(int client, std::string const& reply, std::size_t piece) {
        if (reply.empty()) {
            return;
        }
        std::string framed;
        append16(framed, static_cast<unsigned>(reply.size()));
        framed += reply;
        int const yes = 1;
        setsockopt(client, IPPROTO_TCP, 1 /* TCP_NODELAY */, &yes, sizeof yes);
        for (std::size_t at = 0; at < framed.size(); at += piece) {
            auto const part = std::string_view{framed}.substr(at, piece);
            send(client, part.data(), part.size(), MSG_NOSIGNAL);
        }
    }

    int udp_ = -1;
    int tcp_ = -1;
    int stop_ = eventfd(0, EFD_CLOEXEC);
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::map<Question, Answer> answers_;
    std::map<Question, int> asked_;
    int over_tcp_ = 0;
    std::thread thread_;
};

}  // namespace newswired::test
