// The stage of a pass that makes candidates of its findings: pages where they are wanted, what the site's
// articles have in common, write-up; and commits them, part by part where there is much.

#pragma once

#include "core/task.hpp"
#include "daemon/pass/pass.hpp"
#include "daemon/pass/reading.hpp"

#include <cstddef>

namespace newswired::daemon {

/// Findings of one commit: a batch of some ten thousand would hold up the polls of all other feeds.
inline constexpr std::size_t kFindingsAPart = 1000;

/// Finishes the findings that `reading` holds and commits all of them but the last part, which is left in
/// `pass.commit`.  Until that is written the poll is not over: the store keeps the feed's old state, and a
/// poll that breaks off is repeated, with what was told known by then.  False when the daemon stops before
/// all is done.
Task<bool> write_articles(Pass& pass, Reading& reading);

/// What the store would say of the findings now; false when it closes.
Task<bool> preview(Pass& pass, std::vector<Finding> const& findings, storage::Receipt& receipt);

}  // namespace newswired::daemon
