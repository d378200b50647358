// Feeds at rest: their memory, when they are due, their push subscriptions.  The same for every store.

#pragma once

#include "core/result.hpp"
#include "storage/records.hpp"
#include "storage/tables.hpp"

#include <vector>

namespace newswired::storage {

/// In the order asked; an unknown feed has an empty record.
Result<std::vector<FeedRecord>> read_feeds(Tables const& tables, std::vector<FeedId> const& ids);

/// When each feed is due that was ever polled, in no order, and what `glance`, if it is not null, sees in its
/// memory.
Result<std::vector<DueTime>> read_due_times(Tables const& tables, Glance glance);

/// Until version 2 of the layout a feed's memory stood apart from when it is due, under 'f': brings both
/// together.  May be broken off, and goes on where it was.
Result<void> join_states(Tables& tables);

/// Their articles, and what is known of them, stay.
Result<void> forget_feeds(Tables& tables, std::vector<FeedId> const& ids);

Result<std::vector<SubscriptionRecord>> read_subscriptions(Tables const& tables);

/// In place of what was kept for that feed; with empty bytes, forgets it.
Result<void> keep_subscription(Tables& tables, SubscriptionRecord subscription);

}  // namespace newswired::storage
