#include "storage/rocks/known.hpp"

#include "storage/values.hpp"

#include <chrono>
#include <utility>

namespace newswired::storage {

Known::Known(RocksDb const& db, std::vector<std::string> keys, SystemTime now)
    : db_{db}, now_{std::uint32_t(std::chrono::floor<seconds>(now.time_since_epoch()).count())} {
    fetch(std::move(keys));
}

void Known::fetch(std::vector<std::string> keys) {
    auto values = db_.get_all(kKnown, keys);
    if (!values) {
        return;  // get() asks again, one by one
    }
    fetched_.reserve(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        fetched_[std::move(keys[i])] = std::move((*values)[i]);
    }
}

Value Known::get(std::string const& key) {
    Value value;
    if (auto const place = fetched_.find(key); place != fetched_.end()) {
        value = place->second;
    } else {
        auto asked = db_.get(kKnown, key);
        readable_ = readable_ && asked.has_value();
        if (asked) {
            value = std::move(*asked);
        }
    }
    if (value && ends_at(*value) < now_) {
        value.reset();
    }
    return value;
}

}  // namespace newswired::storage
