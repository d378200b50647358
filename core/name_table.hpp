// Names → numbers, whatever the case of ASCII letters: a hash table that the compiler builds.

#pragma once

#include "core/text.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace newswired {

template <std::size_t Count>
class NameTable {
  public:
    /// `names` are distinct; the views must outlive the table.
    constexpr explicit NameTable(std::array<std::string_view, Count> const& names) : names_{names} {
        for (std::size_t i = 0; i < Count; ++i) {
            auto slot = slot_of(names[i]);
            while (slots_[slot] != 0) {
                slot = (slot + 1) % kSlots;
            }
            slots_[slot] = static_cast<std::uint16_t>(i + 1);
            longest_ = names[i].size() > longest_ ? names[i].size() : longest_;
        }
    }

    /// The place of `name` among the names; Count when it is none of them.
    constexpr std::size_t find(std::string_view name) const {
        if (name.empty() || name.size() > longest_) {
            return Count;
        }
        for (auto slot = slot_of(name); slots_[slot] != 0; slot = (slot + 1) % kSlots) {
            auto const place = slots_[slot] - std::size_t{1};
            if (equal(names_[place], name)) {
                return place;
            }
        }
        return Count;
    }

    constexpr bool contains(std::string_view name) const { return find(name) != Count; }

  private:
    static constexpr std::size_t kSlots = std::bit_ceil(Count * 4);

    static constexpr std::size_t slot_of(std::string_view name) {
        // Its first and its last eight bytes: names differ there.
        auto const length = name.size() < 8 ? name.size() : 8;
        auto const first = word(name.substr(0, length));
        auto const last = word(name.substr(name.size() - length));
        auto const mixed = (first ^ std::rotl(last, 23) ^ name.size()) * 0x9E3779B97F4A7C15u;
        return (mixed ^ mixed >> 32) * 0x9E3779B97F4A7C15u >> 40 & (kSlots - 1);
    }
    // Up to eight bytes as a number, upper and lower case alike.
    static constexpr std::uint64_t word(std::string_view bytes) {
        std::uint64_t value = 0;
        if (!std::is_constant_evaluated() && bytes.size() == 8 &&
            std::endian::native == std::endian::little) {
            std::memcpy(&value, bytes.data(), 8);
        } else {
            for (std::size_t i = 0; i < bytes.size(); ++i) {
                value |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
            }
        }
        return value | 0x2020202020202020u;
    }
    static constexpr bool equal(std::string_view known, std::string_view name) {
        if (known.size() != name.size()) {
            return false;
        }
        for (std::size_t i = 0; i < known.size(); ++i) {
            if (to_lower(known[i]) != to_lower(name[i])) {
                return false;
            }
        }
        return true;
    }

    std::array<std::string_view, Count> names_;
    std::array<std::uint16_t, kSlots> slots_{};
    std::size_t longest_ = 0;
};

template <std::size_t Count>
NameTable(std::array<std::string_view, Count> const&) -> NameTable<Count>;

}  // namespace newswired
