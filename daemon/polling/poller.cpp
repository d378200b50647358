#include "daemon/polling/poller.hpp"

#include "core/hash.hpp"
#include "core/log.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace newswired::daemon {
namespace {

// Records are read for so many feeds at a time.
constexpr std::size_t kMaxBatch = 64;
// What `status` can tell of failing feeds; beyond that only their number matters.
constexpr std::size_t kMaxFailingKept = 10'000;
constexpr milliseconds kStorePause{1000};
constexpr milliseconds kAfterPush{500};  // a feed that is due while a push of it is read
// While many passes run, those that are to follow wait this long for company: one read of the store serves
// all.
constexpr milliseconds kGathering{5};

}  // namespace

Poller::Poller(Executor executor, PassServices services, PollMode mode, std::size_t max_in_flight)
    : services_{services},
      mode_{mode},
      max_in_flight_{std::max<std::size_t>(max_in_flight, 1)},
      schedule_{HostRules{}, services.clock.steady_now(), [this](Slot slot) { return host(slot); }},
      passes_{executor},
      alarm_{services.clock.alarm(executor)},
      turns_{schedule_, services.clock, max_in_flight_, [this] { alarm_->ring(); }} {
    services_.turns = &turns_;
}

Schedule::HostId Poller::host(Slot slot) const {
    return slots_[slot] == kGone ? 0 : host_hash(plan_->feeds().url(slots_[slot]));
}

SteadyTime Poller::steady(SystemTime time) const {
    auto const ahead = std::max(time - services_.clock.now(), SystemTime::duration{0});
    return services_.clock.steady_now() + ahead;
}

void Poller::adopt(SharedPlan plan, std::vector<Assignment> const& feeds) {
    std::unordered_map<std::uint64_t, Slot> known;
    known.reserve(slots_.size());
    for (Slot slot = 0; slot < slots_.size(); ++slot) {
        if (slots_[slot] != kGone) {
            known.emplace(plan_->feeds().id(slots_[slot]).value, slot);
        }
    }
    plan_ = std::move(plan);
    schedule_.set_rules({.connections = plan_->settings().fetch.host_connections,
                         .delay = plan_->settings().fetch.host_delay});
    std::vector<std::uint32_t> kept(slots_.size(), kGone);
    for (auto const& assignment : feeds) {
        auto const place = known.find(plan_->feeds().id(assignment.feed).value);
        if (place != known.end()) {
            kept[place->second] = assignment.feed;
            continue;
        }
        Slot slot = Slot(kept.size());
        kept.push_back(assignment.feed);
        schedule_.resize(kept.size());
        schedule_.rest(slot, mode_ == PollMode::once ? SteadyTime{} : steady(assignment.next_poll));
        if (assignment.host_waits) {
            let_host_wait(assignment);
        }
        ++to_ask_;
    }
    slots_ = std::move(kept);
    index_pushed_feeds();
    for (Slot slot = 0; slot < slots_.size(); ++slot) {
        if (slots_[slot] == kGone) {
            schedule_.forget(slot);
            failing_.erase(slot);
            shelf_.forget(slot);
        }
    }
    alarm_->ring();
}

// What a host asked of an earlier run, as far as the operator still grants it.
void Poller::let_host_wait(Assignment const& assignment) {
    auto const most = services_.clock.now() + plan_->interval_rules(assignment.feed).max_server_delay;
    auto const host = host_hash(plan_->feeds().url(assignment.feed));
    rest_host(host, std::min(assignment.next_poll, most));
}

// Whoever asks once does not wait for hours until a host may be asked again.
void Poller::rest_host(Schedule::HostId host, SystemTime until) {
    if (mode_ == PollMode::keep_going) {
        schedule_.pause_host(host, steady(until));
    } else if (until > services_.clock.now()) {
        left_alone_.insert(host);
    }
}

bool Poller::is_done() const {
    return stopping_ || (mode_ == PollMode::once && to_ask_ == 0);
}

