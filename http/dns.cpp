#include "http/dns.hpp"

#include "http/client.hpp"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>

#include <ares.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <mutex>
#include <new>
#include <string_view>
#include <thread>
#include <utility>

namespace newswired::http {
namespace {

namespace ip = boost::asio::ip;

// Doubled at each of the tries: 14 s in all, within what a poll may take.
constexpr int kTimeoutMilliseconds = 2'000;
constexpr int kTries = 3;
constexpr int kIdleMilliseconds = 60'000;

struct Job {
    std::string host;
    std::weak_ptr<void> wanted;
    NameLookup::Done done;
};

std::optional<ip::address> address_of(ares_addrinfo_node const& found) {
    if (found.ai_family == AF_INET) {
        sockaddr_in address{};
        std::memcpy(&address, found.ai_addr, sizeof address);
        return ip::address_v4{ntohl(address.sin_addr.s_addr)};
    }
    if (found.ai_family == AF_INET6) {
        sockaddr_in6 address{};
        std::memcpy(&address, found.ai_addr, sizeof address);
        ip::address_v6::bytes_type bytes;
        std::memcpy(bytes.data(), &address.sin6_addr, bytes.size());
        return ip::address_v6{bytes, address.sin6_scope_id};
    }
    return {};
}

Result<NameAnswer> answer_of(int status, ares_addrinfo const* found) {
    if (status == ARES_ENOTFOUND || status == ARES_ENODATA || status == ARES_EBADNAME) {
        return errc::name_not_found;
    }
    if (status != ARES_SUCCESS || found == nullptr) {
        return errc::name_lookup_failed;
    }
    NameAnswer answer;
    auto ttl = std::numeric_limits<int>::max();
    for (auto const* node = found->nodes; node != nullptr; node = node->ai_next) {
        if (auto const address = address_of(*node)) {
            answer.addresses.push_back(*address);
            ttl = std::min(ttl, node->ai_ttl);
        }
    }
    if (answer.addresses.empty()) {
        return errc::name_not_found;
    }
    answer.ttl = seconds{std::max(ttl, 0)};
    return answer;
}

timespec resolv_conf_time() {
    struct stat status {};
    return stat("/etc/resolv.conf", &status) == 0 ? status.st_mtim : timespec{};
}

}  // namespace

/// The thread and what belongs to it; the queue is all that others touch.
class Dns::Loop {
  public:
    explicit Loop(std::string servers) : servers_{std::move(servers)} {
        static std::once_flag once;
        std::call_once(once, [] { ares_library_init(ARES_LIB_INIT_ALL); });
        thread_ = std::thread{[this] { run(); }};
    }

    ~Loop() {
        {
            std::lock_guard const lock{mutex_};
            stopping_ = true;
        }
        wake();
        thread_.join();
        close(wake_);
    }
    Loop(Loop const&) = delete;
    Loop& operator=(Loop const&) = delete;

    void put(Job job) {
        {
            std::lock_guard const lock{mutex_};
            jobs_.push_back(std::move(job));
        }
        wake();
    }

  private:
    struct Asked {
        Loop* loop;
        Job job;
    };

    void wake() const {
        std::uint64_t const one = 1;
        (void)!write(wake_, &one, sizeof one);
    }

    void run() {
        while (take_jobs()) {
            wait();
        }
        close_channel();
    }

    // False when the thread is to end.
    bool take_jobs() {
        for (;;) {
            Job job;
            {
                std::lock_guard const lock{mutex_};
                if (stopping_) {
                    return false;
                }
                if (jobs_.empty() || asked_ >= kMaxAtOnce) {
                    return true;
                }
                job = std::move(jobs_.front());
                jobs_.pop_front();
            }
            if (!job.wanted.expired()) {
                ask(std::move(job));
            }
        }
    }

    void ask(Job job) {
        if (!open_channel()) {
            job.done(errc::name_lookup_failed);
            return;
        }
        ++asked_;
        auto const host = job.host;
        auto asked = std::make_unique<Asked>(Asked{this, std::move(job)});
        ares_addrinfo_hints hints{};
        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        ares_getaddrinfo(channel_, host.c_str(), nullptr, &hints, answered, asked.release());
    }

