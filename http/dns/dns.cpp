#include "http/dns/dns.hpp"

#include "http/client.hpp"
#include "http/dns/ares.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <mutex>
#include <new>
#include <string_view>
#include <thread>
#include <utility>

namespace newswired::http {
namespace {

constexpr milliseconds kIdle{60'000};

// Questions put before answers are taken in.
constexpr std::size_t kNamesAtAStroke = 16;

// Names whose two questions, or their answers, may be in a socket's buffer: it holds some 270 of them,
// however short, and loses the rest.  What is older is waited for elsewhere.
constexpr std::size_t kFreshNames = 100;
constexpr milliseconds kFresh{200};

// Wished for; the system's rmem_max, of which there is twice as much, is often less.  Answers that come late
// and together, after the thread was kept waiting, have a place in it.
constexpr int kReceiveBuffer = 1'000'000;

struct Job {
    std::string host;
    std::weak_ptr<void> wanted;
    NameLookup::Done done;
};

timespec resolv_conf_time() {
    struct stat status {};
    return stat("/etc/resolv.conf", &status) == 0 ? status.st_mtim : timespec{};
}

}  // namespace

/// The thread and what belongs to it; the queue is all that others touch.
class Dns::Loop {
  public:
    Loop(std::string servers, DnsPatience patience) : servers_{std::move(servers)}, patience_{patience} {
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
    /// A name that is asked for.  Both questions hold on to it.
    struct Asked {
        Loop& loop;
        Job job;
        BothFamilies answers{};
        SteadyTime until{};  // no longer is the other family waited for
        bool is_told = false;

        void tell() {
            if (!std::exchange(is_told, true)) {
                auto const v6 = answers.first_v6();
                job.done(answers.together(v6 && has_route_to(*v6) ? Family::v6 : Family::v4));
            }
        }
    };
    struct Fresh {
        std::weak_ptr<Asked> asked;  // gone once it has its answers
        SteadyTime since;
    };
    struct Question {
        std::shared_ptr<Asked> asked;
        Family family;
    };

    void wake() const {
        std::uint64_t const one = 1;
        (void)!write(wake_, &one, sizeof one);
    }

    void run() {
        while (take_jobs()) {
            wait();
            tell_halves();
        }
        close_channel();
    }

    // False when the thread is to end.
    bool take_jobs() {
        for (std::size_t taken = 0; taken < kNamesAtAStroke; ++taken) {
            Job job;
            {
                std::lock_guard const lock{mutex_};
                if (stopping_) {
                    return false;
                }
                is_held_up_ = !jobs_.empty() && !may_ask_more();
                has_more_ = !jobs_.empty() && !is_held_up_ && asked_ < kMaxAtOnce;
                if (!has_more_) {
                    return true;
                }
                job = std::move(jobs_.front());
                jobs_.pop_front();
            }
            if (!job.wanted.expired()) {
                ask(std::move(job));
            }
        }
        return true;
    }

    bool may_ask_more() {
        auto const begin = std::chrono::steady_clock::now() - kFresh;
        while (!fresh_.empty() && (fresh_.front().asked.expired() || fresh_.front().since <= begin)) {
            fresh_.pop_front();
        }
        return fresh_.size() < kFreshNames;
    }

    void ask(Job job) {
        if (!open_channel()) {
            job.done(errc::name_lookup_failed);
            return;
        }
        if (auto known = answer_in_hosts_file(channel_, job.host)) {
            job.done(std::move(*known));
            return;
        }
        ++asked_;
        auto const asked = std::make_shared<Asked>(Asked{.loop = *this, .job = std::move(job)});
        fresh_.push_back({.asked = asked, .since = std::chrono::steady_clock::now()});
        put_question(asked, Family::v4);
        put_question(asked, Family::v6);
    }

    void put_question(std::shared_ptr<Asked> asked, Family family) {
        ares_addrinfo_hints hints{};
        hints.ai_family = family == Family::v4 ? AF_INET : AF_INET6;
        hints.ai_socktype = SOCK_STREAM;
        auto const* const host = asked->job.host.c_str();
        auto question = std::make_unique<Question>(Question{std::move(asked), family});
        ares_getaddrinfo(channel_, host, nullptr, &hints, answered, question.release());
    }

    static void answered(void* argument, int status, int, ares_addrinfo* found) {
        std::unique_ptr<Question> const question{static_cast<Question*>(argument)};
        auto& asked = *question->asked;
        auto& loop = asked.loop;
        asked.answers.take(question->family, answer_of(status, found));
        ares_freeaddrinfo(found);
        if (asked.answers.is_complete()) {
            --loop.asked_;
            asked.tell();
        } else if (asked.answers.is_good()) {
            asked.until = std::chrono::steady_clock::now() + loop.patience_.other_family;
            loop.halves_.push_back(question->asked);
        }
    }

    // The other family had its time.
    void tell_halves() {
        while (!halves_.empty() &&
               (halves_.front()->is_told || halves_.front()->until <= std::chrono::steady_clock::now())) {
            halves_.front()->tell();
            halves_.pop_front();
        }
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
        options.timeout = static_cast<int>(patience_.timeout.count());
        options.tries = patience_.tries;
        options.socket_receive_buffer_size = kReceiveBuffer;
        char only_dns[] = "b";  // /etc/hosts has been asked for both families at once
        options.lookups = only_dns;
        auto const given =
            ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_LOOKUPS | ARES_OPT_SOCK_RCVBUF;
        if (ares_init_options(&channel_, &options, given) != ARES_SUCCESS) {
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
        if (has_more_) {
            return 0;
        }
        if (channel_ == nullptr || asked_ == 0) {
            return static_cast<int>(kIdle.count());
        }
        timeval most{1, 0};
        timeval buffer{};
        auto const* const time = ares_timeout(channel_, &most, &buffer);
        milliseconds wait{time->tv_sec * 1000 + time->tv_usec / 1000 + 1};
        if (!halves_.empty()) {
            wait = std::min(wait, until(halves_.front()->until));
        }
        if (is_held_up_ && !fresh_.empty()) {
            wait = std::min(wait, until(fresh_.front().since + kFresh));
        }
        return static_cast<int>(wait.count());
    }

    static milliseconds until(SteadyTime time) {
        auto const left = std::chrono::ceil<milliseconds>(time - std::chrono::steady_clock::now());
        return std::max(left, milliseconds{0});
    }

    std::string servers_;
    DnsPatience patience_;
    int wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    std::mutex mutex_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    bool has_more_ = false;    // names that may be asked for now
    bool is_held_up_ = false;  // names that may be asked for once others are no longer fresh
    ares_channel channel_ = nullptr;
    timespec conf_time_{};
    std::size_t asked_ = 0;
    std::deque<Fresh> fresh_;                    // the oldest first
    std::deque<std::shared_ptr<Asked>> halves_;  // with one good answer, the longest waiting first
    std::thread thread_;
};

Dns::Dns(std::string servers, DnsPatience patience)
    : loop_{std::make_unique<Loop>(std::move(servers), patience)} {}
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
