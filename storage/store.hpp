// The door to what must survive a crash.
//
// One poll ends in one commit: the feed's new state, what is now known of its items, and the articles for the
// sinks go in together or not at all.  A poll that did not commit never happened and is simply polled again.
// The outbox is a log of articles with gapless sequence numbers; every sink is a reader of it with a cursor.
//
// Behind it: RocksDB (rocks_store.hpp), and for tests the memory (memory_store.hpp).
// Every call may be made from any I/O thread; the answer comes back on the thread that asked.
// On `unavailable` repeat the *same* call: dedup makes it idempotent.  On `full` stop polling.

#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "storage/errors.hpp"
#include "storage/records.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace newswired::storage {

class Store {
  public:
    virtual ~Store() = default;

    /// Name of this life of the state (the record's "log"); constant while the store is open.
    virtual std::string log() const = 0;

    /// The feeds' records, in the order asked; an unknown feed has an empty one.
    virtual Task<Result<std::vector<FeedRecord>>> feeds(std::vector<FeedId> ids) = 0;
    /// When each known feed is due, in no order, and what `glance`, if it is not null, sees in its state.
    virtual Task<Result<std::vector<DueTime>>> due_times(Glance glance) = 0;
    /// Forgets the feeds' state and schedule, not their articles.
    virtual Task<Result<void>> remove_feeds(std::vector<FeedId> ids) = 0;

    /// What is remembered of the sites, in the order asked; of an unknown one, nothing.
    virtual Task<Result<std::vector<std::string>>> sites(std::vector<std::uint64_t> ids) = 0;

    virtual Task<Result<Receipt>> commit(PollCommit poll) = 0;
    /// What commit() would say of the poll's items now, if no other poll came between; writes nothing.
    /// Bodies, notes, state and window may still be missing; the numbers in the verdicts mean nothing.
    virtual Task<Result<Receipt>> preview(PollCommit poll) = 0;

    /// Articles after `after`, in order, at most `max_count` and (but for the first) `max_bytes`.
    /// Waits for nothing: an empty answer means there is none yet.
    virtual Task<Result<std::vector<OutboxEntry>>> read(std::uint64_t after, std::size_t max_count,
                                                        std::size_t max_bytes) = 0;
    /// Returns when the outbox holds an article above `after`, or the store closes.
    virtual Task<void> wait_for_article(std::uint64_t after) = 0;

    /// The sink's cursor; one that was never set is {0, ""}.
    virtual Task<Result<Cursor>> cursor(std::string sink) = 0;
    /// Moves the cursor from `old` to `next`, durably; `conflict` when it was not at `old.seq`.
    virtual Task<Result<void>> advance(std::string sink, Cursor old, Cursor next) = 0;

    /// All push subscriptions, in no order.
    virtual Task<Result<std::vector<SubscriptionRecord>>> subscriptions() = 0;
    /// Keeps a subscription in place of what was kept for that feed; with empty bytes, forgets it.
    virtual Task<Result<void>> keep_subscription(SubscriptionRecord subscription) = 0;

    /// Keeps what a sink refused, durably, in place of an earlier letter of that number; the sink's oldest
    /// letters beyond `most` are forgotten.  Returns how many were.
    virtual Task<Result<std::size_t>> add_dead(std::string sink, DeadLetter letter, std::size_t most) = 0;
    /// The sink's dead letters after `after`, by number.
    virtual Task<Result<std::vector<DeadLetter>>> dead(std::string sink, std::uint64_t after,
                                                       std::size_t max_count) = 0;
    virtual Task<Result<void>> remove_dead(std::string sink, std::vector<std::uint64_t> seqs) = 0;

    /// Items whose canonical URL has that hash, of any feed.
    virtual Task<Result<std::vector<ItemRecord>>> items_by_url(std::uint64_t url_hash) = 0;

    /// Drops from the outbox what every sink in `sinks` has and `policy` no longer retains.
    virtual Task<Result<void>> trim(TrimPolicy policy, std::vector<std::string> sinks) = 0;
    virtual Task<Result<Stats>> stats() = 0;
    /// Writes what is only in memory; for a clean exit.
    virtual Task<Result<void>> flush() = 0;
};

}  // namespace newswired::storage
