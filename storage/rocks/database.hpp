// RocksDB behind a small face: opened with our options (tuning.hpp), opened again after a full disk.
//
// Read from any thread that holds mutex() shared, written by one thread, which also reopens.

#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "storage/rocks/tuning.hpp"
#include "storage/rocks_store.hpp"
#include "storage/tables.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::storage {

inline rocksdb::Slice slice(std::string_view bytes) {
    return {bytes.data(), bytes.size()};
}

inline std::string_view view(rocksdb::Slice const& bytes) {
    return {bytes.data(), bytes.size()};
}

class RocksDb final : public Tables {
  public:
    RocksDb(RocksOptions const& options, Clock& clock);
    ~RocksDb() override;

    Result<void> open();
    /// Whether a write has failed: RocksDB takes no further ones before it is opened again.
    bool is_broken() const { return broken_; }
    /// Closes and opens again: after a full disk RocksDB does not come back by itself.
    Result<void> reopen();
    /// Whether there is room enough on the disk to open again: that writes what the last log files hold.
    bool has_room_to_reopen() const;
    /// What was found on reopening is consistent with the rest of the store.
    void mended() { broken_ = false; }

    Result<Value> get(Family family, std::string const& key) const override;
    Result<std::vector<Value>> get_all(Family family, std::vector<std::string> const& keys) const override;
    Result<void> visit(Family family, std::string const& from, std::string const& prefix,
                       Visitor const& visitor) const override;
    Result<void> write(Batch batch, bool sync) override;
    /// The same for a batch that is made already; on an error nothing of it counts.
    Result<void> write(rocksdb::WriteBatch& batch, bool sync);
    Result<void> flush();

    bool is_open() const { return db_ != nullptr; }
    rocksdb::DB& db() const { return *db_; }
    rocksdb::ColumnFamilyHandle* family(Family family) const { return handles_[family]; }

    /// Held shared by readers, alone while reopening.
    std::shared_mutex& mutex() const { return mutex_; }

    /// What a status means to our callers.
    static Error error_of(rocksdb::Status const& status);

  private:
    void close();
    void tell_once(std::string reason);

    RocksOptions options_;
    Tuning tuning_;
    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> handles_;
    bool broken_ = false;
    std::string told_;  // why it could not be opened last
    mutable std::shared_mutex mutex_;
};

}  // namespace newswired::storage
