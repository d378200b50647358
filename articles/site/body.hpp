// The blocks of a body: what stands on lines of its own in content_html, and the body without some of them.
//
// A block's text is its line of content_text (lines.hpp), so that what was learnt from the text is found
// again in the HTML.  Works on sanitised HTML only, which is balanced.

#pragma once

#include "articles/site/pieces.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::articles::site {

struct Block {
    std::size_t begin = 0;          ///< in the HTML: behind the tag that began it …
    std::size_t end = 0;            ///< … up to the one that ends it
    std::string text{};             ///< empty for a picture that stands alone
    std::uint32_t link_weight = 0;  ///< weight_of() the text in links
    std::uint32_t list = 0;         ///< number of the outermost list it is in, from 1; 0: none
    bool is_fixed = false;          ///< in a table or preformatted
    bool is_heading = false;        ///< h1 to h6, or a short line all in bold
    bool links_to_itself = false;   ///< has a link to the article
    bool links_to_site = false;     ///< has a link to another page of the article's site
};

/// The blocks of `html`, the content_html of an article at `url`, in order; at most kMaxBlocks.  `pieces`,
/// here and below, are those of `html`.
std::vector<Block> blocks_of(std::string_view html, Pieces const& pieces, std::string_view url);

inline constexpr std::size_t kMaxBlocks = 20'000;  // a body of so many paragraphs is a book

/// `html` without the text of the blocks for which `goes` (as long as `blocks`) says so, and without the
/// elements that this leaves empty.  Pictures stay.
Rest without_blocks(std::string_view html, Pieces const& pieces, std::vector<Block> const& blocks,
                    std::vector<bool> const& goes);

/// Lower-case host of `url` without "www.": what a site is called here; empty when there is none.
std::string name_of(std::string_view url);

}  // namespace newswired::articles::site
