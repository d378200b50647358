#include "daemon/delivery/outbox_keeper.hpp"

#include "core/log.hpp"

#include <algorithm>

namespace newswired::daemon {
namespace {

// Often enough that a full outbox holds polling up only briefly; trimming itself decides when it is worth it.
constexpr milliseconds kRound{5'000};

}  // namespace

Task<void> OutboxKeeper::run() {
    for (;;) {
        co_await clock_.sleep_for(kRound);
        co_await keep();
    }
}

void OutboxKeeper::park_the_slowest(storage::Stats const& stats) {
    auto const slowest = deliveries_.laggard(parked_, stats.last_seq);
    if (slowest.empty()) {
        return;
    }
    parked_.insert(slowest);
    log::error("The outbox is full: a sink that lags behind is parked and will miss articles",
               {{"sink", slowest}, {"bytes", stats.outbox_bytes}, {"limit", settings_.max_bytes}});
}

// A parked sink that has caught up is waited for again.
void OutboxKeeper::unpark(storage::Stats const& stats) {
    for (auto const& status : deliveries_.status()) {
        if (status.delivered + 1 >= stats.first_seq && status.error.empty() &&
            status.delivered >= stats.last_seq && parked_.erase(status.sink) > 0) {
            log::warn("A parked sink is back", {{"sink", status.sink}});
        }
    }
}

Task<void> OutboxKeeper::keep() {
    auto const stats = co_await store_.stats();
    if (!stats) {
        co_return;
    }
    unpark(*stats);
    if (stats->outbox_bytes >= settings_.max_bytes && settings_.on_full == config::Outbox::OnFull::park) {
        park_the_slowest(*stats);
    }
    auto waited_for = deliveries_.names();
    std::erase_if(waited_for, [&](std::string const& name) { return parked_.contains(name); });
    storage::TrimPolicy const policy{.max_bytes = settings_.max_bytes, .retain = settings_.retain};
    auto const trimmed = co_await store_.trim(policy, std::move(waited_for));
    if (!trimmed) {
        log::warn("The outbox can't be trimmed", {{"reason", trimmed.error().message()}});
    }
}

}  // namespace newswired::daemon
