// The attributes that sanitised HTML may have (attributes.inc; MathML's and SVG's in foreign_attributes.inc).

#pragma once

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

/// What kind of attribute that is on an element of HTML; names compare without case.
AttributeKind html_attribute(std::string_view name);

/// The same inside <svg> and <math>: presentation and geometry only, and links.
AttributeKind foreign_attribute(std::string_view name);

}  // namespace newswired::articles::html
