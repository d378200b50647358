// What survives of a store in memory, and what goes wrong with it: failures on demand.
//
//     MemoryDisk disk;
//     disk.fail_next(Operation::commit, Fault::after);  // committed, but the caller is told otherwise
//     auto store = open_memory_store({}, disk, clock);  // memory_store.hpp
//
// Thread-safe.

#pragma once

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

}  // namespace newswired::storage
