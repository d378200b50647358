// The chosen part of a page as HTML again: structure kept, wrappers and presentation left behind.

#pragma once

#include "articles/page/tree/tree.hpp"

#include <string>

namespace newswired::articles::page {

/// Appends the subtree of `id` without what is dropped.  Not sanitised yet: that is the next step's work.
void write_html(Tree const& tree, NodeId id, std::string& out);

}  // namespace newswired::articles::page
