// The attributes that sanitised HTML may have (attributes.inc; MathML's and SVG's in foreign_attributes.inc).

#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>

namespace newswired::articles::html {

enum class AttributeKind : std::uint8_t {
    refused,
    plain,
    url,     ///< resolved, its scheme checked
    srcset,  ///< a list of URLs with widths or densities
    style,   ///< CSS
};

struct KnownAttribute {
    AttributeKind kind = AttributeKind::refused;
    std::uint16_t number = 0;    ///< its own, among those of HTML or the foreign ones
    std::string_view opening{};  ///< as it is written: a space, the name in lower case, ="
};

/// Attributes of a tag, by their numbers.
using AttributeSet = std::bitset<256>;

/// The attribute of an element of HTML; names compare without case.
KnownAttribute html_attribute(std::string_view name);

/// The same inside <svg> and <math>: presentation and geometry only, and links.
KnownAttribute foreign_attribute(std::string_view name);

}  // namespace newswired::articles::html
