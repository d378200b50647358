// What hubs push to a poller: it waits for its feed's turn, and is read one after the other.

#include "core/log.hpp"
#include "daemon/polling/poller.hpp"

#include <algorithm>
#include <utility>

namespace newswired::daemon {
namespace {

// A hub sends a feed's news one by one; what it sends faster than we store it comes again later.
constexpr std::size_t kMaxPushesWaiting = 8;
constexpr std::size_t kMaxPushedBytes = 64'000'000;

}  // namespace

void Poller::index_pushed_feeds() {
    pushed_feeds_.clear();
    if (!plan_->settings().websub.wanted) {
        return;
    }
    for (Slot slot = 0; slot < slots_.size(); ++slot) {
        if (slots_[slot] != kGone && plan_->feeds().options(slots_[slot]).websub) {
            pushed_feeds_.emplace(slots_[slot], slot);
        }
    }
}

std::optional<Poller::Slot> Poller::slot_of(FeedId feed) const {
    auto const number = plan_ ? plan_->feeds().find(feed) : std::nullopt;
    if (!number) {
        return {};
    }
    auto const place = pushed_feeds_.find(std::uint32_t(*number));
    return place == pushed_feeds_.end() ? std::nullopt : std::optional{place->second};
}

// No pass is under way any more: what was pushed meanwhile is next.
void Poller::set_free(Slot slot) {
    busy_.erase(slot);
    if (pushes_.contains(slot)) {
        busy_.insert(slot);
        passes_.spawn(run_pushes(slot));
    }
}

void Poller::push(FeedId feed, PushedDocument document, Completion<PushOutcome> answer) {
    auto const slot = slot_of(feed);
    auto const waiting = slot ? pushes_.find(*slot) : pushes_.end();
    auto const is_full = waiting != pushes_.end() && waiting->second.size() >= kMaxPushesWaiting;
    if (!slot || stopping_ || is_full || pushed_bytes_ + document.bytes.size() > kMaxPushedBytes) {
        answer.fulfil(PushOutcome::refused);
        return;
    }
    pushed_bytes_ += document.bytes.size();
    pushes_[*slot].push_back({.document = std::move(document), .answer = std::move(answer)});
    if (!busy_.contains(*slot)) {
        set_free(*slot);
    }
}

Task<void> Poller::run_pushes(Slot slot) {
    for (auto queue = pushes_.find(slot); queue != pushes_.end(); queue = pushes_.find(slot)) {
        auto push = std::move(queue->second.front());
        queue->second.pop_front();
        if (queue->second.empty()) {
            pushes_.erase(queue);
        }
        auto const size = push.document.bytes.size();
        auto const outcome = co_await read_pushed(slot, std::move(push.document));
        pushed_bytes_ -= size;
        push.answer.fulfil(outcome);
    }
    busy_.erase(slot);
}

Task<PushOutcome> Poller::read_pushed(Slot slot, PushedDocument document) {
    if (slots_[slot] == kGone) {
        co_return PushOutcome::refused;
    }
    shelf_.forget(slot);
    std::vector<FeedId> const ids{plan_->feeds().id(slots_[slot])};
    auto records = co_await services_.store.feeds(ids);
    if (!records || slots_[slot] == kGone) {
        co_return PushOutcome::refused;
    }
    auto const feed = slots_[slot];
    auto record = records->front();
    auto const report = co_await pushed_pass(services_, plan_, feed, std::move(record), std::move(document));
    tally_.add({.fresh = report.fresh, .updates = report.updates, .duplicates = report.duplicates});
    if (slots_[slot] != kGone) {
        log::debug("A hub told of the feed's news", {{"feed", plan_->feeds().identity(slots_[slot])},
                                                     {"items", report.items},
                                                     {"new", report.fresh},
                                                     {"updates", report.updates},
                                                     {"duplicates", report.duplicates},
                                                     {"bytes", report.bytes},
                                                     {"error", report.error}});
    }
    if (report.outcome == feeds::PollOutcome::unreadable) {
        look_for_oneself(slot, records->front());
        co_return PushOutcome::unreadable;
    }
    co_return report.error.empty() ? PushOutcome::stored : PushOutcome::refused;
}

// Something is new, and could not be read from what the hub sent: the feed has it.  Not more often than the
// feed may be asked at all, whatever the hub does.
void Poller::look_for_oneself(Slot slot, storage::FeedRecord const& record) {
    auto const due = schedule_.due(slot);
    if (slots_[slot] == kGone || due == SteadyTime::max()) {
        return;
    }
    auto const state = feeds::decode_feed_state(record.state);
    if (state.why == feeds::WhyThen::pushed || state.why == feeds::WhyThen::interval) {
        auto const earliest = state.polled + plan_->interval_rules(slots_[slot]).min_interval;
        schedule_.rest(slot, std::min(due, steady(earliest)));
        alarm_->ring();
    }
}

void Poller::hasten(FeedId feed) {
    if (auto const slot = slot_of(feed); slot && !stopping_) {
        passes_.spawn(bring_forward(*slot));
    }
}

Task<void> Poller::bring_forward(Slot slot) {
    std::vector<FeedId> const ids{plan_->feeds().id(slots_[slot])};
    auto const records = co_await services_.store.feeds(ids);
    if (!records || slots_[slot] == kGone || busy_.contains(slot) || stopping_) {
        co_return;  // a poll that is under way decides anew
    }
    auto const state = feeds::decode_feed_state(records->front().state);
    auto const due = schedule_.due(slot);
    if (state.why == feeds::WhyThen::pushed && due != SteadyTime::max()) {
        schedule_.rest(slot, std::min(due, steady(state.usual_poll)));
        alarm_->ring();
    }
}

}  // namespace newswired::daemon
