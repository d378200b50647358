// The body of an article in the forms that it has there, all from one reading of a stranger's HTML.

#pragma once

#include "feeds/parsed_feed.hpp"

#include <string>

namespace newswired::articles {

struct Body {
    std::string html{};         ///< as sanitize() makes it under Policy::article
    std::string text{};         ///< as to_readable_text() makes it of that
    std::string first_image{};  ///< as first_image() finds it in that
};

/// `text` is HTML (of plain text the forms are made one by one).
Body read_body(feeds::Text const& text);

}  // namespace newswired::articles
