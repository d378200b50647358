#include "daemon/polling/record_shelf.hpp"

#include <utility>

namespace newswired::daemon {
namespace {

// With the entry and what the heap adds to each of its parts.
std::size_t cost_of(storage::FeedRecord const& record) {
    constexpr std::size_t kEntry = 128;
    return kEntry + record.state.capacity() + record.window.capacity();
}

}  // namespace

void RecordShelf::put(Slot slot, storage::FeedRecord record, SystemTime::duration rest) {
    forget(slot);
    auto const cost = cost_of(record);
    if (record.state.empty() || rest > kLongestRest || bytes_ + cost > kMaxBytes) {
        return;
    }
    auto const place = records_.emplace(slot, std::move(record)).first;
    bytes_ += cost_of(place->second);
}

std::optional<storage::FeedRecord> RecordShelf::take(Slot slot) {
    auto const place = records_.find(slot);
    if (place == records_.end()) {
        return {};
    }
    bytes_ -= cost_of(place->second);
    std::optional<storage::FeedRecord> record{std::move(place->second)};
    records_.erase(place);
    return record;
}

}  // namespace newswired::daemon
