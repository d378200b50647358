// One pass over one feed: ask, read, harvest, commit.
//
// The pass decides nothing by itself: poll.hpp asks, parse.hpp reads, harvest.hpp picks, interval.hpp says
// when next, storage decides what is new.  It ends in one commit or, when the daemon is told to stop before
// that, in none: then it never happened.

#pragma once

#include "core/clock.hpp"
#include "core/task.hpp"
#include "core/worker_pool.hpp"
#include "daemon/plan.hpp"
#include "feeds/feed_state.hpp"
#include "feeds/poll_budget.hpp"
#include "http/client.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace newswired::daemon {

/// What a pass works with; all of it outlives the pass.
struct PassServices {
    http::Client& client;
    storage::Store& store;
    WorkerPool& workers;
    Clock& clock;
    feeds::PollBudget* budget = nullptr;  ///< what feeds with `interval: auto` share; none: each by itself
};

/// How a pass ended.
struct PassReport {
    feeds::PollOutcome outcome = feeds::PollOutcome::no_answer;
    std::uint16_t status = 0;
    std::string error{};  ///< a sentence; empty when all went well
    std::size_t items = 0;
    std::size_t fresh = 0;  ///< emitted as new
    std::size_t updates = 0;
    std::size_t duplicates = 0;
    std::uint64_t bytes = 0;
    milliseconds taken{};
    bool host_asked_to_wait = false;  ///< 429: other feeds of the host had better wait too
    SystemTime next_poll{};
};

/// Asks feed number `feed` of `plan`, whose record in storage is `record`.  `answered` is called once, as
/// soon as the host has answered or failed to: the rest needs no network.
Task<PassReport> pass(PassServices services, SharedPlan plan, std::size_t feed, storage::FeedRecord record,
                      std::function<void()> answered);

}  // namespace newswired::daemon
