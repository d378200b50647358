// Which part of the page is the article.

#pragma once

#include "articles/page/body/measure.hpp"
#include "articles/page/tree/tree.hpp"

#include <vector>

namespace newswired::articles::page {

/// The node that holds the article; kRoot when nothing stands out.
NodeId choose_article(Tree const& tree, std::vector<Measure> const& measures);

}  // namespace newswired::articles::page
