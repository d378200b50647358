// What happens on the commit thread: a group of polls is decided about (ledger.hpp) and written as one batch,
// synced when it holds articles; after a failed write the database is opened again.

#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "storage/records.hpp"
#include "storage/rocks/database.hpp"
#include "storage/rocks/outbox_log.hpp"
#include "storage/tail.hpp"

#include <cstdint>
#include <vector>

namespace newswired::storage {

class Writer {
  public:
    /// All of them outlive the writer.  The outbox takes no more articles beyond `outbox_max_bytes`.
    Writer(RocksDb& db, OutboxLog& outbox, Tail& tail, Clock& clock, std::uint64_t outbox_max_bytes)
        : db_{db}, outbox_{outbox}, tail_{tail}, clock_{clock}, outbox_max_bytes_{outbox_max_bytes} {}

    /// An answer for each poll, in order.  Their bodies are gone afterwards.
    std::vector<Result<Receipt>> commit(std::vector<PollCommit>& polls);

    /// What commit() would say of the poll now; writes nothing, and runs on any thread that reads.
    Result<Receipt> preview(PollCommit& poll) const;

    /// Before every write: opens the database again if the last one failed.
    Result<void> heal();

  private:
    Result<std::vector<Receipt>> write(std::vector<PollCommit*> const& polls);

    RocksDb& db_;
    OutboxLog& outbox_;
    Tail& tail_;
    Clock& clock_;
    std::uint64_t outbox_max_bytes_;
};

}  // namespace newswired::storage
