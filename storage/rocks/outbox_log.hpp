// The log of articles in RocksDB: gapless numbers, the running total of bytes in each entry, trimmed from the
// old end.
//
// Written by the commit thread only; name(), stats() and the numbers may be read from any thread.  The newest
// entry is never trimmed, so that the log always knows where it ends.

#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/log_identity.hpp"
#include "storage/records.hpp"
#include "storage/rocks/database.hpp"
#include "storage/trimming.hpp"

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace newswired::storage {

class OutboxLog {
  public:
    explicit OutboxLog(RocksDb& db) : db_{db} {}

    /// Finds both ends; a new state gets its name, its birth and its version.
    Result<void> open(SystemTime now);
    /// Whether the state is as an older program left it.
    bool has_older_layout() const { return identity_.layout < kLayoutVersion; }
    /// What older programs have written is as today's program writes it: they can't read it any more.
    Result<void> note_layout();
    /// Finds both ends again, after the database was opened anew.
    Result<void> reopen();

    std::string name() const { return identity_.name; }
    std::uint64_t last_seq() const { return last_seq_; }
    std::uint64_t total() const { return total_; }
    /// Bytes of the articles that the log holds now.
    std::uint64_t bytes() const { return total_ - trimmed_; }
    LogEnds ends() const;
    Stats stats() const;

    /// Adds the articles to `batch`; wrote() once that is written.
    void append(rocksdb::WriteBatch& batch, std::vector<OutboxEntry> const& entries,
                std::vector<std::uint64_t> const& totals) const;
    void wrote(std::uint64_t last_seq, std::uint64_t total);

    /// Drops articles up to `bound` that `policy` does not retain; does nothing when it is not worth it.
    Result<void> trim(TrimPolicy const& policy, std::uint64_t bound, SystemTime now);

  private:
    Result<void> read_identity(SystemTime now);
    Result<void> write_identity();
    Result<void> find_ends();

    RocksDb& db_;
    LogIdentity identity_;  // never changes after open(): any thread reads it
    std::atomic<std::uint64_t> first_seq_{1};
    std::atomic<std::uint64_t> last_seq_{0};
    std::atomic<std::uint64_t> total_{0};
    std::atomic<std::uint64_t> trimmed_{0};
};

}  // namespace newswired::storage
