// The store in memory: the rules of the real one (ledger, trimming, keys and values are the same code), and
// failures on demand.  For tests and simulations.
//
// What survives is a MemoryDisk; a store is opened on it and may be destroyed and opened again, as a process
// dies and starts anew.
//
//     MemoryDisk disk;
//     disk.fail_next(Operation::commit, Fault::after);          // committed, but the caller is told
//     otherwise auto store = open_memory_store({}, disk, clock);
//
// Thread-safe.  Every answer comes at a later turn of the caller's loop, so that no caller gets used to
// answers at once.

#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <functional>
#include <memory>

namespace newswired::storage {

enum class Operation : std::uint8_t {
    feeds,
    due_times,
    remove_feeds,
    sites,
    commit,
    preview,
    read,
    cursor,
    advance,
    subscriptions,
    keep_subscription,
    add_dead,
    dead,
    remove_dead,
    items_by_url,
    trim,
    stats,
    flush,
};

/// What becomes of an operation.
enum class Fault : std::uint8_t {
    none,
    before,    ///< `unavailable`, and nothing was done
    after,     ///< `unavailable`, though it was done
    full,      ///< `full`, and nothing was done
    no_space,  ///< `no_space`, and nothing was done
};

class MemoryDisk {
  public:
    MemoryDisk();
    ~MemoryDisk();
    MemoryDisk(MemoryDisk const&) = delete;
    MemoryDisk& operator=(MemoryDisk const&) = delete;

    /// The next operation of that kind for which no fault is planned yet fails so.
    void fail_next(Operation operation, Fault fault);

    /// Asked about each operation that fail_next() does not plan for; `number` counts all operations from 1.
    /// It must not call the store.
    using Script = std::function<Fault(Operation operation, std::uint64_t number)>;
    void script(Script script);

    std::uint64_t operations() const;

    /// Takes back what was written after the last synced write.  Only while no store is open.
    void cut_power();

    struct State;
    State& state() { return *state_; }

  private:
    std::unique_ptr<State> state_;
};

struct MemoryOptions {
    std::uint64_t outbox_max_bytes = 2'000'000'000;  ///< commit() answers `full` beyond that
};

/// Opens what is on `disk`: in_use, wrong_version, corrupt.  `disk` and `clock` outlive the store.
Result<std::unique_ptr<Store>> open_memory_store(MemoryOptions options, MemoryDisk& disk, Clock& clock);

}  // namespace newswired::storage
