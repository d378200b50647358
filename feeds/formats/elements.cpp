#include "feeds/formats/elements.hpp"

#include "core/hash.hpp"
#include "feeds/modules/modules.hpp"

namespace newswired::feeds {

void read_module_element(Reader& reader, xml::Node const& node, ItemDraft& item) {
#define NEWSWIRED_MODULE(name)                        \
    if (modules::read_##name(reader, node, item)) {   \
        return;                                       \
    }
#include "feeds/modules.inc"
#undef NEWSWIRED_MODULE
}

void read_module_element(Reader& reader, xml::Node const& node, FeedDraft& feed) {
#define NEWSWIRED_MODULE(name)                        \
    if (modules::read_##name(reader, node, feed)) {   \
        return;                                       \
    }
#include "feeds/modules.inc"
#undef NEWSWIRED_MODULE
}

ParsedItem read_item(Reader& reader, xml::Node const& node, Trust rss, Trust atom) {
    ItemDraft draft;
    // rdf:about is the item's address in RSS 1.0; elsewhere it is nobody's.
    draft.id.offer(node.attribute("about"), Trust::fallback);
    for (auto const& child : elements(node)) {
        if (!read_rss_item_element(reader, child, draft, rss) &&
            !read_atom_item_element(reader, child, draft, atom)) {
            read_module_element(reader, child, draft);
        }
    }
    draft.language.offer(node.scope->language, Trust::fallback);
    if (!draft.url.has_value() && draft.id_is_permalink) {
        draft.url.offer(reader.url(node, draft.id.get()), Trust::fallback);
    }
    auto item = draft.finish(reader.arena());
    item.raw_hash = xxh3(node.source);
    return item;
}

void read_feed_element(Reader& reader, xml::Node const& node, FeedDraft& feed, Trust rss, Trust atom) {
    if (!read_rss_feed_element(reader, node, feed, rss) && !read_atom_feed_element(reader, node, feed, atom)) {
        read_module_element(reader, node, feed);
    }
}

}  // namespace newswired::feeds
