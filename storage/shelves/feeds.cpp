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
        keys.push_back(feed_key(id));
        keys.push_back(window_key(id));
    }
    auto values = tables.get_all(kDefault, keys);
    if (!values) {
        return values.error();
    }
    std::vector<FeedRecord> records(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (auto const& feed = (*values)[2 * i]) {
            records[i].state = state_in(*feed);
        }
        records[i].window = std::move((*values)[2 * i + 1]).value_or("");
    }
    return records;
}

Result<std::vector<DueTime>> read_due_times(Tables const& tables, Glance glance) {
    std::vector<DueTime> times;
    auto const take = [&times, glance](std::string_view key, std::string_view value) {
        auto const due = decode_due(value);
        if (key.size() == kTaggedKey && due) {
            times.push_back({.feed = {number_at(key.substr(1))},
                             .next_poll = *due,
                             .seen = glance != nullptr ? glance(state_in(value)) : 0});
        }
        return true;
    };
    auto const visited = tables.visit(kDefault, "d", "d", take);
    return visited ? Result<std::vector<DueTime>>{std::move(times)} : visited.error();
}

Result<void> forget_feeds(Tables& tables, std::vector<FeedId> const& ids) {
    Batch batch;
    for (auto const id : ids) {
        for (auto& key : {feed_key(id), window_key(id)}) {
            batch.push_back({.family = kDefault, .key = key});
        }
    }
    return tables.write(std::move(batch), false);
}

namespace {

// Some feeds whose memory stands apart, as it stands there.
Result<Batch> some_apart(Tables const& tables) {
    constexpr std::size_t kMost = 1000;
    Batch apart;
    auto const take = [&apart](std::string_view key, std::string_view value) {
        apart.push_back({.family = kDefault, .key = std::string{key}, .value = std::string{value}});
        return apart.size() < kMost;
    };
    auto const visited = tables.visit(kDefault, "f", "f", take);
    return visited ? Result<Batch>{std::move(apart)} : visited.error();
}

}  // namespace

Result<void> join_states(Tables& tables) {
    for (;;) {
        auto apart = some_apart(tables);
        if (!apart || apart->empty()) {
            return apart ? Result<void>{} : apart.error();
        }
        Batch joined;
        for (auto& [family, key, state] : *apart) {
            auto const feed = "d" + key.substr(1);
            auto const due = tables.get(kDefault, feed);
            if (!due) {
                return due.error();
            }
            auto const time = *due ? decode_due(**due) : std::nullopt;
            joined.push_back({.family = kDefault,
                              .key = feed,
                              .value = encode_feed(time.value_or(SystemTime{}), state.value_or(""))});
            joined.push_back({.family = kDefault, .key = std::move(key)});
        }
        if (auto const written = tables.write(std::move(joined), false); !written) {
            return written;
        }
    }
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
