// The stage of a pass that writes up articles whose pages are wanted: pages, write-up, commit, part by part.

#pragma once

#include "core/task.hpp"
#include "daemon/pass.hpp"
#include "daemon/reading.hpp"

namespace newswired::daemon {

/// Fetches the pages of the findings that `reading` still holds and commits all of them but the last part,
/// which is left in `pass.commit`.  Until that is written the poll is not over: the store keeps the feed's
/// old state, and a poll that breaks off is repeated, with what was told known by then.  False when the
/// daemon stops before all is done.
Task<bool> fetch_pages(Pass& pass, Reading& reading);

}  // namespace newswired::daemon
