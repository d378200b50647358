// Learnt boilerplate: what a site puts into every article, found by comparing them.
//
// A stateless cleaner sees one page and has to guess.  A daemon sees many bodies of one site: what stands in
// several different articles (memory.hpp) and looks the part (judge.hpp) is not the article's and goes, from
// content_html and content_text alike, in bodies of feeds and of pages.  Works from the third article of a
// site on, within one document too.
//
// The order: survey() each article, learn() all of them, then clean() each.  A fingerprint is taken before,
// so that nothing learnt makes an update.

#pragma once

#include "articles/article.hpp"
#include "articles/site/memory.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace newswired::articles::site {

/// What the memory needs of an article, as it came.
Sighting survey(Article const& article);

/// A block that was taken out of an article.
struct Removed {
    std::string text{};
    std::uint32_t others = 0;  ///< other articles that have it; 0: it told of another article
};

/// Takes out of `article`, whose survey() was `sighting` and has been learnt, what is the site's, and says
/// what that was.
std::vector<Removed> clean(Article& article, Sighting const& sighting, SiteMemory const& memory);

/// In one line, for people: `2 blocks: "Subscribe" (as in 7 others), …`; empty for none.
std::string in_words(std::vector<Removed> const& removed);

}  // namespace newswired::articles::site
