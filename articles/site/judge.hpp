// The judgement: which blocks of a body are the site's and not the article's.
//
// That a block stands in other articles too is not enough: recipes all have a line "Ingredients", interviews
// a "Yes.", the reports on one war a paragraph of its history.  So it depends on where a block stands and
// what it is.  At the end of a body little is asked for; at its beginning short lines may introduce
// something; in the middle only links and oft-repeated paragraphs go.  Tables, preformatted text and single
// items of a list stay. A body never loses all it has.  Pure.

#pragma once

#include <cstdint>
#include <vector>

namespace newswired::articles::site {

/// What the judgement goes by, of one block.
struct Facts {
    std::uint32_t weight = 0;       ///< about how many letters; 0: a picture alone
    std::uint32_t link_weight = 0;  ///< of these, in links
    std::uint32_t others = 0;       ///< other articles that have it
    double share = 0;               ///< of the site's articles since it was first seen, how many have it
    std::uint32_t list = 0;         ///< the list it is in, 0: none
    bool has_own = false;           ///< the article's title or address is in it
    bool varies = false;            ///< the same as others only but for its numbers
    bool is_fixed = false;          ///< in a table or preformatted
    bool is_heading = false;
    bool is_other_title = false;  ///< word for word the title of another article of the site
    bool trails_off = false;      ///< ends in "…"
    bool links_to_site = false;   ///< links to another page of the site
};

/// For each block whether it goes.
std::vector<bool> judge(std::vector<Facts> const& blocks);

}  // namespace newswired::articles::site
