#include "daemon/hubs/subscription_book.hpp"

#include "daemon/plan.hpp"

#include <algorithm>

namespace newswired::daemon {
namespace {

namespace websub = feeds::websub;

constexpr std::chrono::hours kFailuresKept{24};  // of a hub that nobody waits for

bool is_the_hubs_fault(websub::HubAnswer const& answer) {
    constexpr std::uint16_t kTooManyRequests = 429;
    return answer.status == 0 || answer.status >= 500 || answer.status == kTooManyRequests;
}

}  // namespace

std::string SubscriptionBook::lane_of(std::string const& hub) {
    return host_of(hub);
}

void SubscriptionBook::load(std::vector<storage::SubscriptionRecord> const& records, SystemTime now) {
    for (auto const& record : records) {
        auto subscription = websub::decode_subscription(record.bytes);
        auto& entry = entries_[record.feed];
        entry.stored = record.bytes;
        if (subscription) {
            entry.subscription = std::move(*subscription);
        }
        refresh(record.feed, now);
    }
}

void SubscriptionBook::adopt(websub::Rules rules, std::function<bool(FeedId)> const& is_wanted,
                             SystemTime now) {
    rules_ = std::move(rules);
    for (auto& [feed, entry] : entries_) {
        if (!is_wanted(feed)) {
            entry.subscription.leave(now);
        }
        entry.subscription.advance(now, rules_, chance_);
        refresh(feed, now);
    }
}

void SubscriptionBook::polled(PolledFeed const& poll) {
    if (poll.links.empty() && !entries_.contains(poll.feed)) {
        return;
    }
    auto& subscription = entries_[poll.feed].subscription;
    subscription.linked(poll.links, poll.at, chance_);
    subscription.polled(poll.news, poll.at);
    refresh(poll.feed, poll.at);
}

void SubscriptionBook::set_live(FeedId feed, bool lives) {
    std::lock_guard const lock{live_mutex_};
    if (lives) {
        live_.insert(feed.value);
    } else if (live_.erase(feed.value) > 0) {
        lost_.push_back(feed);
    }
}

bool SubscriptionBook::live(FeedId feed) const {
    std::lock_guard const lock{live_mutex_};
    return live_.contains(feed.value);
}

// After anything that may have changed it: where it stands by time and token, and whether it lives.
void SubscriptionBook::refresh(FeedId feed, SystemTime now) {
    auto& entry = entries_[feed];
    auto const wake = entry.is_waiting ? SystemTime::max() : entry.subscription.wake_at();
    if (wake != entry.wake) {
        by_time_.erase({entry.wake, feed});
        entry.wake = wake;
        if (wake != SystemTime::max()) {
            by_time_.insert({wake, feed});
        }
    }
    auto tokens = entry.subscription.tokens();
    if (tokens != entry.tokens) {
        for (auto const& token : entry.tokens) {
            by_token_.erase(token);
        }
        for (auto const& token : tokens) {
            by_token_[token] = feed;
        }
        entry.tokens = std::move(tokens);
    }
    set_live(feed, entry.subscription.lives(now));
    changed_.insert(feed);
}

// Whoever is due waits for its hub; the rest of what is due needs no one.
void SubscriptionBook::wait_for_hubs(SystemTime now) {
    while (!by_time_.empty() && by_time_.begin()->first <= now) {
        auto const feed = by_time_.begin()->second;
        auto& entry = entries_[feed];
        entry.subscription.advance(now, rules_, chance_);
        if (auto const& hub = entry.subscription.hub_to_ask(now); !hub.empty()) {
            lanes_[lane_of(hub)].waiting.push_back(feed);
            entry.is_waiting = true;
        }
        refresh(feed, now);
    }
}

std::optional<SubscriptionBook::Request> SubscriptionBook::take_from(std::string const& hub, Lane& lane,
                                                                     SystemTime now) {
    while (!lane.waiting.empty()) {
        auto const feed = lane.waiting.front();
        lane.waiting.pop_front();
        auto const place = entries_.find(feed);
        if (place == entries_.end()) {
            continue;
        }
        auto& entry = place->second;
        entry.is_waiting = false;
        entry.subscription.advance(now, rules_, chance_);
        // It may have turned to another hub while it waited: then it is due anew.
        std::optional<websub::HubRequest> request;
        if (lane_of(entry.subscription.hub_to_ask(now)) == hub) {
            request = entry.subscription.due_request(now, rules_);
        }
        refresh(feed, now);
        if (request) {
            return Request{.feed = feed, .request = std::move(*request)};
        }
    }
    return {};
}

std::vector<SubscriptionBook::Request> SubscriptionBook::take_due(SystemTime now, std::size_t limit) {
    wait_for_hubs(now);
    std::vector<Request> due;
    for (auto place = lanes_.begin(); place != lanes_.end();) {
        auto& lane = place->second;
        if (!lane.is_busy && lane.open_from <= now && due.size() < limit) {
            if (auto request = take_from(place->first, lane, now)) {
                lane.is_busy = true;
                due.push_back(std::move(*request));
            }
        }
        auto const is_idle = !lane.is_busy && lane.waiting.empty();
        auto const remembers = lane.failures > 0 && now < lane.open_from + kFailuresKept;
        place = is_idle && !remembers ? lanes_.erase(place) : std::next(place);
    }
    return due;
}

void SubscriptionBook::answered(Request const& request, websub::HubAnswer const& answer, SystemTime now) {
    auto& lane = lanes_[lane_of(request.request.hub)];
    lane.is_busy = false;
    if (is_the_hubs_fault(answer)) {
        constexpr std::uint32_t kMaxDoublings = 10;
        auto const pause = rules_.backoff_base * (1 << std::min(lane.failures++, kMaxDoublings));
        lane.open_from = now + std::min(pause, std::max(rules_.backoff_base, rules_.backoff_max));
    } else {
        lane.failures = 0;
    }
    auto const place = entries_.find(request.feed);
    if (place == entries_.end()) {
        return;
    }
    place->second.subscription.answered(request.request.mode, answer, now, rules_, chance_);
    refresh(request.feed, now);
}

SystemTime SubscriptionBook::next_wake() const {
    auto wake = by_time_.empty() ? SystemTime::max() : by_time_.begin()->first;
    for (auto const& [hub, lane] : lanes_) {
        if (!lane.is_busy && !lane.waiting.empty()) {
            wake = std::min(wake, lane.open_from);
        }
    }
    return wake;
}

std::optional<SubscriptionBook::Place> SubscriptionBook::find(std::string_view token) const {
    auto const place = by_token_.find(std::string{token});
    if (place == by_token_.end()) {
        return {};
    }
    auto const entry = entries_.find(place->second);
    return Place{.feed = place->second, .is_current = entry->second.subscription.token() == token};
}

bool SubscriptionBook::hears(std::string_view token, websub::HubSays const& says, SystemTime now) {
    auto const place = find(token);
    if (!place) {
        return false;
    }
    auto const agrees = entries_[place->feed].subscription.hears(token, says, now, rules_, chance_);
    refresh(place->feed, now);
    return agrees;
}

std::string SubscriptionBook::secret(FeedId feed) const {
    auto const place = entries_.find(feed);
    return place == entries_.end() ? std::string{} : place->second.subscription.secret();
}

void SubscriptionBook::delivered(FeedId feed, SystemTime now) {
    if (auto const place = entries_.find(feed); place != entries_.end()) {
        place->second.subscription.delivered(now);
        refresh(feed, now);
    }
}

std::vector<storage::SubscriptionRecord> SubscriptionBook::take_changes() {
    std::vector<storage::SubscriptionRecord> changes;
    for (auto const feed : std::exchange(changed_, {})) {
        auto const place = entries_.find(feed);
        if (place == entries_.end()) {
            continue;
        }
        auto& entry = place->second;
        auto const is_over = entry.subscription.is_over();
        auto bytes = is_over ? std::string{} : encode(entry.subscription);
        if (bytes != entry.stored) {
            entry.stored = bytes;
            changes.push_back({.feed = feed, .bytes = std::move(bytes)});
        }
        if (is_over) {
            by_time_.erase({entry.wake, feed});
            entries_.erase(place);
        }
    }
    return changes;
}

PushCounts SubscriptionBook::counts(SystemTime now) const {
    PushCounts counts;
    for (auto const& [feed, entry] : entries_) {
        counts.subscriptions += !entry.subscription.hub().empty();
        counts.verified += entry.subscription.is_verified(now);
        counts.failing += entry.subscription.is_failing();
    }
    return counts;
}

std::string SubscriptionBook::in_words(FeedId feed, SystemTime now) const {
    auto const place = entries_.find(feed);
    return place == entries_.end() ? std::string{} : place->second.subscription.in_words(now);
}

}  // namespace newswired::daemon
