// What pages write beside a date to say which one it is.

#pragma once

#include <string_view>

namespace newswired::articles::page {

/// Whether a date in `text` is that of a change: "Updated", "Last modified" stands before it, or behind it
/// where words follow.
bool tells_of_change(std::string_view text);

/// Whether `text` announces the date of publishing: "Published:", "Erschienen am".
bool tells_of_publishing(std::string_view text);

}  // namespace newswired::articles::page
