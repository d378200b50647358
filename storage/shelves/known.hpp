// What is known, as those outside ask for it: sites for learning, items for `explain`.  The same for every
// store; what a commit asks goes through the ledger (ledger.hpp).

#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/records.hpp"
#include "storage/tables.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace newswired::storage {

/// What is remembered of the sites, in the order asked; of one that is unknown or forgotten by `now`,
/// nothing.
Result<std::vector<std::string>> read_sites(Tables const& tables, std::vector<std::uint64_t> const& ids,
                                            SystemTime now);

/// Items of any feed whose canonical URL has that hash.
Result<std::vector<ItemRecord>> find_items(Tables const& tables, std::uint64_t url_hash);

}  // namespace newswired::storage
