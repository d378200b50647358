#include "storage/rocks_db.hpp"

#include "core/log.hpp"
#include "storage/values.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/compaction_filter.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <cstdarg>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <utility>

namespace newswired::storage {
namespace {

// Without a logger of ours librocksdb 7.8 writes a file LOG of its own, and aborts the process when the disk
// is full.
class RocksLog final : public rocksdb::Logger {
  public:
    RocksLog() : Logger{rocksdb::InfoLogLevel::WARN_LEVEL} {}

    void Logv(char const* format, va_list arguments) override {
        Logv(rocksdb::InfoLogLevel::INFO_LEVEL, format, arguments);
    }
    void Logv(rocksdb::InfoLogLevel const level, char const* format, va_list arguments) override {
        if (level < rocksdb::InfoLogLevel::WARN_LEVEL) {
            return;
        }
        char line[512];
        std::vsnprintf(line, sizeof line, format, arguments);
        log::warn("RocksDB", {{"says", line}});
    }
};

// Ends what is remembered: every value of family "known" begins with its end.
class EndFilter final : public rocksdb::CompactionFilter {
  public:
    explicit EndFilter(Clock& clock) : clock_{clock} {}

    char const* Name() const override { return "newswired.ends"; }
    bool Filter(int, rocksdb::Slice const&, rocksdb::Slice const& value, std::string*, bool*) const override {
        auto const now = std::chrono::floor<seconds>(clock_.now().time_since_epoch()).count();
        return ends_at({value.data(), value.size()}) < now;
    }

  private:
    Clock& clock_;
};

rocksdb::BlockBasedTableOptions table_options(std::shared_ptr<rocksdb::Cache> cache, bool with_filter) {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = std::move(cache);
    table.block_size = 16 * 1024;
    table.cache_index_and_filter_blocks = true;  // else they grow outside of any bound
    table.pin_l0_filter_and_index_blocks_in_cache = true;
    if (with_filter) {
        // Most questions are about what is not there: 1 µs instead of 10.
        table.filter_policy.reset(rocksdb::NewRibbonFilterPolicy(10));
        table.whole_key_filtering = true;
    }
    return table;
}

rocksdb::Options base_options() {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    options.info_log = std::make_shared<RocksLog>();
    options.max_background_jobs = 2;
    options.max_open_files = 256;
    options.keep_log_file_num = 1;
    options.stats_dump_period_sec = 0;
    options.stats_persist_period_sec = 0;
    options.max_total_wal_size = 64 << 20;  // bounds what is replayed after a crash
    options.bytes_per_sync = 1 << 20;
    options.avoid_unnecessary_blocking_io = true;
    return options;
}

// RocksDB has no code of its own for this.  By another process, and by this one; not a LOCK that may not be
// opened, nor a folder with "lock" in its name.
bool speaks_of_a_held_lock(std::string const& reason) {
    return reason.find("While lock file") != std::string::npos ||
           reason.find("lock hold by current process") != std::string::npos;
}

}  // namespace

RocksDb::RocksDb(RocksOptions const& options, Clock& clock)
    : options_{options}, base_{base_options()}, filter_{std::make_unique<EndFilter>(clock)} {
    if (options.environment != nullptr) {
        base_.env = options.environment;
    }
    auto const cache = rocksdb::NewLRUCache(options.block_cache_bytes);
    for (auto& family : families_) {
        family = rocksdb::ColumnFamilyOptions{base_};
        family.compression = rocksdb::kLZ4Compression;
        family.write_buffer_size = 8 << 20;
    }
    // Articles come in the order of their keys and are read once, soon: the youngest (L1's bound) go down by
    // a change of their files' names.  What is older is only kept, and worth compressing.
    families_[kOutbox].compression_per_level = {rocksdb::kNoCompression, rocksdb::kNoCompression,
                                                rocksdb::kLZ4Compression};
    families_[kOutbox].max_bytes_for_level_base = 256 << 20;
    families_[kDefault].table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(cache, true)));
    families_[kKnown].table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(cache, true)));
    families_[kKnown].compaction_filter = filter_.get();
    // Most of what is looked up there is new, and not in the memtable either.
    families_[kKnown].memtable_prefix_bloom_size_ratio = 0.05;
    families_[kKnown].memtable_whole_key_filtering = true;
    // A hint for each kind of key: a group's keys come sorted (rocks_store.cpp).
    families_[kKnown].memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
    families_[kKnown].write_buffer_size = 16 << 20;
    auto outbox = table_options(cache, false);
    outbox.block_size = 64 * 1024;  // articles are read in a row, and a few fill 16 kB
    families_[kOutbox].table_factory.reset(rocksdb::NewBlockBasedTableFactory(outbox));
    families_[kOutbox].write_buffer_size = 16 << 20;
}

RocksDb::~RocksDb() {
    close();
}

Error RocksDb::error_of(rocksdb::Status const& status) {
    if (status.ok()) {
        return {};
    }
    if (status.IsNoSpace()) {
        return errc::no_space;
    }
    if (status.IsCorruption()) {
        return errc::corrupt;
    }
    if (status.IsIOError() && speaks_of_a_held_lock(status.ToString())) {
        return errc::in_use;
    }
    return errc::unavailable;
}

Result<void> RocksDb::open() {
    std::error_code ignored;
    std::filesystem::create_directories(options_.path, ignored);
    std::vector<rocksdb::ColumnFamilyDescriptor> const descriptors{
        {rocksdb::kDefaultColumnFamilyName, families_[kDefault]},
        {"known", families_[kKnown]},
        {"outbox", families_[kOutbox]}};
    rocksdb::DB* db = nullptr;
    auto const status = rocksdb::DB::Open(base_, options_.path, descriptors, &handles_, &db);
    if (!status.ok()) {
        log::error("RocksDB can't open the state", {{"path", options_.path}, {"reason", status.ToString()}});
        return error_of(status);
    }
    db_.reset(db);
    return {};
}

void RocksDb::close() {
    if (!db_) {
        return;
    }
    for (auto* const handle : handles_) {
        (void)db_->DestroyColumnFamilyHandle(handle);
    }
    handles_.clear();
    (void)db_->Close();
    db_.reset();
}

Result<void> RocksDb::reopen() {
    std::unique_lock const alone{mutex_};
    close();
    return open();
}

bool RocksDb::has_room_to_reopen() const {
    constexpr std::uintmax_t kRoom = 16 << 20;  // one write buffer
    std::error_code failed;
    auto const space = std::filesystem::space(options_.path, failed);
    return failed || space.available >= kRoom;
}

Result<void> RocksDb::write(rocksdb::WriteBatch& batch, bool sync) {
    if (!db_) {
        return errc::unavailable;
    }
    rocksdb::WriteOptions options;
    options.sync = sync;
    auto const status = db_->Write(options, &batch);
    if (!status.ok()) {
        log::error("The state can't be written", {{"reason", status.ToString()}});
        return error_of(status);
    }
    return {};
}

Result<void> RocksDb::flush() {
    if (!db_) {
        return errc::unavailable;
    }
    rocksdb::FlushOptions options;
    auto const status = db_->Flush(options, handles_);
    return status.ok() ? Result<void>{} : Result<void>{error_of(status)};
}

}  // namespace newswired::storage
