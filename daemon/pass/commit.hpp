// The end of a pass: what it found goes into the store, in one batch or, while pages are fetched, in parts.

#pragma once

#include "core/task.hpp"
#include "daemon/pass/pass.hpp"
#include "storage/store.hpp"

namespace newswired::daemon {

/// What the commit of `pass` and its parts have in common.
storage::PollCommit frame_of(Pass const& pass);

/// Gives the pass's commit what its frame says, so that it can be written.
void complete_commit(Pass& pass);

/// Writes `pass.commit` and counts what became of its items.  Repeats the same batch until it is written or
/// surely never will be; dedup makes a repetition harmless.
Task<storage::Receipt> write(Pass& pass);

}  // namespace newswired::daemon
