// Inline CSS: the properties and values that can neither load nor cover anything.
// The lists and the strictness are those of feedparser's documentation, "HTML Sanitization".

#pragma once

#include <string>
#include <string_view>

namespace newswired::articles::html {

/// What remains of a style attribute's (decoded) value, as "name: value; name: value;"; empty when nothing
/// does.
std::string clean_css(std::string_view style);

}  // namespace newswired::articles::html
