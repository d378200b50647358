// Where the feeds of well-known sites are, when their pages don't say so, or say it only to browsers: rules
// from the address of a page to addresses of feeds.
//
// Pure; whether a feed is really there is for the caller to see.

#pragma once

#include "http/url/url.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace newswired::feeds {

/// Feeds that `page` probably has, by its address alone; the most wanted first.
std::vector<std::string> feeds_of_known_site(http::Url const& page);

/// Feeds that a known site's page names in a way of its own (the number of a YouTube channel, behind handles
/// and videos).
std::vector<std::string> feeds_in_known_page(http::Url const& page, std::string_view html);

/// Where a site of any kind may have its feed, the most common first: paths at its root, and beside `page`.
std::vector<std::string> usual_places(http::Url const& page);

}  // namespace newswired::feeds
