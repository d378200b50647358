// What is known, as the ledger asks for it: what a group of polls will look up is fetched in one go.

#pragma once

#include "core/time.hpp"
#include "storage/key_index.hpp"
#include "storage/rocks/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace newswired::storage {

class Known {
  public:
    /// `keys` are fetched at once; others may be asked for as well.
    Known(RocksDb const& db, std::vector<std::string> keys, SystemTime now);

    /// None when there is nothing or it has ended.
    Value get(std::string const& key);
    /// False when something that was asked for could not be read: what was decided then is worth nothing.
    bool readable() const { return readable_; }

  private:
    void fetch();

    RocksDb const& db_;
    std::vector<std::string> keys_{};
    std::vector<Value> values_{};  // of the keys
    KeyIndex places_{};            // of the keys; empty when they could not be fetched
    std::uint32_t now_;
    bool readable_ = true;
};

}  // namespace newswired::storage
