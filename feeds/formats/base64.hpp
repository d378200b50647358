#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace newswired::feeds {

/// RFC 4648, white space ignored; none when `text` holds anything else.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace newswired::feeds
