// What came to a feed since its last poll, for its rhythm, and whether the document has moved on so far that
// something was missed.
//
// A document holds the last so many items.  When none of them was there at the last poll, others may have
// come and gone in between.  What only looks so (every item got a new guid, another document stands in its
// place) has dates from before, or content that the store knows.  Pure.

#pragma once

#include "daemon/pass/harvest.hpp"
#include "feeds/feed_state.hpp"
#include "feeds/pace/rhythm.hpp"

#include <vector>

namespace newswired::daemon {

struct Arrivals {
    std::vector<feeds::Arrival> items{};  ///< oldest first
    bool moved_on = false;                ///< the document has nothing in common with the last one
};

/// `harvest` with its findings still in it; `before` and `state` as the last poll left them.
Arrivals arrivals_of(Harvest const& harvest, feeds::ParsedFeed const& document, feeds::FeedState const& state,
                     feeds::Window const& before, SystemTime now);

}  // namespace newswired::daemon
