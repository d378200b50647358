// The poller of one I/O thread: runs passes over its feeds, when the schedule says so.
//
// Everything here belongs to that thread.  The poller's feeds are numbered by slots of its own, which stay
// the same over a reload: what is under way goes on, and only the differences act.

#pragma once

#include "core/alarm.hpp"
#include "core/completion.hpp"
#include "core/task_group.hpp"
#include "daemon/pass/feed_pass.hpp"
#include "daemon/plan.hpp"
#include "daemon/polling/record_shelf.hpp"
#include "daemon/polling/tally.hpp"
#include "daemon/schedule/schedule.hpp"
#include "daemon/schedule/turns.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace newswired::daemon {

enum class PollMode : std::uint8_t {
    keep_going,  ///< the daemon: every feed at its time, for ever
    once,        ///< every feed now, once, whatever its schedule says
};

/// A feed of the plan and when it is due.
struct Assignment {
    std::uint32_t feed = 0;   ///< its number in the plan
    bool host_waits = false;  ///< nor is any other feed of its host asked before next_poll
    SystemTime next_poll{};   ///< in the past, or in once mode: now
};

/// What `status` shows of one poller.
struct PollerStatus {
    struct Failing {
        std::string feed{};
        std::string error{};
    };
    struct Upcoming {
        std::string feed{};
        SystemTime at{};
    };
    std::size_t feeds = 0;
    std::size_t polling = 0;
    std::size_t waiting = 0;
    std::vector<Failing> failing{};  ///< at most kMaxListed
    std::size_t failing_count = 0;
    std::vector<Upcoming> upcoming{};  ///< the next few

    static constexpr std::size_t kMaxListed = 20;
};

class Poller {
  public:
    Poller(Executor executor, PassServices services, PollMode mode, std::size_t max_in_flight);

    /// Takes the feeds over, before run() or at a reload: new ones are added, missing ones are let go.
    void adopt(SharedPlan plan, std::vector<Assignment> const& feeds);

    /// Polls until stop(), or in once mode until every feed was asked.  Returns when no pass is under way.
    Task<void> run();

    /// No new polls; those under way go on.
    void stop();
    /// Breaks off passes that are still under way.  After stop().
    void abort() { passes_.cancel(); }

    /// Reads a pushed document in its turn: not while its feed is polled, nor before earlier ones.
    void push(FeedId feed, PushedDocument document, Completion<PushOutcome> answer);
    /// No hub tells of the feed's news any more: it is due when it would be without one.
    void hasten(FeedId feed);
    /// Turns at the hosts of this thread, for its page desk.
    Turns& turns() { return turns_; }

    PollerStatus status() const;
    /// None of this host's feeds is asked before; a time that has passed when they may be.
    SystemTime host_rests_until(Schedule::HostId host) const;
    Tally const& tally() const { return tally_; }
    /// Called on the poller's thread after each pass of once mode.
    void on_pass(std::function<void(std::size_t feed, PassReport const&)> observer) {
        observer_ = std::move(observer);
    }

  private:
    using Slot = Schedule::Feed;
    static constexpr std::uint32_t kGone = 0xFFFFFFFF;

    Task<void> start_passes(std::vector<Schedule::Ready> ready);
    void start_what_is_at_hand(std::vector<Schedule::Ready>& ready);
    Task<void> run_pass(Slot slot, Schedule::HostId host, storage::FeedRecord record);
    bool stays_away(storage::FeedRecord const& record, Schedule::HostId host) const;
    void rest_host(Schedule::HostId host, SystemTime until);
    void free_lane(Schedule::HostId lane);
    bool set_aside();
    void finish(Slot slot, Schedule::HostId host, PassReport& report);
    Task<void> run_pushes(Slot slot);
    Task<PushOutcome> read_pushed(Slot slot, PushedDocument document);
    void look_for_oneself(Slot slot, storage::FeedRecord const& record);
    Task<void> bring_forward(Slot slot);
    std::optional<Slot> slot_of(FeedId feed) const;
    void index_pushed_feeds();
    void set_free(Slot slot);
    void count(PassReport const& report);
    void log_pass(Slot slot, PassReport const& report) const;
    Schedule::HostId host(Slot slot) const;
    void let_host_wait(Assignment const& assignment);
    SteadyTime steady(SystemTime time) const;
    bool is_done() const;

    PassServices services_;
    PollMode mode_;
    std::size_t max_in_flight_;
    SharedPlan plan_;
    Schedule schedule_;
    RecordShelf shelf_;                 // of feeds that no pass is under way for
    std::vector<std::uint32_t> slots_;  // slot → feed number in plan_, or kGone
    std::unordered_map<Slot, std::string> failing_;
    struct Push {
        PushedDocument document{};
        Completion<PushOutcome> answer{};
    };
    std::unordered_map<std::uint32_t, Slot> pushed_feeds_;  // those of the plan's feeds that have a hub asked
    std::unordered_map<Slot, std::deque<Push>> pushes_;     // waiting, by feed
    std::size_t pushed_bytes_ = 0;                          // of all that wait
    std::unordered_set<Slot> busy_;                         // a pass is under way, or about to be
    TaskGroup passes_;
    std::unique_ptr<Alarm> alarm_;
    Turns turns_;
    std::size_t in_flight_ = 0;                        // passes that hold one of max_in_flight_ places
    std::size_t aside_ = 0;                            // passes that have left theirs
    std::size_t to_ask_ = 0;                           // once mode: feeds not yet asked
    std::unordered_set<Schedule::HostId> left_alone_;  // once mode: hosts that asked for peace
    SteadyTime gathering_until_{};
    bool stopping_ = false;
    Tally tally_;
    std::function<void(std::size_t, PassReport const&)> observer_;
};

}  // namespace newswired::daemon
