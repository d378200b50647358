// The modules of modules.inc.  Each says whether an element of an item or a feed is its, and reads it.

#pragma once

#include "feeds/formats/draft.hpp"
#include "feeds/formats/reader.hpp"

namespace newswired::feeds::modules {

#define NEWSWIRED_MODULE(name)                                                \
    bool read_##name(Reader& reader, xml::Node const& node, ItemDraft& item); \
    bool read_##name(Reader& reader, xml::Node const& node, FeedDraft& feed);
#include "feeds/modules.inc"
#undef NEWSWIRED_MODULE

}  // namespace newswired::feeds::modules
