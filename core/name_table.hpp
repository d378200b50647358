// Names → numbers, whatever the case of ASCII letters: a hash table that the compiler builds.
//
// Made for the names of elements and attributes: a name of up to eight bytes, as nearly all are, is taken as
// one number and found by one comparison.

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

/// Up to eight bytes of `name`, in lower case, as a number: equal for names that are equal but for their case
/// (and for nothing else but names with NULs at their ends).
constexpr std::uint64_t packed_name(std::string_view name) {
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t bytes = 0;
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i < name.size(); ++i) {
            bytes |= std::uint64_t{static_cast<unsigned char>(name[i])} << (8 * i);
        }
    } else if (name.size() >= 4) {  // two halves, which may overlap
        std::uint32_t first;
        std::uint32_t last;
        std::memcpy(&first, name.data(), 4);
        std::memcpy(&last, name.data() + name.size() - 4, 4);
        bytes = first | std::uint64_t{last} << (8 * (name.size() - 4));
    } else if (!name.empty()) {
        auto const byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(name[i])}; };
        auto const middle = name.size() / 2;
        bytes = byte(0) | byte(middle) << (8 * middle) | byte(name.size() - 1) << (8 * (name.size() - 1));
    }
    // 'A' to 'Z', all eight at a step: the high bit of a byte says that it is one.
    constexpr std::uint64_t kEach = 0x0101010101010101;
    auto const seven_bits = bytes & (kEach * 0x7F);
    auto const from_a = seven_bits + kEach * (0x80 - 'A');
    auto const above_z = seven_bits + kEach * (0x7F - 'Z');
    auto const is_upper = ~bytes & (from_a ^ above_z) & (kEach * 0x80);
    return bytes | is_upper >> 2;
}

template <std::size_t Count>
class NameTable {
  public:
    /// `names` are distinct, in lower case or not, without NULs; the views must outlive the table.
    constexpr explicit NameTable(std::array<std::string_view, Count> const& names) : names_{names} {
        for (std::size_t i = 0; i < Count; ++i) {
            auto slot = slot_of(key_of(names[i]), names[i].size());
            while (slots_[slot] != 0) {
                slot = (slot + 1) % kSlots;
            }
            slots_[slot] = static_cast<std::uint16_t>(i + 1);
            keys_[slot] = key_of(names[i]);
            longest_ = names[i].size() > longest_ ? names[i].size() : longest_;
        }
    }

    /// The place of `name` among the names; Count when it is none of them.
    constexpr std::size_t find(std::string_view name) const {
        if (name.empty() || name.size() > longest_) {
            return Count;
        }
        auto const key = key_of(name);
        for (auto slot = slot_of(key, name.size()); slots_[slot] != 0; slot = (slot + 1) % kSlots) {
            auto const place = slots_[slot] - std::size_t{1};
            auto const same_size = names_[place].size() == name.size();
            if (keys_[slot] == key && same_size && same_middle(names_[place], name)) {
                return place;
            }
        }
        return Count;
    }

    constexpr bool contains(std::string_view name) const { return find(name) != Count; }

  private:
    static constexpr std::size_t kSlots = std::bit_ceil(Count * 4);
    static constexpr std::size_t kPacked = 8;

    // All of a short name; the ends of a longer one, folded.
    static constexpr std::uint64_t key_of(std::string_view name) {
        if (name.size() <= kPacked) {
            return packed_name(name);
        }
        return packed_name(name.substr(0, kPacked)) ^
               std::rotl(packed_name(name.substr(name.size() - kPacked)), 29);
    }
    static constexpr std::size_t slot_of(std::uint64_t key, std::size_t size) {
        return static_cast<std::size_t>((key + size) * 0x9E3779B97F4A7C15u >> 40) % kSlots;
    }
    static constexpr bool same_middle(std::string_view known, std::string_view name) {
        if (name.size() <= kPacked) {
            return true;
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
    std::array<std::uint64_t, kSlots> keys_{};
    std::size_t longest_ = 0;
};

template <std::size_t Count>
NameTable(std::array<std::string_view, Count> const&) -> NameTable<Count>;

}  // namespace newswired
