#include "articles/html/elements.hpp"

#include "core/name_table.hpp"

#include <array>
#include <cassert>
#include <cstddef>
#include <iterator>

namespace newswired::articles::html {
namespace {

struct Element {
    std::string_view start;
    std::string_view end;

    constexpr std::string_view name() const { return start.substr(1, start.size() - 2); }
};

constexpr Element kElements[] = {
#define NEWSWIRED_ELEMENT(name, traits) {"<" #name ">", "</" #name ">"},
#include "articles/html/elements.inc"
#undef NEWSWIRED_ELEMENT
};
constexpr std::size_t kCount = std::size(kElements);
constexpr NameTable kNames{[] {
    std::array<std::string_view, kCount> names{};
    for (std::size_t i = 0; i < kCount; ++i) {
        names[i] = kElements[i].name();
    }
    return names;
}()};

}  // namespace

constinit std::uint16_t const detail::kTraits[] = {
#define NEWSWIRED_ELEMENT(name, traits) static_cast<std::uint16_t>(traits),
#include "articles/html/elements.inc"
#undef NEWSWIRED_ELEMENT
};

ElementId find_element(std::string_view name) {
    auto const place = kNames.find(name);
    return place < kCount ? static_cast<ElementId>(place) : kUnknown;
}

std::string_view element_name(ElementId id) {
    return kElements[id].name();
}

std::string_view start_tag_of(ElementId id) {
    return kElements[id].start;
}

std::string_view end_tag_of(ElementId id) {
    return kElements[id].end;
}

ElementId known_element(std::string_view name) {
    auto const id = find_element(name);
    assert(id != kUnknown);
    return id;
}

}  // namespace newswired::articles::html
