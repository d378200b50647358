// JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1).

#pragma once

#include "feeds/parse.hpp"

namespace newswired::feeds {

/// Reads feed.memory->document, whose views the feed then holds. `url`: the document's own.
Result<void> read_json_feed(ParsedFeed& feed, std::string_view url);

}  // namespace newswired::feeds
