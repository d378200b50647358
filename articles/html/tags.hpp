// The elements of elements.inc as constants, so that code can switch over them: tag_div, tag_p, …

#pragma once

#include "articles/html/elements.hpp"

namespace newswired::articles::html {

// In the order of the table, which is what ElementId counts.
enum Tag : ElementId {
#define NEWSWIRED_ELEMENT(name, traits) tag_##name,
#include "articles/html/elements.inc"
#undef NEWSWIRED_ELEMENT
    kElementCount
};

}  // namespace newswired::articles::html
