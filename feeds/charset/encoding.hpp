// Encodings by their labels: the WHATWG's, what feeds wrongly call them, and what the C library's iconv and
// ICU know beyond.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace newswired::feeds {

struct Converted {
    std::string text{};       ///< UTF-8
    std::size_t invalid = 0;  ///< bytes that meant nothing
};

/// The converter that a label means, in the C library's spelling; the label itself in lower case when we
/// don't know it; empty when it can be no encoding's name.
std::string converter_for(std::string_view label);

/// `bytes` read as `label` says; none when nobody knows the label.
std::optional<Converted> convert(std::string_view bytes, std::string_view label);

/// A byte above 0x7F as windows-1252 has it, in UTF-8.
std::string const& windows_1252(unsigned char byte);

}  // namespace newswired::feeds
