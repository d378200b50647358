// A parsed feed as JSON Feed 1.1 (jsonfeed.org/version/1.1): faithful, that is decoded, sanitised and
// resolved, and nothing more.  What JSON Feed has no field for stands under "_newswired".

#pragma once

#include "feeds/parsed_feed.hpp"

#include <string>

namespace newswired::cli {

/// One line, without the line's end.
std::string to_json_feed(feeds::ParsedFeed const& feed);

}  // namespace newswired::cli
