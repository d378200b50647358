// Reading the log of articles.  The same for every store.

#pragma once

#include "core/result.hpp"
#include "storage/records.hpp"
#include "storage/tables.hpp"
#include "storage/trimming.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace newswired::storage {

/// Entries after `after`, in order, at most `max_count` and (but for the first) `max_bytes` of bodies.
Result<std::vector<OutboxEntry>> read_outbox(Tables const& tables, std::uint64_t after, std::size_t max_count,
                                             std::size_t max_bytes);

/// What trimming wants to know of an entry; `corrupt` when it is not there.
Result<Mark> read_mark(Tables const& tables, std::uint64_t seq);

}  // namespace newswired::storage
