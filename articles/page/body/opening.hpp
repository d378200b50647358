// What stands between a headline and the first paragraph and is told elsewhere: date lines, bylines.

#pragma once

#include "articles/page/body/measure.hpp"
#include "articles/page/metadata/metadata.hpp"
#include "articles/page/tree/tree.hpp"

#include <vector>

namespace newswired::articles::page {

/// Drops them, from `from` (a headline, or where the article begins) to the first real paragraph.
void drop_opening_lines(Tree& tree, std::vector<Measure> const& measures, NodeId article,
                        Metadata const& about);

}  // namespace newswired::articles::page