    static void answered(void* argument, int status, int, ares_addrinfo* found) {
        std::unique_ptr<Asked> const asked{static_cast<Asked*>(argument)};
        auto answer = answer_of(status, found);
        ares_freeaddrinfo(found);
        --asked->loop->asked_;
        asked->job.done(std::move(answer));
    }

    // Other servers may stand in resolv.conf by now: looked at while nothing is under way.
    bool open_channel() {
        auto const changed = resolv_conf_time();
        auto const is_old = changed.tv_sec != conf_time_.tv_sec || changed.tv_nsec != conf_time_.tv_nsec;
        if (channel_ != nullptr && !(asked_ == 0 && is_old)) {
            return true;
        }
        close_channel();
        conf_time_ = changed;
        ares_options options{};
        options.flags = ARES_FLAG_NOSEARCH;
        options.timeout = kTimeoutMilliseconds;
        options.tries = kTries;
        if (ares_init_options(&channel_, &options, ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES) !=
            ARES_SUCCESS) {
            channel_ = nullptr;
            return false;
        }
        return servers_.empty() || ares_set_servers_ports_csv(channel_, servers_.c_str()) == ARES_SUCCESS;
    }

    void close_channel() {
        if (channel_ != nullptr) {
            ares_destroy(std::exchange(channel_, nullptr));  // ends what is under way with an error
        }
    }

    void wait() {
        ares_socket_t sockets[ARES_GETSOCK_MAXNUM];
        auto const bits = channel_ == nullptr ? 0 : ares_getsock(channel_, sockets, ARES_GETSOCK_MAXNUM);
        pollfd waits[ARES_GETSOCK_MAXNUM + 1] = {{.fd = wake_, .events = POLLIN, .revents = 0}};
        nfds_t count = 1;
        for (int i = 0; i < ARES_GETSOCK_MAXNUM; ++i) {
            auto const events = (ARES_GETSOCK_READABLE(bits, i) ? POLLIN : 0) |
                                (ARES_GETSOCK_WRITABLE(bits, i) ? POLLOUT : 0);
            if (events != 0) {
                waits[count++] = {.fd = sockets[i], .events = static_cast<short>(events), .revents = 0};
            }
        }
        poll(waits, count, patience());
        if (waits[0].revents != 0) {
            std::uint64_t ignored = 0;
            (void)!read(wake_, &ignored, sizeof ignored);
        }
        if (channel_ == nullptr) {
            return;
        }
        for (nfds_t i = 1; i < count; ++i) {
            ares_process_fd(channel_, (waits[i].revents & ~POLLOUT) != 0 ? waits[i].fd : ARES_SOCKET_BAD,
                            (waits[i].revents & POLLOUT) != 0 ? waits[i].fd : ARES_SOCKET_BAD);
        }
        ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);  // what took too long
    }

    int patience() const {
        if (channel_ == nullptr || asked_ == 0) {
            return kIdleMilliseconds;
        }
        timeval most{1, 0};
        timeval buffer{};
        auto const* const time = ares_timeout(channel_, &most, &buffer);
        return static_cast<int>(time->tv_sec * 1000 + time->tv_usec / 1000 + 1);
    }

    std::string servers_;
    int wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    std::mutex mutex_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    ares_channel channel_ = nullptr;
    timespec conf_time_{};
    std::size_t asked_ = 0;
    std::thread thread_;
};

Dns::Dns(std::string servers) : loop_{std::make_unique<Loop>(std::move(servers))} {}
Dns::~Dns() = default;

void Dns::look_up(std::string host, std::weak_ptr<void> wanted, Done done) {
    std::string_view const name = host;
    if (name.find('.') == std::string_view::npos || name.ends_with(".local") || is_local_host(name)) {
        system_.look_up(std::move(host), std::move(wanted), std::move(done));
        return;
    }
    loop_->put({std::move(host), std::move(wanted), std::move(done)});
}

}  // namespace newswired::http
