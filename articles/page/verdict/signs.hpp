// Signs: what pages say that stand where an article should be.  The sentences are in signs.inc, in many
// languages; what they are worth is decided in verdict.cpp.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace newswired::articles::page {

enum class Sign : std::uint8_t { not_found, paywall, consent, login, bot_wall, needs_script };

/// What `folded` (fold_case) says, if such a sentence makes up most of it: a title, a heading, a button.
std::optional<Sign> sign_in_name(std::string_view folded);

/// Whether a sentence of that kind stands in `folded`, a block of text of any length.
bool says(Sign sign, std::string_view folded);

/// What only the machinery of a bot wall has in its source.
bool has_bot_wall_machinery(std::string_view source);

}  // namespace newswired::articles::page
