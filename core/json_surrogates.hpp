// Halves of characters in JSON.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace newswired {

/// `json` with U+FFFD for each escaped half of a character that has lost its other half ("\\ud83d"):
/// JavaScript that cuts a text leaves such, and a strict parser refuses the whole document for it.
/// None when it has no such half.
std::optional<std::string> with_whole_characters(std::string_view json);

}  // namespace newswired
