// Dropping what is no part of an article, before it is looked for and after it is found.

#pragma once

#include "articles/page/body/measure.hpp"
#include "articles/page/tree/tree.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::articles::page {

/// How much is believed; a page that has nothing left at one level is looked at again at the next.
enum class Strictness : std::uint8_t { strict, lenient, bare };

/// Where a frame's player plays from, to lead readers there; empty when it is no player.
std::string embedded_in(Tree const& tree, NodeId frame);

/// Drops what never is text to read: scripts, forms, pictures' inner parts, what is hidden.
void drop_machinery(Tree& tree, Strictness strictness);

/// Drops what its element or its names say is around an article: navigation, comments, share bars, …
/// A part that holds most of the page's prose stays, whatever it is called.
void drop_surroundings(Tree& tree, Strictness strictness);

/// Drops what is in the article but not of it: lists of links, teasers, empty parts, headings of nothing.
/// `url`: the page's, which tells its own links from those to others.
void drop_inside(Tree& tree, NodeId article, Strictness strictness, std::string_view url);

}  // namespace newswired::articles::page
