#include "storage/shelves/feeds.hpp"

#include "storage/keys.hpp"
#include "storage/values.hpp"

#include <utility>

namespace newswired::storage {
namespace {

constexpr std::size_t kTaggedKey = 9;  // a letter and a feed

}  // namespace

Result<std::vector<FeedRecord>> read_feeds(Tables const& tables, std::vector<FeedId> const& ids) {
    std::vector<std::string> keys;
    keys.reserve(2 * ids.size());
    for (auto const id : ids) {
        keys.push_back(state_key(id));
        keys.push_back(window_key(id));
    }
    auto values = tables.get_all(kDefault, keys);
    if (!values) {
        return values.error();
    }
    std::vector<FeedRecord> records(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        records[i].state = std::move((*values)[2 * i]).value_or("");
        records[i].window = std::move((*values)[2 * i + 1]).value_or("");
    }
    return records;
}

Result<std::vector<DueTime>> read_due_times(Tables const& tables) {
    std::vector<DueTime> times;
    auto const take = [&times](std::string_view key, std::string_view value) {
        auto const due = decode_time(value);
        if (key.size() == kTaggedKey && due) {
            times.push_back({.feed = {number_at(key.substr(1))}, .next_poll = *due});
        }
        return true;
    };
    auto const visited = tables.visit(kDefault, "d", "d", take);
    return visited ? Result<std::vector<DueTime>>{std::move(times)} : visited.error();
}

Result<void> forget_feeds(Tables& tables, std::vector<FeedId> const& ids) {
    Batch batch;
    for (auto const id : ids) {
        for (auto& key : {state_key(id), window_key(id), due_key(id)}) {
            batch.push_back({.family = kDefault, .key = key});
        }
    }
    return tables.write(std::move(batch), false);
}

Result<std::vector<SubscriptionRecord>> read_subscriptions(Tables const& tables) {
    std::vector<SubscriptionRecord> records;
    auto const take = [&records](std::string_view key, std::string_view value) {
        if (key.size() == kTaggedKey) {
            records.push_back({.feed = {number_at(key.substr(1))}, .bytes = std::string{value}});
        }
        return true;
    };
    auto const visited = tables.visit(kDefault, "h", "h", take);
    return visited ? Result<std::vector<SubscriptionRecord>>{std::move(records)} : visited.error();
}

Result<void> keep_subscription(Tables& tables, SubscriptionRecord subscription) {
    Change change{.family = kDefault, .key = subscription_key(subscription.feed)};
    if (!subscription.bytes.empty()) {
        change.value = std::move(subscription.bytes);
    }
    Batch batch;
    batch.push_back(std::move(change));
    return tables.write(std::move(batch), false);
}

}  // namespace newswired::storage
