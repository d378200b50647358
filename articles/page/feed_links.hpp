// The feeds that a web page names: its link elements (RSS autodiscovery), wherever they stand, and anchors
// that look like feeds.
//
// Specs: HTML, 4.6.7.1 (rel=alternate with a feed's type), rel=feed; RFC 5005 and JSON Feed 1.1 (types).

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace newswired::articles {

struct FeedLink {
    std::string url{};  ///< absolute
    std::string title{};
    bool is_declared = false;  ///< by a link element; an anchor is only a guess

    friend bool operator==(FeedLink const&, FeedLink const&) = default;
};

/// In the order of the page, declared ones first, each address once.  `url` is the page's own; a base element
/// counts.
std::vector<FeedLink> feed_links(std::string_view html, std::string_view url);

}  // namespace newswired::articles
