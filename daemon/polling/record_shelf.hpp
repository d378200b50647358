// Records of feeds that will soon be asked again: what a pass has just left in storage need not be read from
// there.
//
// Reading a record costs a poll that brings nothing new a sixth of its time.  What is taken from the shelf is
// gone from it, and comes back with the next pass; so what is on it is what rests in storage, as long as
// nobody but this poller's passes writes it.  When the shelf is full, what comes is read again: which feeds
// are on it then stays the same, and with it what it is good for.

#pragma once

#include "core/time.hpp"
#include "storage/records.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace newswired::daemon {

class RecordShelf {
  public:
    using Slot = std::uint32_t;

    // For each I/O thread: ten thousand feeds with few items, or a thousand with many.
    static constexpr std::size_t kMaxBytes = 6 << 20;
    // A feed that rests for longer would keep its place from others.
    static constexpr std::chrono::hours kLongestRest{2};

    /// Keeps the record of a feed that rests for `rest`, if it is worth it.
    void put(Slot slot, storage::FeedRecord record, SystemTime::duration rest);
    /// None when it has to be read.
    std::optional<storage::FeedRecord> take(Slot slot);
    void forget(Slot slot) { take(slot); }

    std::size_t bytes() const { return bytes_; }

  private:
    std::unordered_map<Slot, storage::FeedRecord> records_;
    std::size_t bytes_ = 0;
};

}  // namespace newswired::daemon
