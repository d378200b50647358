// Trimming: how much of the log's old end may go.  Decides only; the same for every store.

#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/records.hpp"

#include <cstdint>
#include <functional>

namespace newswired::storage {

/// Where the log begins and ends, and how many bytes of articles it holds (`bytes`) and ever held (`total`).
struct LogEnds {
    std::uint64_t first_seq = 1;
    std::uint64_t last_seq = 0;
    std::uint64_t total = 0;
    std::uint64_t bytes = 0;
};

/// Whether the log takes no more articles.  One article alone never fills it: it could not be trimmed away.
bool is_full(LogEnds const& ends, std::uint64_t max_bytes);

/// Time of an entry, the running total of bytes up to it, and its own bytes.
struct Mark {
    SystemTime time{};
    std::uint64_t total = 0;
    std::uint64_t bytes = 0;
};

using MarkOf = std::function<Result<Mark>(std::uint64_t seq)>;

/// The number of the first entry that stays; `ends.first_seq` when nothing goes or it is not worth it.
///
/// Every sink has the articles up to `bound`.  The newest entry always stays, so that the log knows where it
/// ends.
Result<std::uint64_t> first_to_stay(LogEnds const& ends, TrimPolicy const& policy, std::uint64_t bound,
                                    SystemTime now, MarkOf const& mark_of);

}  // namespace newswired::storage
