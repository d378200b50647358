// One pass over one feed: ask, read, harvest, commit.
//
// The pass decides nothing by itself: poll.hpp asks, parse.hpp reads, harvest.hpp picks, interval.hpp says
// when next, full_text.hpp fetches pages, storage decides what is new.  It ends in one commit or, when the
// daemon is told to stop before that, in none: then it never happened.  Only articles that wait for their
// pages are committed part by part; the feed's new state comes with the last part.

#pragma once

#include "core/clock.hpp"
#include "core/task.hpp"
#include "core/worker_pool.hpp"
#include "daemon/hubs/pushes.hpp"
#include "daemon/pass/pages.hpp"
#include "daemon/plan.hpp"
#include "daemon/schedule/turns.hpp"
#include "feeds/feed_state.hpp"
#include "feeds/pace/poll_budget.hpp"
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
    Pushes* pushes = nullptr;             ///< null: no hub is asked to tell of anything
    Pages* pages = nullptr;               ///< without, every article keeps its feed's body
    Turns* turns = nullptr;               ///< the thread's hosts; null: nobody else asks them
};

/// What a pass tells whoever runs it, each once at most.
struct PassSignals {
    std::function<void()> answered{};    ///< the host has answered or failed to: the feed is off its lane
    std::function<void()> takes_long{};  ///< pages or archives are fetched: it may go on for minutes
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
    std::size_t pages = 0;            ///< articles that got their page's text
    bool host_asked_to_wait = false;  ///< 429: other feeds of the host had better wait too
    SystemTime next_poll{};
    storage::FeedRecord record{};  ///< as it now rests in storage
};

/// Asks feed number `feed` of `plan`, whose record in storage is `record`.
Task<PassReport> pass(PassServices services, SharedPlan plan, std::size_t feed, storage::FeedRecord record,
                      PassSignals signals);

/// Reads a document that a hub pushed, as if a poll had brought it, but for what belongs to polls:
/// validators, pace, when the feed is asked next.  It may hold only what is new.
Task<PassReport> pushed_pass(PassServices services, SharedPlan plan, std::size_t feed,
                             storage::FeedRecord record, PushedDocument document);

}  // namespace newswired::daemon
