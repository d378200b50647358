// The same text twice: many sites send an article once for wide screens and once for narrow ones, and hide
// one of the two by style sheets.

#pragma once

#include "articles/page/body/measure.hpp"
#include "articles/page/tree/tree.hpp"

#include <vector>

namespace newswired::articles::page {

/// Drops paragraphs that follow each other as they did before in `article`, where they are so long that
/// nobody would say them twice.
void drop_copies(Tree& tree, std::vector<Measure> const& measures, NodeId article);

}  // namespace newswired::articles::page
