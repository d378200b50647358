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

/// What is known of `what`: the URL or name of a configured feed, else the URL of an article.
/// `push_state` tells of a feed's subscription at a hub, in words; empty when it has none.
Task<ControlAnswer> explain(storage::Store& store, SharedPlan plan, std::string what, SystemTime now,
                            std::function<std::string(FeedId)> push_state = {});

/// A feed's state as a person would tell it; pure.
std::string explain_feed(Plan const& plan, std::size_t feed, storage::FeedRecord const& record,
                         SystemTime now);

/// What became of one item; pure.
std::string explain_item(Plan const& plan, storage::ItemRecord const& item);

}  // namespace newswired::daemon
