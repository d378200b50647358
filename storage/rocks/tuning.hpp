// How RocksDB is set up for what newswired does: polls that write a little, articles that are written in
// order and read once and soon, questions that are mostly about what is not there.

#pragma once

#include "core/clock.hpp"
#include "storage/rocks_store.hpp"
#include "storage/tables.hpp"

#include <rocksdb/compaction_filter.h>
#include <rocksdb/options.h>

#include <array>
#include <memory>

namespace newswired::storage {

struct Tuning {
    rocksdb::Options database;
    std::array<rocksdb::ColumnFamilyOptions, kFamilies> families;
    std::unique_ptr<rocksdb::CompactionFilter> end_filter;  ///< `families` refer to it
};

/// `clock` outlives the database that is opened so.
Tuning tuning(RocksOptions const& options, Clock& clock);

}  // namespace newswired::storage
