#include "http/dns/lookup_threads.hpp"

#include "http/client.hpp"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>

#include <netdb.h>
#include <netinet/in.h>

#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <string_view>
#include <thread>

namespace newswired::http {
namespace {

namespace ip = boost::asio::ip;

// How long an idle thread stays, and how long the end of the program waits for one that is busy.
constexpr std::chrono::seconds kIdle{30};
constexpr std::chrono::milliseconds kFarewell{200};

struct Job {
    std::string host;
    std::weak_ptr<void> wanted;
    NameLookup::Done done;
};

void append_address(Addresses& addresses, addrinfo const& found) {
    if (found.ai_family == AF_INET) {
        sockaddr_in address{};
        std::memcpy(&address, found.ai_addr, sizeof address);
        addresses.emplace_back(ip::address_v4{ntohl(address.sin_addr.s_addr)});
    } else if (found.ai_family == AF_INET6) {
        sockaddr_in6 address{};
        std::memcpy(&address, found.ai_addr, sizeof address);
        ip::address_v6::bytes_type bytes;
        std::memcpy(bytes.data(), &address.sin6_addr, bytes.size());
        addresses.emplace_back(ip::address_v6{bytes, address.sin6_scope_id});
    }
}

errc meaning_of(int code) {
    return code == EAI_NONAME || code == EAI_NODATA || code == EAI_ADDRFAMILY ? errc::name_not_found
                                                                              : errc::name_lookup_failed;
}

Result<NameAnswer> without_ttl(Result<Addresses> found) {
    if (!found) {
        return found.error();
    }
    return NameAnswer{.addresses = std::move(*found)};
}

}  // namespace

bool is_local_host(std::string_view host) {
    return host == "localhost" || host.ends_with(".localhost");
}

Result<Addresses> system_lookup(std::string const& host) {
    if (is_local_host(host)) {
        return Addresses{ip::address_v4::loopback(), ip::address_v6::loopback()};
    }
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* found = nullptr;
    if (auto const code = getaddrinfo(host.c_str(), nullptr, &hints, &found); code != 0) {
        return meaning_of(code);
    }
    Addresses addresses;
    for (auto const* each = found; each != nullptr; each = each->ai_next) {
        append_address(addresses, *each);
    }
    freeaddrinfo(found);
    if (addresses.empty()) {
        return errc::name_not_found;
    }
    return addresses;
}

struct LookupThreads::Shared {
    BlockingLookup lookup;
    std::mutex mutex;
    std::condition_variable work;
    std::condition_variable left;
    std::deque<Job> jobs;
    std::size_t threads = 0;
    std::size_t idle = 0;
    bool stopping = false;

    /// The next job; false when this thread is not needed any more.
    bool take(Job& job) {
        std::unique_lock lock{mutex};
        ++idle;
        auto const has_work = [this] { return stopping || !jobs.empty(); };
        auto const woken = work.wait_for(lock, kIdle, has_work);
        --idle;
        if (!woken || jobs.empty()) {
            --threads;
            left.notify_all();
            return false;
        }
        job = std::move(jobs.front());
        jobs.pop_front();
        return true;
    }
};

LookupThreads::LookupThreads(BlockingLookup lookup) : shared_{std::make_shared<Shared>()} {
    shared_->lookup = std::move(lookup);
}

LookupThreads::~LookupThreads() {
    std::unique_lock lock{shared_->mutex};
    shared_->stopping = true;
    shared_->jobs.clear();
    shared_->work.notify_all();
    shared_->left.wait_for(lock, kFarewell, [this] { return shared_->threads == 0; });
}

void LookupThreads::look_up(std::string host, std::weak_ptr<void> wanted, Done done) {
    std::unique_lock lock{shared_->mutex};
    shared_->jobs.push_back({std::move(host), std::move(wanted), std::move(done)});
    if (shared_->idle >= shared_->jobs.size() || shared_->threads == kMaxThreads) {
        shared_->work.notify_one();
        return;
    }
    ++shared_->threads;
    // Detached, since no one can end a lookup that hangs: it holds on to what it needs, and touches nothing
    // else.
    std::thread{[shared = shared_] {
        Job job;
        while (shared->take(job)) {
            if (!job.wanted.expired()) {
                job.done(without_ttl(shared->lookup(job.host)));
            }
            job = {};
        }
    }}.detach();
}

}  // namespace newswired::http
