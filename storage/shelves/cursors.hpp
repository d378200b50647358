// Where the sinks stand in the log.  The same for every store.
//
// Written without a sync: after a power cut a cursor may be a little old, and the sink then cuts what it has
// back to it; the articles themselves are safe (they were synced before any sink saw them).

#pragma once

#include "core/result.hpp"
#include "storage/records.hpp"
#include "storage/tables.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace newswired::storage {

/// One that was never set is {0, ""}.
Result<Cursor> read_cursor(Tables const& tables, std::string const& sink);

/// Moves the cursor on; `conflict` when it does not stand at `old_seq`.
Result<void> move_cursor(Tables& tables, std::string const& sink, std::uint64_t old_seq, Cursor const& next);

/// The last article that every one of the sinks has, of a log that ends at `last_seq`.
Result<std::uint64_t> read_by_all(Tables const& tables, std::vector<std::string> const& sinks,
                                  std::uint64_t last_seq);

}  // namespace newswired::storage
