// Reading the elements of an item or a feed: first as the format's own, then as another format's core, then
// as a module's.  A reader returns whether the element was its.

#pragma once

#include "feeds/formats/draft.hpp"
#include "feeds/formats/reader.hpp"

namespace newswired::feeds {

bool read_rss_item_element(Reader& reader, xml::Node const& node, ItemDraft& item, Trust trust);
bool read_rss_feed_element(Reader& reader, xml::Node const& node, FeedDraft& feed, Trust trust);
bool read_atom_item_element(Reader& reader, xml::Node const& node, ItemDraft& item, Trust trust);
bool read_atom_feed_element(Reader& reader, xml::Node const& node, FeedDraft& feed, Trust trust);

/// What CDF says in attributes of an item or a channel.
void read_cdf_attributes(Reader& reader, xml::Node const& node, EntryDraft& draft);

/// Any module of modules.inc.
void read_module_element(Reader& reader, xml::Node const& node, ItemDraft& item);
void read_module_element(Reader& reader, xml::Node const& node, FeedDraft& feed);

/// An item of RSS or an entry of Atom.
bool is_item(xml::Node const& node);
/// Adds the item that `node` is to the feed: every child, in whatever vocabulary; then what the item as a
/// whole says.
void add_item(Reader& reader, xml::Node const& node);
/// Adds a sitemap's address.
void add_address(Reader& reader, xml::Node const& node);
void read_feed_element(Reader& reader, xml::Node const& node, FeedDraft& feed, Trust rss, Trust atom);

}  // namespace newswired::feeds
