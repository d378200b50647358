// Turns: waiting until a host may be asked for something that is no feed.
//
// The lanes are those of the thread's schedule, so feeds and pages of one host together keep to its number of
// connections and its delay.  Everything belongs to that thread.  Each waiter wakes itself; nothing else has
// to run for that.

#pragma once

#include "core/clock.hpp"
#include "core/task.hpp"
#include "daemon/schedule/schedule.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <unordered_map>

namespace newswired::daemon {

class Turns {
  public:
    /// At most `at_once` turns at a time, all hosts together.  `freed` is called when a host may be asked
    /// again by others.  All that is passed in outlives the turns.
    Turns(Schedule& schedule, Clock& clock, std::size_t at_once, std::function<void()> freed);

    /// Returns when it is one's turn, in the order of asking; give_back() ends it.  False, and there is no
    /// turn, after stop().  Cancelling it gives the place up.
    Task<bool> take(Schedule::HostId host);
    void give_back(Schedule::HostId host);

    /// Something about the host's lane has changed: whoever is first looks again.
    void ring(Schedule::HostId host);

    /// Nobody gets a turn any more.
    void stop();

  private:
    struct Place;

    void ring_all();

    Schedule& schedule_;
    Clock& clock_;
    std::size_t at_once_;
    std::function<void()> freed_;
    std::unordered_map<Schedule::HostId, std::deque<Alarm*>> waiting_;
    std::size_t taken_ = 0;
    bool stopped_ = false;
};

/// A turn that was taken; it ends however the request does.
struct Turn {
    Turns& turns;
    Schedule::HostId host;

    Turn(Turns& t, Schedule::HostId h) : turns{t}, host{h} {}
    ~Turn() { turns.give_back(host); }
    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;
};

}  // namespace newswired::daemon
