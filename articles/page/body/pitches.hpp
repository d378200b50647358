// Pitches: what an article ends with in the publisher's own interest, in whatever language: follow us,
// subscribe.

#pragma once

#include "articles/page/body/measure.hpp"
#include "articles/page/tree/tree.hpp"

#include <vector>

namespace newswired::articles::page {

/// Drops them from the end of the article up to its last paragraph.
void drop_closing_pitches(Tree& tree, std::vector<Measure> const& measures, NodeId article);

}  // namespace newswired::articles::page
