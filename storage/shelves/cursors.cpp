#include "storage/shelves/cursors.hpp"

#include "storage/errors.hpp"
#include "storage/keys.hpp"
#include "storage/values.hpp"

#include <algorithm>
#include <utility>

namespace newswired::storage {

Result<Cursor> read_cursor(Tables const& tables, std::string const& sink) {
    auto const bytes = tables.get(kDefault, cursor_key(sink));
    if (!bytes) {
        return bytes.error();
    }
    if (!*bytes) {
        return Cursor{};
    }
    auto cursor = decode_cursor(**bytes);
    return cursor ? Result<Cursor>{std::move(*cursor)} : Result<Cursor>{errc::corrupt};
}

Result<void> move_cursor(Tables& tables, std::string const& sink, std::uint64_t old_seq, Cursor const& next) {
    auto const current = read_cursor(tables, sink);
    if (!current) {
        return current.error();
    }
    if (current->seq != old_seq) {
        return errc::conflict;
    }
    Batch batch;
    batch.push_back({.family = kDefault, .key = cursor_key(sink), .value = encode(next)});
    return tables.write(std::move(batch), false);
}

Result<std::uint64_t> read_by_all(Tables const& tables, std::vector<std::string> const& sinks,
                                  std::uint64_t last_seq) {
    auto bound = last_seq;
    for (auto const& sink : sinks) {
        auto const cursor = read_cursor(tables, sink);
        if (!cursor) {
            return cursor.error();
        }
        bound = std::min(bound, cursor->seq);
    }
    return bound;
}

}  // namespace newswired::storage
