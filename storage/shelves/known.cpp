#include "storage/shelves/known.hpp"

#include "storage/keys.hpp"
#include "storage/values.hpp"

#include <chrono>
#include <utility>

namespace newswired::storage {

Result<std::vector<std::string>> read_sites(Tables const& tables, std::vector<std::uint64_t> const& ids,
                                            SystemTime now) {
    auto const second = std::chrono::floor<seconds>(now.time_since_epoch()).count();
    std::vector<std::string> memories;
    for (auto const id : ids) {
        auto const bytes = tables.get(kKnown, site_key(id));
        if (!bytes) {
            return bytes.error();
        }
        auto const lives = *bytes && ends_at(**bytes) >= second;
        memories.push_back(lives ? decode_site(**bytes).value_or("") : "");
    }
    return memories;
}

Result<std::vector<ItemRecord>> find_items(Tables const& tables, std::uint64_t url_hash) {
    struct Holder {
        FeedId feed;
        ArticleKey key;
    };
    std::vector<Holder> holders;
    auto const prefix = url_key(url_hash, FeedId{}).substr(0, 9);
    auto const take = [&](std::string_view key, std::string_view value) {
        if (auto const link = decode_url(value)) {
            holders.push_back({.feed = {number_at(key.substr(prefix.size()))}, .key = link->key});
        }
        return true;
    };
    if (auto const visited = tables.visit(kKnown, prefix, prefix, take); !visited) {
        return visited.error();
    }
    std::vector<ItemRecord> records;
    for (auto const& holder : holders) {
        auto const bytes = tables.get(kKnown, item_key(holder.feed, holder.key));
        if (!bytes) {
            return bytes.error();
        }
        if (auto const item = *bytes ? decode_item(**bytes) : std::nullopt) {
            records.push_back(record_of(holder.feed, holder.key, *item));
        }
    }
    return records;
}

}  // namespace newswired::storage
