#include "storage/shelves/outbox.hpp"

#include "storage/errors.hpp"
#include "storage/keys.hpp"
#include "storage/values.hpp"

#include <utility>

namespace newswired::storage {

Result<std::vector<OutboxEntry>> read_outbox(Tables const& tables, std::uint64_t after, std::size_t max_count,
                                             std::size_t max_bytes) {
    std::vector<OutboxEntry> entries;
    std::size_t bytes = 0;
    bool corrupt = false;
    auto const take = [&](std::string_view key, std::string_view value) {
        if (entries.size() >= max_count) {
            return false;
        }
        auto entry = decode_entry(number_at(key), value);
        if (!entry) {
            corrupt = true;
            return false;
        }
        bytes += entry->body.size();
        if (!entries.empty() && bytes > max_bytes) {
            return false;
        }
        entries.push_back(std::move(*entry));
        return true;
    };
    if (auto const visited = tables.visit(kOutbox, outbox_key(after + 1), "", take); !visited) {
        return visited.error();
    }
    return corrupt ? Result<std::vector<OutboxEntry>>{errc::corrupt} : std::move(entries);
}

Result<Mark> read_mark(Tables const& tables, std::uint64_t seq) {
    auto const bytes = tables.get(kOutbox, outbox_key(seq));
    if (!bytes) {
        return bytes.error();
    }
    auto const entry = *bytes ? decode_entry(seq, **bytes) : std::nullopt;
    if (!entry) {
        return errc::corrupt;
    }
    return Mark{.time = entry->time, .total = *decode_total(**bytes), .bytes = entry->body.size()};
}

}  // namespace newswired::storage
