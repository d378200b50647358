// Which hub tells of a feed's news, and under which name it knows the feed.
//
// Pure.  Spec: W3C WebSub (2018), section 4: Link header fields first, then the document itself.

#pragma once

#include "feeds/parsed_feed.hpp"
#include "feeds/websub/links.hpp"
#include "http/message.hpp"

#include <string_view>

namespace newswired::feeds::websub {

/// What the header of `url`'s response says; empty hubs or topic where it says nothing.
Links links_in_header(http::Fields const& fields, std::string_view url);

/// Header before document, hubs and topic each for itself; the topic is `url`, which was asked, where neither
/// names one.  Empty when there is no hub.
Links links_of(Links header, ParsedFeed const& document, std::string_view url);

}  // namespace newswired::feeds::websub
