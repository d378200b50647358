// A gap in a feed: its document moved on completely between two polls, and articles were missed.
//
// What can be had from the feed's archives (RFC 5005, section 4: rel="prev-archive") is read and told as
// backlog, oldest first; then an event says since when something may be missing.

#pragma once

#include "core/task.hpp"
#include "daemon/feed_pass.hpp"
#include "daemon/plan.hpp"
#include "feeds/feed_state.hpp"
#include "feeds/window.hpp"
#include "storage/store.hpp"

#include <string>
#include <vector>

namespace newswired::daemon {

/// The feed as the last poll left it.
struct BeforeGap {
    feeds::FeedState const& state;
    feeds::Window const& window;
};

struct Filling {
    std::vector<storage::Candidate> candidates{};  ///< oldest first
    std::vector<std::string> titles{};             ///< theirs, when the log wants articles
    bool complete = false;                         ///< the archives reach back to what was known
};

/// Reads the archives from `archive` on, back to the first that holds something known.  Bounded; what can't
/// be read ends it.  `before` must outlive the task.
Task<Filling> fill_gap(PassServices services, SharedPlan plan, std::size_t feed, BeforeGap before,
                       std::string archive, SystemTime now);

/// The event, to be told unless one of the document's items proves to be known.
storage::Notice gap_notice(Plan const& plan, std::size_t feed, feeds::FeedState const& before,
                           Filling const& filling);

}  // namespace newswired::daemon
