// An index of strings that lie elsewhere: where among them is that one?  As an unordered_map of their places,
// without a node and a copy of the key for each.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace newswired::storage {

class KeyIndex {
  public:
    /// Where `key` is, by `key_at(place)`; none when it is not there.
    template <typename KeyAt>
    std::optional<std::size_t> find(std::string_view key, KeyAt key_at) const {
        if (slots_.empty()) {
            return {};
        }
        auto const hash = hash_of(key);
        for (auto slot = hash & mask(); slots_[slot].next != 0; slot = (slot + 1) & mask()) {
            auto const place = std::size_t{slots_[slot].next} - 1;
            if (slots_[slot].hash == hash && key_at(place) == key) {
                return place;
            }
        }
        return {};
    }

    /// Notes that `key`, is at `place`.
    void add(std::string_view key, std::size_t place);

    /// Makes room for `count` keys at once.
    void reserve(std::size_t count);

  private:
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t next = 0;  // place + 1; 0: free
    };

    static std::uint32_t hash_of(std::string_view key);
    std::size_t mask() const { return slots_.size() - 1; }
    void put(Slot one);
    void resize(std::size_t slots);

    std::vector<Slot> slots_{};  // a power of two, half of them free
    std::size_t used_ = 0;
};

}  // namespace newswired::storage
