#include "storage/rocks/tuning.hpp"

#include "core/log.hpp"
#include "storage/values.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

#include <chrono>
#include <cstdarg>
#include <cstdio>
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

rocksdb::BlockBasedTableOptions table_options(std::shared_ptr<rocksdb::Cache> const& cache,
                                              bool with_filter) {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
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

rocksdb::Options database_options(RocksOptions const& settings) {
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
    if (settings.environment != nullptr) {
        options.env = settings.environment;
    }
    return options;
}

// A hint for each kind of key, which its first byte tells: a group's keys come sorted (rocks/writer.cpp).
void expect_sorted_groups(rocksdb::ColumnFamilyOptions& family) {
    family.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
}

// Feeds and sinks.
void tune_default(rocksdb::ColumnFamilyOptions& family, std::shared_ptr<rocksdb::Cache> const& cache) {
    family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(cache, true)));
    expect_sorted_groups(family);
}

void tune_known(rocksdb::ColumnFamilyOptions& family, std::shared_ptr<rocksdb::Cache> const& cache) {
    family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(cache, true)));
    // Most of what is looked up there is new, and not in the memtable either.
    family.memtable_prefix_bloom_size_ratio = 0.05;
    family.memtable_whole_key_filtering = true;
    expect_sorted_groups(family);
    family.write_buffer_size = 16 << 20;
}

void tune_outbox(rocksdb::ColumnFamilyOptions& family, std::shared_ptr<rocksdb::Cache> const& cache) {
    // Articles come in the order of their keys and are read once, soon: the youngest (L1's bound) go down by
    // a change of their files' names.  What is older is only kept, and worth compressing.
    family.compression_per_level = {rocksdb::kNoCompression, rocksdb::kNoCompression,
                                    rocksdb::kLZ4Compression};
    family.max_bytes_for_level_base = 256 << 20;
    auto table = table_options(cache, false);
    table.block_size = 64 * 1024;  // articles are read in a row, and a few fill 16 kB
    family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    family.write_buffer_size = 16 << 20;
}

}  // namespace

Tuning tuning(RocksOptions const& options, Clock& clock) {
    Tuning all{.database = database_options(options),
               .families = {},
               .end_filter = std::make_unique<EndFilter>(clock)};
    // One bound for all: what is not yet written counts against the cache of what was read.
    auto const cache = rocksdb::NewLRUCache(options.memory_bytes);
    all.database.write_buffer_manager =
        std::make_shared<rocksdb::WriteBufferManager>(options.memory_bytes * 2 / 3, cache);
    for (auto& family : all.families) {
        family = rocksdb::ColumnFamilyOptions{all.database};
        family.compression = rocksdb::kLZ4Compression;
        family.write_buffer_size = 8 << 20;
    }
    tune_default(all.families[kDefault], cache);
    tune_known(all.families[kKnown], cache);
    all.families[kKnown].compaction_filter = all.end_filter.get();
    tune_outbox(all.families[kOutbox], cache);
    return all;
}

}  // namespace newswired::storage
