// Character references of HTML (Living Standard, 13.2.5.72 on): "&amp;", "&nbsp", "&#8212;", "&#x1F600;".

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace newswired {

/// Appends what the reference at the start of `text` (which begins with '&') stands for, as UTF-8, and
/// returns the length of the reference; 0, and nothing is appended, when it is none. `in_attribute`:
/// "&copy=1" in a URL is no reference (13.2.5.73).
std::size_t decode_reference(std::string_view text, std::string& out, bool in_attribute = false);

/// Appends `text` with all references decoded.
void append_decoded(std::string& out, std::string_view text, bool in_attribute = false);

/// Appends `text`, which holds references, so that it is safe between tags and in double quotes: '<', '>',
/// '"' and every
/// '&' that begins no reference are escaped; NUL goes.
void append_escaped_source(std::string& out, std::string_view text);

/// Appends plain characters, escaped.
void append_escaped(std::string& out, std::string_view plain);

}  // namespace newswired
