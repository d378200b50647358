// Adopting a page: what was read on an article's page takes the place of the feed's body, and fills what the
// feed left open.

#pragma once

#include "articles/article.hpp"
#include "articles/page/extract.hpp"

#include <string>
#include <string_view>

namespace newswired::articles::page {

/// `effective` is the URL that answered.  The feed's title, dates, authors, language and picture stay where
/// it has them; its body becomes the summary where it has none.
void adopt(Article& article, Page page, std::string_view effective);

/// The address of the article whose page answered at `effective` and calls itself `canonical` (absolute, may
/// be empty): the canonical one where that is surely the same article's, else the one that answered.  Without
/// tracking parameters and fragment.
///
/// Many sites get rel=canonical wrong: every page names the entrance, the section, or the site's old address.
/// So it must be of the same site, be no entrance, and share the article's own part of the path: the last
/// segment, or a number of at least four digits.
std::string address_of(std::string_view effective, std::string_view canonical);

}  // namespace newswired::articles::page
