// RocksDB behind a small face: opened with our options, reopened after a full disk.  The only header in the
// house that shows RocksDB; for rocks_*.cpp only.

#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "storage/rocks_store.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

namespace newswired::storage {

enum Family : unsigned { kDefault = 0, kKnown = 1, kOutbox = 2 };
inline constexpr unsigned kFamilies = 3;

class RocksDb {
  public:
    RocksDb(RocksOptions const& options, Clock& clock);
    ~RocksDb();

    Result<void> open();
    /// Closes and opens again: after a full disk RocksDB does not come back by itself.
    Result<void> reopen();

    /// Whether there is room enough on the disk to open again: that writes what the last log files hold.
    bool has_room_to_reopen() const;

    /// What a status means to our callers.
    static Error error_of(rocksdb::Status const& status);

    /// Writes the batch; on an error nothing of it counts.
    Result<void> write(rocksdb::WriteBatch& batch, bool sync);
    Result<void> flush();

    bool is_open() const { return db_ != nullptr; }
    rocksdb::DB& db() { return *db_; }
    rocksdb::ColumnFamilyHandle* family(Family family) const { return handles_[family]; }

    /// Held shared by readers, alone while reopening.
    std::shared_mutex& mutex() { return mutex_; }

  private:
    void close();

    RocksOptions options_;
    rocksdb::Options base_;
    std::array<rocksdb::ColumnFamilyOptions, kFamilies> families_;
    std::unique_ptr<rocksdb::CompactionFilter> filter_;
    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> handles_;
    std::shared_mutex mutex_;
};

}  // namespace newswired::storage