Task<void> Poller::run() {
    while (!is_done()) {
        auto const now = services_.clock.steady_now();
        auto const room = max_in_flight_ - std::min(in_flight_, max_in_flight_);
        if (room < max_in_flight_ / 8 && now < gathering_until_) {
            co_await alarm_->wait_until(gathering_until_);
            continue;
        }
        gathering_until_ = now + kGathering;
        auto ready = schedule_.take_ready(now, std::min(room, kMaxBatch));
        if (!ready.empty()) {
            co_await start_passes(std::move(ready));
            continue;
        }
        auto const wake = room == 0 ? SteadyTime::max() : schedule_.next_wake(now);
        co_await alarm_->wait_until(wake);
    }
    co_await passes_.wait();
}

void Poller::stop() {
    stopping_ = true;
    turns_.stop();
    alarm_->ring();
}

Task<void> Poller::start_passes(std::vector<Schedule::Ready> ready) {
    std::erase_if(ready, [&](Schedule::Ready const& one) {
        auto const gone = slots_[one.feed] == kGone;
        auto const busy = !gone && !busy_.insert(one.feed).second;
        if (gone || busy) {
            schedule_.answered(one.host);
        }
        if (busy) {
            schedule_.rest(one.feed, services_.clock.steady_now() + kAfterPush);
        }
        return gone || busy;
    });
    in_flight_ += ready.size();
    start_what_is_at_hand(ready);
    if (ready.empty()) {
        co_return;
    }
    std::vector<FeedId> ids;
    ids.reserve(ready.size());
    for (auto const& one : ready) {
        ids.push_back(plan_->feeds().id(slots_[one.feed]));
    }
    auto records = co_await services_.store.feeds(std::move(ids));
    for (std::size_t i = 0; i < ready.size(); ++i) {
        auto const [slot, lane] = ready[i];
        if (!records) {
            --in_flight_;
            set_free(slot);
            schedule_.answered(lane);
            schedule_.rest(slot, services_.clock.steady_now() + kStorePause);
        } else if (slots_[slot] == kGone) {
            --in_flight_;
            set_free(slot);
            schedule_.answered(lane);
        } else {
            passes_.spawn(run_pass(slot, lane, std::move((*records)[i])));
        }
    }
    if (!records) {
        log::warn("The feeds' state can't be read; polling waits", {{"reason", records.error().message()}});
    }
}

// Of `ready`, those stay whose records have to be read.
void Poller::start_what_is_at_hand(std::vector<Schedule::Ready>& ready) {
    std::erase_if(ready, [&](Schedule::Ready const& one) {
        auto record = shelf_.take(one.feed);
        if (record) {
            passes_.spawn(run_pass(one.feed, one.host, std::move(*record)));
        }
        return record.has_value();
    });
}

// In once mode only a feed that is gone, or whose server said to stay away, is not asked.
bool Poller::stays_away(storage::FeedRecord const& record, Schedule::HostId host) const {
    if (mode_ != PollMode::once) {
        return false;
    }
    if (left_alone_.contains(host)) {
        return true;
    }
    auto const state = feeds::decode_feed_state(record.state);
    return state.gone ||
           (state.why == feeds::WhyThen::retry_after && state.next_poll > services_.clock.now());
}

Task<void> Poller::run_pass(Slot slot, Schedule::HostId lane, storage::FeedRecord record) {
    bool aside = false;
    PassSignals signals{.answered = [this, lane] { free_lane(lane); },
                        .takes_long = [this, &aside] { aside = set_aside(); }};
    PassReport report;
    if (stays_away(record, lane)) {
        free_lane(lane);
        report.outcome = feeds::PollOutcome::gone;
        report.next_poll = feeds::kNeverAgain;
    } else {
        auto const feed = slots_[slot];
        report = co_await pass(services_, plan_, feed, std::move(record), std::move(signals));
        count(report);
        if (slots_[slot] != kGone) {
            log_pass(slot, report);
        }
    }
    --(aside ? aside_ : in_flight_);
    finish(slot, lane, report);
}

void Poller::free_lane(Schedule::HostId lane) {
    schedule_.answered(lane);
    turns_.ring(lane);
    alarm_->ring();
}

// A pass that fetches pages or archives for minutes leaves its place to others, but not too many at once:
// each holds a document's articles.
bool Poller::set_aside() {
    if (aside_ >= std::max<std::size_t>(max_in_flight_ / 2, 1)) {
        return false;
    }
    ++aside_;
    --in_flight_;
    alarm_->ring();
    return true;
}

