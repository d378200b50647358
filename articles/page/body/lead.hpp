// The lead: paragraphs between the headline and the part that holds the article.

#pragma once

#include "articles/page/body/measure.hpp"
#include "articles/page/tree/tree.hpp"

#include <vector>

namespace newswired::articles::page {

/// The blocks that open the article from outside of `article`, in document order.
std::vector<NodeId> find_lead(Tree const& tree, std::vector<Measure> const& measures, NodeId article);

}  // namespace newswired::articles::page
