#include "http/dns/resolver.hpp"

#include "core/text.hpp"
#include "http/client.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <mutex>

namespace newswired::http {
namespace {

constexpr seconds kFresh{60};        // where the TTL is not known: a minute follows every move soon
constexpr seconds kShortestTtl{10};  // some servers say 0; a poll and its redirects want one answer
constexpr seconds kLongestTtl{3'600};
constexpr seconds kFreshNotFound{30};  // several feeds of a dead host are one lookup
constexpr seconds kFreshFailure{5};
constexpr std::chrono::hours kLastGood{24};
constexpr std::size_t kMaxEntries = 20'000;  // about 4 MB

}  // namespace

struct Resolver::Lookup {
    std::optional<Result<NameAnswer>> answer;
    std::vector<WakeUp*> waiting;
};

/// The way back from the lookup threads; closed before the I/O thread's event loop goes away.
struct Resolver::Mailbox {
    explicit Mailbox(Executor the_executor) : executor{the_executor} {}

    std::mutex mutex;
    bool open = true;
    Executor executor;

    void deliver(std::weak_ptr<Lookup> lookup, Result<NameAnswer> answer) {
        auto arrive = [lookup = std::move(lookup), answer = std::move(answer)]() mutable {
            if (auto const wanted = lookup.lock()) {
                wanted->answer = std::move(answer);
                for (auto* const wake_up : wanted->waiting) {
                    wake_up->cancel();
                }
            }
        };
        std::lock_guard const lock{mutex};
        if (open) {
            boost::asio::post(executor, std::move(arrive));
        }
    }
};

Resolver::Resolver(Executor executor, std::shared_ptr<NameLookup> lookup, Clock const& clock)
    : executor_{executor},
      lookup_{std::move(lookup)},
      clock_{clock},
      mailbox_{std::make_shared<Mailbox>(executor)} {}

Resolver::~Resolver() {
    close();
}

void Resolver::close() {
    std::lock_guard const lock{mailbox_->mutex};
    mailbox_->open = false;
}

std::optional<boost::asio::ip::address> address_in(std::string const& host) {
    auto const bracketed = host.size() > 2 && host.front() == '[';
    auto const is_name = !host.empty() && !is_digit(host.back()) && host.find(':') == std::string::npos;
    if (is_name && !bracketed) {
        return std::nullopt;  // as nearly all
    }
    Error error;
    auto const literal =
        boost::asio::ip::make_address(bracketed ? host.substr(1, host.size() - 2) : host, error);
    return error ? std::nullopt : std::optional{literal};
}

std::optional<Result<Addresses>> Resolver::known(std::string const& host) {
    if (auto const literal = address_in(host)) {
        return Addresses{*literal};
    }
    auto const found = cache_.find(host);
    if (found != cache_.end() && clock_.steady_now() < found->second.fresh_until) {
        return found->second.answer;
    }
    return std::nullopt;
}

std::shared_ptr<Resolver::Lookup> Resolver::join_or_start(std::string const& host) {
    auto& running = running_[host];
    if (auto lookup = running.lock()) {
        return lookup;
    }
    auto lookup = std::make_shared<Lookup>();
    running = lookup;
    std::weak_ptr<Lookup> const wanted = lookup;
    lookup_->look_up(host, wanted, [mailbox = mailbox_, wanted](Result<NameAnswer> answer) {
        mailbox->deliver(wanted, std::move(answer));
    });
    return lookup;
}

Result<Addresses> Resolver::remember(std::string const& host, Result<NameAnswer> found) {
    auto const now = clock_.steady_now();
    if (cache_.size() >= kMaxEntries) {
        std::erase_if(cache_, [now](auto const& entry) { return entry.second.fresh_until <= now; });
        if (cache_.size() >= kMaxEntries) {
            cache_.clear();
        }
    }
    auto& entry = cache_[host];
    if (found) {
        entry.last_good = std::move(found->addresses);
        entry.last_good_until = now + kLastGood;
        entry.fresh_until = now + std::clamp(found->ttl.value_or(kFresh), kShortestTtl, kLongestTtl);
        entry.answer = entry.last_good;
    } else if (found.error() == errc::name_not_found) {
        entry.fresh_until = now + kFreshNotFound;
        entry.answer = found.error();
    } else {
        entry.fresh_until = now + kFreshFailure;
        entry.answer = found.error();
        if (now < entry.last_good_until) {
            entry.answer = entry.last_good;
        }
    }
    return entry.answer;
}

Task<Result<Addresses>> Resolver::resolve(std::string host, WakeUp& wake_up) {
    auto const lookup = join_or_start(host);
    lookup->waiting.push_back(&wake_up);
    struct Leave {
        Lookup& lookup;
        WakeUp* wake_up;
        ~Leave() { std::erase(lookup.waiting, wake_up); }
    } const leave{*lookup, &wake_up};

    wake_up.expires_at(WakeUp::time_point::max());
    co_await wake_up.async_wait(kTuple);
    auto const state = co_await boost::asio::this_coro::cancellation_state;
    if (state.cancelled() != boost::asio::cancellation_type::none) {
        throw boost::system::system_error{boost::asio::error::operation_aborted};
    }
    running_.erase(host);
    auto answer = lookup->answer.value_or(Result<NameAnswer>{errc::name_lookup_failed});
    co_return remember(host, std::move(answer));
}

}  // namespace newswired::http
