// Which language a text is in, where the page does not say.
//
// By its script, where that is enough; by letters that only one language of a script has; by the small words
// that every text is full of, for those that share the Latin script.

#pragma once

#include <string>
#include <string_view>

namespace newswired::articles::page {

/// A two-letter code (ISO 639-1); empty when the text is too short, or none of the languages that are known.
std::string detect_language(std::string_view text);

}  // namespace newswired::articles::page
