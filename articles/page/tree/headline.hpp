// The headline: the heading that the document's <title> repeats.

#pragma once

#include "articles/page/tree/tree.hpp"

#include <string>
#include <string_view>

namespace newswired::articles::page {

/// The article's heading; kNone when no heading agrees with the document's title and there is not exactly one
/// h1.
NodeId find_headline(Tree const& tree);

/// The text of <title>; empty when there is none.
std::string document_title(Tree const& tree);

/// Letters and digits only, ASCII ones in lower case, without the quotes and dashes that typographers
/// exchange: what titles are compared by.
std::string bare(std::string_view text);

}  // namespace newswired::articles::page
