// What leads on to other articles at the end of one: "Related stories", "Mehr zum Thema", "関連記事", and
// what follows it.

#pragma once

#include "articles/page/body/measure.hpp"
#include "articles/page/tree/tree.hpp"

#include <vector>

namespace newswired::articles::page {

/// Drops the end of `article` from such a label on, where no real paragraph comes behind it.
void drop_closing_teasers(Tree& tree, std::vector<Measure> const& measures, NodeId article);

}  // namespace newswired::articles::page
