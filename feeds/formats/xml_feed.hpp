// Feeds in XML, of any format of formats.inc.

#pragma once

#include "feeds/parse.hpp"

namespace newswired::feeds {

/// Reads feed.memory->document, whose views the feed then holds. `url`: the document's own.
Result<void> read_xml_feed(ParsedFeed& feed, std::string_view url);

}  // namespace newswired::feeds
