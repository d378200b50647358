// The archives of a feed (RFC 5005, section 4: rel="prev-archive"): what its document no longer holds.
//
// Read only when a gap was seen, back to the first archive that holds something known.  They are documents of
// the feed as its own is: asked in their host's turn, read on a worker, with the operator's secrets for the
// feed's origin alone.

#pragma once

#include "core/clock.hpp"
#include "core/task.hpp"
#include "daemon/pass/harvest.hpp"
#include "daemon/pass/pass.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace newswired::daemon {

/// A year of monthly archives is more than a gap needs, and a chain may be a circle.
inline constexpr std::size_t kMaxArchives = 10;
/// For all of them: the document's own articles wait for theirs.
inline constexpr std::chrono::minutes kAllArchives{2};

struct Filling {
    std::vector<Finding> findings{};  ///< what was missed, as backlog, oldest first
    bool complete = false;            ///< the archives reach back to what was known
    bool stopped = false;             ///< the daemon is about to end: another poll shall do it
};

/// Reads the archives from `archive` on.  Bounded; what can't be read ends it.
Task<Filling> read_archives(Pass& pass, std::string archive);

}  // namespace newswired::daemon
