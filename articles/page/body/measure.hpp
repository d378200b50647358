// How much text, and of what kind, stands below each node of a page.
//
// Lengths are in letters of an alphabet: a Chinese or Japanese character, which says more, counts as two, so
// that thresholds hold for all scripts.  Prose is what stands in paragraphs and is mostly no link.

#pragma once

#include "articles/page/tree/tree.hpp"

#include <cstdint>
#include <vector>

namespace newswired::articles::page {

struct Measure {
    std::uint32_t text = 0;        ///< length of all text
    std::uint32_t link = 0;        ///< of the text in links
    std::uint32_t prose = 0;       ///< of the text in paragraphs
    std::uint32_t paragraphs = 0;  ///< how many
    std::uint32_t commas = 0;
    std::uint32_t links = 0;
    std::uint32_t images = 0;
    std::uint32_t own_text = 0;  ///< of a block: what stands in it and in no block inside it
    std::uint32_t own_link = 0;
    std::uint32_t own_commas = 0;
    std::uint32_t own_breaks = 0;  ///< <br>
    bool paragraph = false;        ///< is one itself

    double link_density() const { return text == 0 ? 0 : double(link) / double(text); }
};

/// One Measure for each node; dropped subtrees count nothing.
std::vector<Measure> measure(Tree const& tree);

/// The length of text with references undecoded; white space at its ends and runs of it do not count.
std::uint32_t text_length(std::string_view source, std::uint32_t& commas);

}  // namespace newswired::articles::page
