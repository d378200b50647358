#include "storage/rocks/known.hpp"

#include "storage/values.hpp"

#include <chrono>
#include <utility>

namespace newswired::storage {

Known::Known(RocksDb const& db, std::vector<std::string> keys, SystemTime now)
    : db_{db},
      keys_{std::move(keys)},
      now_{std::uint32_t(std::chrono::floor<seconds>(now.time_since_epoch()).count())} {
    fetch();
}

void Known::fetch() {
    auto values = db_.get_all(kKnown, keys_);
    if (!values) {
        return;  // get() asks again, one by one
    }
    values_ = std::move(*values);
    places_.reserve(keys_.size());
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        places_.add(keys_[i], i);  // of two that are the same, the first is found
    }
}

Value Known::get(std::string const& key) {
    Value value;
    auto const place = places_.find(key, [this](std::size_t i) -> std::string_view { return keys_[i]; });
    if (place) {
        value = values_[*place];
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
