// The elements of HTML that we know: a number for each name, and its traits (elements.inc).

#pragma once

#include <cstdint>
#include <string_view>

namespace newswired::articles::html {

enum Trait : std::uint16_t {
    A = 1,    ///< allowed in sanitised HTML
    V = 2,    ///< void: no end tag
    B = 4,    ///< block: parts text
    D = 8,    ///< dropped with its content
    C = 16,   ///< form control
    R = 32,   ///< its content is raw text to the tokenizer
    S = 64,   ///< of SVG, allowed inside <svg>
    M = 128,  ///< of MathML, allowed inside <math>
    N = 256,  ///< only its tags are dropped
};

/// Number of an element; kUnknown for a name that is none of ours.
using ElementId = std::uint16_t;
inline constexpr ElementId kUnknown = 0xFFFF;

/// By name, whatever its case.
ElementId find_element(std::string_view name);
/// The name in its canonical case.
std::string_view element_name(ElementId id);
/// "<name>"
std::string_view start_tag_of(ElementId id);
/// "</name>"
std::string_view end_tag_of(ElementId id);

namespace detail {
extern std::uint16_t const kTraits[];  // asked for at every tag of every body
}
inline std::uint16_t element_traits(ElementId id) {
    return detail::kTraits[id];
}

inline bool has(ElementId id, std::uint16_t traits) {
    return id != kUnknown && (element_traits(id) & traits) != 0;
}

/// The number of an element that surely is in the table; for constants.
ElementId known_element(std::string_view name);

}  // namespace newswired::articles::html
