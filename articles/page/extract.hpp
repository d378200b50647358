// Extraction: from the bytes of an article's page to a clean article.
//
// The way: bytes → UTF-8 → tree (tree/tree.hpp) → what the page says about itself (metadata/) → what is no
// article goes (body/prune.hpp) → where the article is (body/choose.hpp) → HTML (body/write.hpp) → sanitiser
// → text.
// Each step is a cascade: what is surer comes first, and a page with text never ends with none.

#pragma once

#include "articles/article.hpp"
#include "articles/page/metadata/metadata.hpp"

#include <string>
#include <string_view>

namespace newswired::articles::page {

struct Page {
    std::string content_html{};  ///< sanitised, absolute URLs
    std::string content_text{};  ///< paragraphs parted by a blank line
    Metadata about{};
};

/// Never fails; a page without any text has an empty one.  Pure; thread-safe; takes milliseconds, so it
/// belongs on a worker.
Page extract(std::string bytes, std::string_view url, std::string_view content_type = {});

}  // namespace newswired::articles::page
