#include "daemon/schedule/turns.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace newswired::daemon {

Turns::Turns(Schedule& schedule, Clock& clock, std::size_t at_once, std::function<void()> freed)
    : schedule_{schedule},
      clock_{clock},
      at_once_{std::max<std::size_t>(at_once, 1)},
      freed_{std::move(freed)} {}

// One's place in the line, which is given up however the waiting ends.
struct Turns::Place {
    Turns& turns;
    Schedule::HostId host;
    Alarm& alarm;
    bool admitted = false;

    Place(Turns& t, Schedule::HostId h, Alarm& a) : turns{t}, host{h}, alarm{a} {
        turns.waiting_[host].push_back(&alarm);
        turns.schedule_.enter(host);
    }
    ~Place() {
        auto const line = turns.waiting_.find(host);
        std::erase(line->second, &alarm);
        if (line->second.empty()) {
            turns.waiting_.erase(line);
        }
        if (!admitted) {
            turns.schedule_.leave(host, turns.clock_.steady_now());
        }
        turns.ring(host);
    }
    Place(Place const&) = delete;
    Place& operator=(Place const&) = delete;

    bool is_first() const { return turns.waiting_.at(host).front() == &alarm; }
};

Task<bool> Turns::take(Schedule::HostId host) {
    auto const alarm = clock_.alarm(co_await boost::asio::this_coro::executor);
    Place place{*this, host, *alarm};
    while (!stopped_) {
        auto wake = SteadyTime::max();
        if (place.is_first() && taken_ < at_once_) {
            if (schedule_.admit(host, clock_.steady_now())) {
                place.admitted = true;
                ++taken_;
                co_return true;
            }
            wake = schedule_.next_admission(host);
        }
        co_await alarm->wait_until(wake);
    }
    co_return false;
}

void Turns::give_back(Schedule::HostId host) {
    schedule_.answered(host);
    auto const was_full = taken_ >= at_once_;
    --taken_;
    if (was_full) {
        ring_all();
    } else {
        ring(host);
    }
    freed_();
}

void Turns::ring(Schedule::HostId host) {
    if (auto const line = waiting_.find(host); line != waiting_.end()) {
        line->second.front()->ring();
    }
}

void Turns::ring_all() {
    for (auto const& line : waiting_) {
        line.second.front()->ring();
    }
}

void Turns::stop() {
    stopped_ = true;
    for (auto const& line : waiting_) {
        for (auto* const alarm : line.second) {
            alarm->ring();
        }
    }
}

}  // namespace newswired::daemon
