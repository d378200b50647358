// Who polls what, and when first: feeds are handed to the I/O threads by host, and start-up is spread out.

#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "daemon/plan.hpp"
#include "daemon/polling/poller.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace newswired::daemon {

/// The number of the thread, of `threads`, that a feed at `url` belongs to.
std::size_t thread_for(std::string_view url, std::size_t threads);

/// For each of `threads` threads its feeds.  A feed belongs to the thread of its host, so that politeness,
/// names and kept connections need no locks.  When a feed is due, and whether its host asked for peace until
/// then, is read from `store`; what is new or overdue is spread over some time from `now` on, the longer the
/// more there is of it (nothing is spread in once mode, which asks every feed at once).
Task<Result<std::vector<std::vector<Assignment>>>> assign(storage::Store& store, SharedPlan plan,
                                                          std::size_t threads, PollMode mode, SystemTime now);

}  // namespace newswired::daemon
