#include "storage/key_index.hpp"

#include "core/hash.hpp"

#include <bit>
#include <random>
#include <utility>

namespace newswired::storage {
namespace {

constexpr std::size_t kFewestSlots = 64;

// Differs from process to process, so that nobody can make keys that all go to one place.
std::uint64_t seed() {
    static std::uint64_t const seed = [] {
        std::random_device random;
        return std::uint64_t{random()} << 32 | random();
    }();
    return seed;
}

}  // namespace

std::uint32_t KeyIndex::hash_of(std::string_view key) {
    return std::uint32_t(xxh3(key, seed()));
}

void KeyIndex::add(std::string_view key, std::size_t place) {
    if ((used_ + 1) * 2 > slots_.size()) {
        resize(slots_.empty() ? kFewestSlots : slots_.size() * 2);
    }
    put({.hash = hash_of(key), .next = std::uint32_t(place + 1)});
    ++used_;
}

void KeyIndex::reserve(std::size_t count) {
    if (auto const slots = std::bit_ceil(count * 2); slots > slots_.size()) {
        resize(slots);
    }
}

void KeyIndex::put(Slot one) {
    auto slot = one.hash & mask();
    while (slots_[slot].next != 0) {
        slot = (slot + 1) & mask();
    }
    slots_[slot] = one;
}

void KeyIndex::resize(std::size_t slots) {
    auto const old = std::exchange(slots_, std::vector<Slot>(slots));
    for (auto const& one : old) {
        if (one.next != 0) {
            put(one);
        }
    }
}

}  // namespace newswired::storage
