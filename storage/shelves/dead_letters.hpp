// Articles that a sink refused for good, by sink and number.  The same for every store.

#pragma once

#include "core/result.hpp"
#include "storage/records.hpp"
#include "storage/tables.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace newswired::storage {

/// Keeps the letter, synced, in place of an earlier one of that number; the sink's oldest letters beyond
/// `most` go in the same batch.  Returns how many did.
Result<std::size_t> add_dead_letter(Tables& tables, std::string const& sink, DeadLetter const& letter,
                                    std::size_t most);

/// At most `max_count` of the sink's letters with numbers above `after`, by number.
Result<std::vector<DeadLetter>> read_dead_letters(Tables const& tables, std::string const& sink,
                                                  std::uint64_t after, std::size_t max_count);

Result<void> remove_dead_letters(Tables& tables, std::string const& sink,
                                 std::vector<std::uint64_t> const& seqs);

}  // namespace newswired::storage
