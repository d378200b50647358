// Pointers: lines in an article that lead to other articles, and the labels of lists that did.

#pragma once

#include "articles/page/body/measure.hpp"
#include "articles/page/tree/tree.hpp"

#include <vector>

namespace newswired::articles::page {

/// "See also: <another article>": a label and a link, and nothing else.
bool is_pointer(Tree const& tree, Measure const& m, NodeId id);

/// Drops such lines of a paragraph whose lines are parted by <br>.
void drop_pointer_lines(Tree& tree, NodeId id);

/// Drops what named something that is gone ("Read also:"), which began at `gone`.
void drop_label_of(Tree& tree, std::vector<Measure> const& measures, NodeId article, NodeId gone);

}  // namespace newswired::articles::page
