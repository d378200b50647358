// A gap in a feed: its document moved on completely between two polls, and articles were missed.
//
// Whether it did is seen in the document (arrivals.hpp) and confirmed by the store: one item that it knows
// says that nothing was missed.  What can be had from the feed's archives (archives.hpp) then goes before the
// document's own articles, and an event says since when something may be missing: behind them, or where they
// are committed part by part, behind the first part of the document's own that is told.

#pragma once

#include "core/task.hpp"
#include "daemon/pass/pass.hpp"
#include "daemon/pass/reading.hpp"

namespace newswired::daemon {

/// Before anything of the document is taken over.  In a gap, says so in `reading`, puts the findings of the
/// archives in front of its own and leaves the event in `pass.commit`.  False when the daemon stops before
/// that is done.
Task<bool> look_for_gap(Pass& pass, Reading& reading);

}  // namespace newswired::daemon
