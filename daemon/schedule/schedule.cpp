#include "daemon/schedule/schedule.hpp"

#include <algorithm>
#include <utility>

namespace newswired::daemon {
namespace {

constexpr milliseconds kTick{50};  // 2^32 of them are six years

bool opens_later(std::pair<SteadyTime, std::uint64_t> const& a,
                 std::pair<SteadyTime, std::uint64_t> const& b) {
    return a.first > b.first;
}

}  // namespace

Schedule::Schedule(HostRules rules, SteadyTime start, std::function<HostId(Feed)> host_of)
    : rules_{rules}, start_{start}, host_of_{std::move(host_of)} {}

// Rounded up: a feed is never asked before its time.
TimingWheel::Tick Schedule::tick_of(SteadyTime time) const {
    if (time <= start_) {
        return 0;
    }
    auto const ticks = (time - start_ + kTick - SteadyTime::duration{1}) / kTick;
    return TimingWheel::Tick(std::min<std::int64_t>(ticks, TimingWheel::kNever - 1));
}

SteadyTime Schedule::time_of(TimingWheel::Tick tick) const {
    return tick == TimingWheel::kNever ? SteadyTime::max() : start_ + kTick * std::int64_t{tick};
}

void Schedule::Line::pop_front() {
    ++first_;
    if (first_ * 2 >= feeds_.size()) {
        feeds_.erase(feeds_.begin(), feeds_.begin() + std::ptrdiff_t(first_));
        first_ = 0;
    }
}

void Schedule::rest(Feed feed, SteadyTime time) {
    wheel_.schedule(feed, tick_of(time));
}

SteadyTime Schedule::due(Feed feed) const {
    return time_of(wheel_.due(feed));
}

SteadyTime Schedule::open_for_feeds(Lane const& lane) {
    auto const yields = lane.guests > 0 && !lane.guest_was_last && lane.open_from != SteadyTime{};
    return yields ? lane.open_from + kGrace : lane.open_from;
}

SteadyTime Schedule::open_for_guests(Lane const& lane) {
    auto const yields = !lane.waiting.empty() && lane.guest_was_last;
    return yields ? lane.open_from + kGrace : lane.open_from;
}

bool Schedule::may_ask(Lane const& lane, SteadyTime now) const {
    return !lane.waiting.empty() && lane.active < rules_.connections && open_for_feeds(lane) <= now;
}

bool Schedule::admit(HostId host, SteadyTime now) {
    auto& lane = lanes_[host];
    if (lane.active >= rules_.connections || open_for_guests(lane) > now) {
        return false;
    }
    ++lane.active;
    lane.guests -= lane.guests > 0 ? 1 : 0;
    lane.guest_was_last = true;
    lane.open_from = std::max(lane.open_from, now + rules_.delay);
    return true;
}

void Schedule::leave(HostId host, SteadyTime now) {
    auto const place = lanes_.find(host);
    if (place == lanes_.end()) {
        return;
    }
    auto& lane = place->second;
    lane.guests -= lane.guests > 0 ? 1 : 0;
    if (lane.waiting.empty() && lane.active == 0 && lane.guests == 0 && !lane.listed) {
        list_closed(host, lane);  // forgotten there, once its pause is over
    } else {
        list(host, lane, now);
    }
}

SteadyTime Schedule::next_admission(HostId host) const {
    auto const place = lanes_.find(host);
    if (place == lanes_.end()) {
        return SteadyTime{};
    }
    return place->second.active >= rules_.connections ? SteadyTime::max() : open_for_guests(place->second);
}

void Schedule::list_closed(HostId host, Lane& lane) {
    lane.listed = true;
    closed_lanes_.emplace_back(open_for_feeds(lane), host);
    std::push_heap(closed_lanes_.begin(), closed_lanes_.end(), opens_later);
}

void Schedule::list(HostId host, Lane& lane, SteadyTime now) {
    if (lane.listed || lane.waiting.empty() || lane.active >= rules_.connections) {
        return;  // nothing to ask, or answered() will list it
    }
    if (open_for_feeds(lane) > now) {
        list_closed(host, lane);
        return;
    }
    lane.listed = true;
    open_lanes_.push_back(host);
}

// Lanes whose pause is over; a lane that is then idle is forgotten.
void Schedule::reopen_lanes(SteadyTime now) {
    while (!closed_lanes_.empty() && closed_lanes_.front().first <= now) {
        auto const host = closed_lanes_.front().second;
        std::pop_heap(closed_lanes_.begin(), closed_lanes_.end(), opens_later);
        closed_lanes_.pop_back();
        auto& lane = lanes_[host];
        lane.listed = false;
        auto const idle = lane.waiting.empty() && lane.active == 0 && lane.guests == 0;
        if (idle && lane.open_from <= now) {
            lanes_.erase(host);
        } else {
            list(host, lane, now);
        }
    }
}

void Schedule::enqueue_due(SteadyTime now) {
    due_.clear();
    auto const tick = now <= start_ ? TimingWheel::Tick{0} : TimingWheel::Tick((now - start_) / kTick);
    wheel_.advance(std::max(tick, wheel_.now()), due_);
    for (auto const feed : due_) {
        auto const host = host_of_(feed);
        auto& lane = lanes_[host];
        lane.waiting.push_back(feed);
        ++waiting_;
        list(host, lane, now);
    }
}

std::vector<Schedule::Ready> Schedule::take_ready(SteadyTime now, std::size_t limit) {
    enqueue_due(now);
    reopen_lanes(now);
    std::vector<Ready> ready;
    while (ready.size() < limit && !open_lanes_.empty()) {
        auto const host = open_lanes_.front();
        open_lanes_.pop_front();
        auto& lane = lanes_[host];
        lane.listed = false;
        if (may_ask(lane, now)) {
            ready.push_back({lane.waiting.front(), host});
            lane.waiting.pop_front();
            --waiting_;
            ++lane.active;
            lane.guest_was_last = false;
            lane.open_from = std::max(lane.open_from, now + rules_.delay);
        }
        list(host, lane, now);  // at the end of the line: hosts take turns
    }
    return ready;
}

void Schedule::answered(HostId host) {
    auto const place = lanes_.find(host);
    if (place == lanes_.end() || place->second.active == 0) {
        return;
    }
    --place->second.active;
    // Listed even when nothing waits: the lane must remember its pause until that is over.
    if (!place->second.listed) {
        list_closed(host, place->second);
    }
}

void Schedule::pause_host(HostId host, SteadyTime time) {
    auto& lane = lanes_[host];
    lane.open_from = std::max(lane.open_from, time);
    if (!lane.listed) {
        list_closed(host, lane);
    }
}

SteadyTime Schedule::paused_until(HostId host) const {
    auto const lane = lanes_.find(host);
    return lane == lanes_.end() ? SteadyTime{} : lane->second.open_from;
}

SteadyTime Schedule::next_wake(SteadyTime now) const {
    if (!open_lanes_.empty()) {
        return now;
    }
    auto const due = time_of(wheel_.next());
    return closed_lanes_.empty() ? due : std::min(due, closed_lanes_.front().first);
}

void Schedule::drop_waiting() {
    lanes_.clear();
    open_lanes_.clear();
    closed_lanes_.clear();
    waiting_ = 0;
}

}  // namespace newswired::daemon
