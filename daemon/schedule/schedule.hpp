// The schedule of one I/O thread: which feed may be asked now.
//
// A feed is due at a time (timing wheel), then waits in the lane of its host until the host may be asked
// again: at most so many connections, and so long a pause between two requests.  Pure: the time is given,
// nothing is waited for.
//
//     rest ──due──▶ waiting in its host's lane ──take_ready()──▶ being asked ──answered()──▶ … ──rest()──▶
//     rest
//
// Guests (who asks a host for something else than a feed: an article's page) pass through the same lanes,
// whether the host has feeds here or not.  Feeds and guests take turns: whoever was not the last to be asked
// has kGrace of a head start.
//
// An idle feed costs 9 bytes; a host costs something only while one of its feeds is waiting or being asked.

#pragma once

#include "core/time.hpp"
#include "core/timing_wheel.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace newswired::daemon {

struct HostRules {
    std::uint32_t connections = 1;
    milliseconds delay{1000};  ///< between the start of one request to a host and the start of the next
};

class Schedule {
  public:
    /// Number of a feed within this schedule: 0 … size()-1.
    using Feed = std::uint32_t;
    using HostId = std::uint64_t;

    /// `host_of(feed)` names the feed's host; asked whenever a feed becomes due.
    Schedule(HostRules rules, SteadyTime start, std::function<HostId(Feed)> host_of);

    void resize(std::size_t feeds) { wheel_.make_room(feeds); }
    void set_rules(HostRules rules) { rules_ = rules; }

    /// Lets the feed rest until `time`.
    void rest(Feed feed, SteadyTime time);
    /// Takes a resting feed out for good; false when it is waiting or being asked.
    void forget(Feed feed) { wheel_.cancel(feed); }

    struct Ready {
        Feed feed{};
        HostId host{};
        friend bool operator==(Ready const&, Ready const&) = default;
    };
    /// At most `limit` feeds that may be asked now, hosts in turn; each counts as being asked until
    /// answered().
    std::vector<Ready> take_ready(SteadyTime now, std::size_t limit);
    /// The host has answered one request, or failed to: its place in the lane is free again.
    void answered(HostId host);
    /// A guest waits for the host, from enter() until admit() says yes or it goes away again, leave().
    void enter(HostId host) { ++lanes_[host].guests; }
    void leave(HostId host, SteadyTime now);
    /// Whether a guest may ask the host now; it then counts as being asked until answered().
    bool admit(HostId host, SteadyTime now);
    /// When admit() may say yes, if no answer comes before; max() when one must.
    SteadyTime next_admission(HostId host) const;
    static constexpr milliseconds kGrace{200};

    /// No feed of this host is asked before `time`, and no guest.
    void pause_host(HostId host, SteadyTime time);
    /// No feed of this host is asked before; a time that has passed when it may be.
    SteadyTime paused_until(HostId host) const;

    /// When take_ready() may next find something, if no answer comes before; max() for never.
    SteadyTime next_wake(SteadyTime now) const;

    std::size_t resting() const { return wheel_.scheduled(); }
    std::size_t waiting() const { return waiting_; }
    /// Feeds that are waiting or being asked when the daemon stops; they are simply due at the next start.
    void drop_waiting();
    /// When a resting feed is due; max() for one that is not resting.
    SteadyTime due(Feed feed) const;

  private:
    // First in, first out.  Most lanes never hold more than one feed, and an empty std::deque has half a
    // kilobyte.
    class Line {
      public:
        bool empty() const { return first_ == feeds_.size(); }
        Feed front() const { return feeds_[first_]; }
        void push_back(Feed feed) { feeds_.push_back(feed); }
        void pop_front();

      private:
        std::vector<Feed> feeds_{};
        std::size_t first_ = 0;
    };

    struct Lane {
        Line waiting{};
        std::uint32_t active = 0;
        std::uint32_t guests = 0;  // that wait
        SteadyTime open_from{};
        bool guest_was_last = false;
        bool listed = false;  // in open_lanes_ or in closed_lanes_
    };

    TimingWheel::Tick tick_of(SteadyTime time) const;
    SteadyTime time_of(TimingWheel::Tick tick) const;
    void enqueue_due(SteadyTime now);
    void reopen_lanes(SteadyTime now);
    void list(HostId host, Lane& lane, SteadyTime now);
    void list_closed(HostId host, Lane& lane);
    bool may_ask(Lane const& lane, SteadyTime now) const;
    static SteadyTime open_for_feeds(Lane const& lane);
    static SteadyTime open_for_guests(Lane const& lane);

    HostRules rules_;
    SteadyTime start_;
    std::function<HostId(Feed)> host_of_;
    TimingWheel wheel_;
    std::unordered_map<HostId, Lane> lanes_;
    std::deque<HostId> open_lanes_;  // may have something to ask now, in turn
    std::vector<std::pair<SteadyTime, HostId>>
        closed_lanes_;  // to be looked at again then; a heap, earliest first
    std::size_t waiting_ = 0;
    std::vector<Feed> due_;
};

}  // namespace newswired::daemon
