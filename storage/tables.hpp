// Three tables of keys and values, sorted by key: what every store is made of.
//
// Where the same is true of every store it is written once, over this face (shelves/): feeds, subscriptions,
// cursors, dead letters, what is known.  RocksDB (rocks/database.hpp) and the memory (memory/disk.hpp) give
// the tables.  What is in which family, and how it looks, is in docs/storage.md.
//
// Without locks of its own: whoever holds the tables sees to it that they stay while they are read.

#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::storage {

enum Family : unsigned {
    kDefault,  ///< feeds, sinks, the log's identity
    kKnown,    ///< what has been seen; every value begins with its end
    kOutbox,   ///< the log of articles
};
inline constexpr std::size_t kFamilies = 3;

/// A key that gets a value, or with none loses it.
struct Change {
    Family family = kDefault;
    std::string key{};
    std::optional<std::string> value{};
};

using Batch = std::vector<Change>;
using Value = std::optional<std::string>;

class Tables {
  public:
    virtual ~Tables() = default;

    /// The value under the key; none when there is none.
    virtual Result<Value> get(Family family, std::string const& key) const = 0;
    /// The same for many keys at once, in their order.
    virtual Result<std::vector<Value>> get_all(Family family, std::vector<std::string> const& keys) const = 0;

    /// Takes one entry; false when it wants no more.
    using Visitor = std::function<bool(std::string_view key, std::string_view value)>;
    /// Shows the entries from key `from` on that begin with `prefix`, in order.
    virtual Result<void> visit(Family family, std::string const& from, std::string const& prefix,
                               Visitor const& visitor) const = 0;

    /// Writes the whole batch or nothing; with `sync`, it and all that was written before survive a power
    /// cut.
    virtual Result<void> write(Batch batch, bool sync) = 0;
};

}  // namespace newswired::storage
