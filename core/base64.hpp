// Base 64 (RFC 4648, 4).

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace newswired {

/// With padding.
std::string encode_base64(std::string_view bytes);

/// White space is ignored, the URL-safe alphabet read as well; none when `text` holds anything else.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace newswired
