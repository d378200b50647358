// The XML formats of formats.inc: for each, whether an element is the root of one, and how it is read.

#pragma once

#include "feeds/formats/draft.hpp"
#include "feeds/formats/reader.hpp"

namespace newswired::feeds {

#define NEWSWIRED_FORMAT(name)             \
    bool is_##name(xml::Node const& node); \
    void read_##name(Reader& reader, xml::Node const& root, FeedDraft& feed);
#include "feeds/formats.inc"
#undef NEWSWIRED_FORMAT

}  // namespace newswired::feeds
