// Cleaning: from a parsed item to an article, in the steps of steps.inc.

#pragma once

#include "articles/article.hpp"
#include "feeds/parsed_feed.hpp"

namespace newswired::articles {

/// The article that `item` of `feed` is.  Pure; thread-safe; no step throws anything away that is the
/// article's.
Article clean(feeds::ParsedFeed const& feed, feeds::ParsedItem const& item);

}  // namespace newswired::articles
