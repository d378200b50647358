// The store in memory: the rules of the real one (ledger, trimming, keys and values are the same code), and
// failures on demand
// (memory_disk.hpp).  For tests and simulations.
//
// What survives is a MemoryDisk; a store is opened on it and may be destroyed and opened again, as a process
// dies and starts anew.
//
// Thread-safe.  Every answer comes at a later turn of the caller's loop, so that no caller gets used to
// answers at once.

#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "storage/memory_disk.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <memory>

namespace newswired::storage {

struct MemoryOptions {
    std::uint64_t outbox_max_bytes = 2'000'000'000;  ///< commit() answers `full` beyond that
};

/// Opens what is on `disk`: in_use, wrong_version, corrupt.  `disk` and `clock` outlive the store.
Result<std::unique_ptr<Store>> open_memory_store(MemoryOptions options, MemoryDisk& disk, Clock& clock);

}  // namespace newswired::storage
