// The XML formats of formats.inc: for each, whether an element is the root of one, whether an entry is one of
// that root's, and how all but the entries is read.  Entries are read as they come by (add_entry()).

#pragma once

#include "feeds/formats/draft.hpp"
#include "feeds/formats/reader.hpp"

namespace newswired::feeds {

#define NEWSWIRED_FORMAT(name)                                      \
    bool is_##name(xml::Node const& node);                          \
    bool has_##name(xml::Node const& root, xml::Node const& entry); \
    void read_##name(Reader& reader, xml::Node const& root, FeedDraft& feed);
#include "feeds/formats.inc"
#undef NEWSWIRED_FORMAT

}  // namespace newswired::feeds
