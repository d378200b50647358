// The book of all push subscriptions: which feed has one, which is due, which hub may be asked now.
//
// Each subscription is a state machine of its own (feeds/websub/subscription.hpp); the book keeps them by
// feed, by token and by time, spares hubs that many feeds share (one request at a time, none while it fails),
// and remembers what is to be stored.  Belongs to one thread; only live() may be asked from others.  The time
// is given, nothing is waited for.

#pragma once

#include "core/ids.hpp"
#include "core/time.hpp"
#include "daemon/hubs/push_status.hpp"
#include "daemon/hubs/pushes.hpp"
#include "feeds/websub/subscription.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace newswired::daemon {

class SubscriptionBook {
  public:
    explicit SubscriptionBook(feeds::websub::Chance chance) : chance_{std::move(chance)} {}

    /// What was stored; what can't be read is dropped, and subscribed to anew.
    void load(std::vector<storage::SubscriptionRecord> const& records, SystemTime now);
    /// The operator's rules, and which feeds are to have a subscription; all others take leave.
    void adopt(feeds::websub::Rules rules, std::function<bool(FeedId)> const& is_wanted, SystemTime now);
    void polled(PolledFeed const& poll);

    struct Request {
        FeedId feed{};
        feeds::websub::HubRequest request{};
    };
    /// What hubs are to be asked now, `limit` at most; each is to be reported to answered().
    std::vector<Request> take_due(SystemTime now, std::size_t limit);
    void answered(Request const& request, feeds::websub::HubAnswer const& answer, SystemTime now);
    /// When take_due() may next find something; max() for never.
    SystemTime next_wake() const;

    /// What a token stands for.
    struct Place {
        FeedId feed{};
        bool is_current = false;  ///< else a farewell's: the hub may only confirm its end
    };
    std::optional<Place> find(std::string_view token) const;
    bool hears(std::string_view token, feeds::websub::HubSays const& says, SystemTime now);
    /// The secret that the feed's hub signs with.
    std::string secret(FeedId feed) const;
    void delivered(FeedId feed, SystemTime now);

    /// Subscriptions that have changed since the last call, as they are to be stored.
    std::vector<storage::SubscriptionRecord> take_changes();
    /// Feeds that were live and no longer are, since the last call.
    std::vector<FeedId> take_lost() { return std::exchange(lost_, {}); }

    /// Whether pushes come for the feed.  Thread-safe.
    bool live(FeedId feed) const;

    PushCounts counts(SystemTime now) const;
    bool empty() const { return entries_.empty(); }
    /// A sentence for the operator; empty when there is no subscription.
    std::string in_words(FeedId feed, SystemTime now) const;

  private:
    struct Entry {
        feeds::websub::Subscription subscription{};
        SystemTime wake = SystemTime::max();  // where it stands in by_time_
        bool is_waiting = false;              // in its hub's lane
        std::vector<std::string> tokens{};    // where it stands in by_token_
        std::string stored{};                 // its bytes, as last handed out
    };
    struct Lane {
        std::deque<FeedId> waiting{};
        bool is_busy = false;
        SystemTime open_from{};
        std::uint32_t failures = 0;
    };

    void refresh(FeedId feed, SystemTime now);
    void set_live(FeedId feed, bool lives);
    void wait_for_hubs(SystemTime now);
    std::optional<Request> take_from(std::string const& hub, Lane& lane, SystemTime now);
    static std::string lane_of(std::string const& hub);

    feeds::websub::Chance chance_;
    feeds::websub::Rules rules_;
    std::map<FeedId, Entry> entries_;
    std::set<std::pair<SystemTime, FeedId>> by_time_;
    std::unordered_map<std::string, FeedId> by_token_;
    std::map<std::string, Lane> lanes_;  // by the hub's host; only those that are waited for, busy or paused
    std::set<FeedId> changed_;
    std::vector<FeedId> lost_;
    mutable std::mutex live_mutex_;
    std::unordered_set<std::uint64_t> live_;
};

}  // namespace newswired::daemon
