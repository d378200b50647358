// The store on one machine: RocksDB.
//
// One commit thread takes all waiting polls, decides about them (ledger.hpp) and writes them as one batch;
// the batch is synced when it holds articles.  Reads run on a small pool.  The newest articles are also kept
// in memory, so that a sink that keeps up costs no read.
//
// Cursors are written without a sync: after a power cut a cursor may be a little old, and the sink then cuts
// what it has back to it; the articles themselves are safe (they were synced before any sink saw them).

#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace rocksdb {
class Env;
}

namespace newswired::storage {

struct RocksOptions {
    std::string path{};                              ///< folder; made when it is missing
    std::uint64_t outbox_max_bytes = 2'000'000'000;  ///< commit() answers `full` beyond that
    std::size_t readers = 1;
    std::size_t tail_bytes = 16 << 20;  ///< of the newest articles, kept in memory
    /// RocksDB's own: what it is to write (two thirds at most), and what it has read.
    std::size_t memory_bytes = 48 << 20;
    rocksdb::Env* environment = nullptr;  ///< null: the machine's; tests give one whose disk fails
};

/// Opens the state, or makes a new one.  in_use, wrong_version, corrupt, no_space, unavailable.
/// `clock` outlives the store.  Blocks for some milliseconds.
Result<std::unique_ptr<Store>> open_rocks_store(RocksOptions options, Clock& clock);

}  // namespace newswired::storage
