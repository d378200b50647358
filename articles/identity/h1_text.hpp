// The text that `h1` hashes.  Frozen: what it returns for an input never changes, whatever the cleaner
// learns.
//
// Comments, scripts and styles go with their content; a tag of a block-level element or <br> parts words, any
// other tag is nothing; character references are decoded (one pass); Unicode is composed (NFC); white space,
// no-break space included, becomes one space and none at the ends.

#pragma once

#include <string>
#include <string_view>

namespace newswired::articles {

std::string h1_text_of_html(std::string_view html);
std::string h1_text_of_plain(std::string_view text);

}  // namespace newswired::articles