void Poller::finish(Slot slot, Schedule::HostId lane, PassReport& report) {
    if (mode_ == PollMode::keep_going && slots_[slot] != kGone) {
        shelf_.put(slot, std::move(report.record), report.next_poll - services_.clock.now());
    }
    set_free(slot);
    if (observer_ && slots_[slot] != kGone) {
        observer_(slots_[slot], report);
    }
    if (mode_ == PollMode::once) {
        --to_ask_;
    } else if (slots_[slot] != kGone) {
        schedule_.rest(slot, steady(report.next_poll));
    }
    if (report.host_asked_to_wait) {
        rest_host(lane, report.next_poll);
    }
    if (report.error.empty()) {
        failing_.erase(slot);
    } else if (failing_.size() < kMaxFailingKept) {
        failing_[slot] = report.error;
    }
    alarm_->ring();
}

void Poller::count(PassReport const& report) {
    tally_.add({.polls = 1,
                .documents = report.outcome == feeds::PollOutcome::document,
                .not_modified = report.outcome == feeds::PollOutcome::not_modified,
                .failures = !report.error.empty(),
                .fresh = report.fresh,
                .updates = report.updates,
                .duplicates = report.duplicates,
                .bytes = report.bytes});
}

void Poller::log_pass(Slot slot, PassReport const& report) const {
    auto const failed = !report.error.empty();
    auto const first_failure = failed && !failing_.contains(slot);  // one warning for a row of equal failures
    auto const level = first_failure ? log::Level::warn : log::Level::debug;
    if (!log::enabled(level)) {
        return;
    }
    auto const name = plan_->feeds().identity(slots_[slot]);
    auto const next = std::chrono::floor<milliseconds>(report.next_poll - services_.clock.now());
    if (failed) {
        log::write(level, "Could not read the feed",
                   {{"feed", name},
                    {"reason", report.error},
                    {"status", report.status},
                    {"ms", report.taken.count()},
                    {"next", in_words(next)}});
        return;
    }
    log::write(level, "Polled the feed",
               {{"feed", name},
                {"outcome", feeds::in_words(report.outcome)},
                {"status", report.status},
                {"items", report.items},
                {"new", report.fresh},
                {"updates", report.updates},
                {"duplicates", report.duplicates},
                {"bytes", report.bytes},
                {"ms", report.taken.count()},
                {"next", in_words(next)}});
}

SystemTime Poller::host_rests_until(Schedule::HostId host) const {
    auto const left = schedule_.paused_until(host) - services_.clock.steady_now();
    return services_.clock.now() + std::chrono::ceil<milliseconds>(left);
}

PollerStatus Poller::status() const {
    PollerStatus status{
        .polling = in_flight_ + aside_, .waiting = schedule_.waiting(), .failing_count = failing_.size()};
    std::vector<std::pair<SteadyTime, Slot>> due;
    for (Slot slot = 0; slot < slots_.size(); ++slot) {
        if (slots_[slot] == kGone) {
            continue;
        }
        ++status.feeds;
        if (auto const time = schedule_.due(slot); time != SteadyTime::max()) {
            due.emplace_back(time, slot);
        }
    }
    constexpr std::size_t kUpcoming = 5;
    auto const shown = std::min(due.size(), kUpcoming);
    std::partial_sort(due.begin(), due.begin() + std::ptrdiff_t(shown), due.end());
    for (std::size_t i = 0; i < shown; ++i) {
        auto const ahead = std::chrono::floor<milliseconds>(due[i].first - services_.clock.steady_now());
        status.upcoming.push_back({.feed = std::string{plan_->feeds().identity(slots_[due[i].second])},
                                   .at = services_.clock.now() + ahead});
    }
    for (auto const& [slot, error] : failing_) {
        if (status.failing.size() >= PollerStatus::kMaxListed) {
            break;
        }
        status.failing.push_back(
            {.feed = std::string{plan_->feeds().identity(slots_[slot])}, .error = error});
    }
    return status;
}

}  // namespace newswired::daemon
