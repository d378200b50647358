// The tables of a MemoryDisk: what is written, what would undo it, which failures are planned.
//
// Whoever uses it holds `mutex`.

#pragma once

#include "storage/memory_disk.hpp"
#include "storage/tables.hpp"
#include "storage/trimming.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>

namespace newswired::storage {

struct MemoryDisk::State final : Tables {
    using Table = std::map<std::string, std::string>;

    mutable std::mutex mutex;
    std::array<Table, kFamilies> tables;
    Batch undo;  // newest last: what brings the last synced state back
    std::array<std::deque<Fault>, std::size_t(Operation::flush) + 1> planned;
    Script script;
    std::uint64_t operations = 0;
    bool is_open = false;

    Fault next_fault(Operation operation);

    Value find(Family family, std::string const& key) const;
    Result<Value> get(Family family, std::string const& key) const override { return find(family, key); }
    Result<std::vector<Value>> get_all(Family family, std::vector<std::string> const& keys) const override;
    Result<void> visit(Family family, std::string const& from, std::string const& prefix,
                       Visitor const& visitor) const override;
    Result<void> write(Batch batch, bool sync) override;
    /// Takes back what was written after the last synced write.
    void cut_power();

    /// Of the log of articles.
    LogEnds ends() const;

  private:
    Value apply(Change change);
};

}  // namespace newswired::storage
