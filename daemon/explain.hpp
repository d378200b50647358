// Explaining, in words: why a feed is silent or when it is asked next, and what became of an article.

#pragma once

#include "core/task.hpp"
#include "daemon/control.hpp"
#include "daemon/plan.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <functional>
#include <string>

namespace newswired::daemon {

/// What of a feed is not in its state.
struct FeedNow {
    std::string push{};             ///< its subscription at a hub, in words; empty when it has none
    SystemTime host_rests_until{};  ///< none of its host's feeds is asked before
};
using AskNow = std::function<Task<FeedNow>(FeedId)>;

/// What is known of `what`: the URL or name of a configured feed, else the URL of an article.
Task<ControlAnswer> explain(storage::Store& store, SharedPlan plan, std::string what, SystemTime now,
                            AskNow ask_now = {});

/// A feed's state as a person would tell it; pure.
std::string explain_feed(Plan const& plan, std::size_t feed, storage::FeedRecord const& record,
                         SystemTime now);

/// What became of one item; pure.
std::string explain_item(Plan const& plan, storage::ItemRecord const& item);

}  // namespace newswired::daemon
