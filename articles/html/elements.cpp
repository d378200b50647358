#include "articles/html/elements.hpp"

#include "core/text.hpp"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstring>

namespace newswired::articles::html {
namespace {

struct Element {
    std::string_view name;
    std::uint16_t traits;
};

constexpr Element kElements[] = {
#define NEWSWIRED_ELEMENT(name, traits) {#name, static_cast<std::uint16_t>(traits)},
#include "articles/html/elements.inc"
#undef NEWSWIRED_ELEMENT
};
constexpr std::size_t kCount = std::size(kElements);
constexpr std::size_t kLongest = 16;
constexpr std::size_t kSlots = 1024;

constexpr std::size_t hash(std::string_view name) {
    std::uint32_t value = 2166136261u;
    for (char const c : name) {
        value = (value ^ static_cast<unsigned char>(to_lower(c))) * 16777619u;
    }
    return (value ^ value >> 15) & (kSlots - 1);
}

// Open addressing; a slot holds the element's number + 1.
constexpr auto kTable = [] {
    std::array<std::uint16_t, kSlots> table{};
    for (std::size_t i = 0; i < kCount; ++i) {
        auto slot = hash(kElements[i].name);
        while (table[slot] != 0) {
            slot = (slot + 1) & (kSlots - 1);
        }
        table[slot] = static_cast<std::uint16_t>(i + 1);
    }
    return table;
}();

}  // namespace

ElementId find_element(std::string_view name) {
    if (name.empty() || name.size() > kLongest) {
        return kUnknown;
    }
    for (auto slot = hash(name); kTable[slot] != 0; slot = (slot + 1) & (kSlots - 1)) {
        auto const id = static_cast<ElementId>(kTable[slot] - 1);
        if (equal_ignoring_case(kElements[id].name, name)) {
            return id;
        }
    }
    return kUnknown;
}

std::string_view element_name(ElementId id) {
    return kElements[id].name;
}

std::uint16_t element_traits(ElementId id) {
    return kElements[id].traits;
}

ElementId known_element(std::string_view name) {
    auto const id = find_element(name);
    assert(id != kUnknown);
    return id;
}

}  // namespace newswired::articles::html
