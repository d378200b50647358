// An extracted page as a JSON Feed item.

#pragma once

#include "articles/page/extract.hpp"
#include "articles/site/boilerplate.hpp"

#include <string>
#include <vector>

namespace newswired::cli {

/// One line, without the line's end; what JSON Feed has no field for stands under "_newswired".  `removed`:
/// what was the site's and not the article's.
std::string page_to_item(articles::page::Page const& page,
                         std::vector<articles::site::Removed> const& removed = {});

}  // namespace newswired::cli
