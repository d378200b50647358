#include "feeds/formats/elements.hpp"

#include "core/hash.hpp"
#include "feeds/modules/modules.hpp"

namespace newswired::feeds {

void read_module_element(Reader& reader, xml::Node const& node, ItemDraft& item) {
#define NEWSWIRED_MODULE(name)                      \
    if (modules::read_##name(reader, node, item)) { \
        return;                                     \
    }
#include "feeds/modules.inc"
#undef NEWSWIRED_MODULE
}

void read_module_element(Reader& reader, xml::Node const& node, FeedDraft& feed) {
#define NEWSWIRED_MODULE(name)                      \
    if (modules::read_##name(reader, node, feed)) { \
        return;                                     \
    }
#include "feeds/modules.inc"
#undef NEWSWIRED_MODULE
}

bool is_item(xml::Node const& node) {
    return node.name == xml::Name::core_item || node.name == xml::Name::atom_entry ||
           node.name == xml::Name::core_entry;
}

void add_item(Reader& reader, xml::Node const& node) {
    auto const is_rss = node.name == xml::Name::core_item;
    auto const rss = is_rss ? Trust::core : Trust::guest;
    auto const atom = is_rss ? Trust::guest : Trust::core;
    auto& draft = reader.new_draft();
    if (node.attributes != nullptr) {
        // rdf:about is the item's address in RSS 1.0; elsewhere it is nobody's.
        draft.id.offer(node.attribute("about"), rss);
        draft.id_is_permalink = draft.id.has_value();
        read_cdf_attributes(reader, node, draft);
    }
    for (auto const& child : elements(node)) {
        if (!read_rss_item_element(reader, child, draft, rss) &&
            !read_atom_item_element(reader, child, draft, atom)) {
            read_module_element(reader, child, draft);
        }
    }
    // A body in a language of its own is what the item is in.
    auto const& body = draft.content.has_value() ? draft.content.get() : draft.description.get();
    draft.language.offer(body.empty() ? node.scope->language : body.language, Trust::fallback);
    auto const is_address = draft.id.get().starts_with("http://") || draft.id.get().starts_with("https://");
    // Even where it does not say that it is one, an identifier that looks like an address is a likelier page
    // than a player or a file.
    auto const would_be_a_file = draft.url.has_value() || !draft.attachments.empty() || !draft.media.empty();
    auto const may_be_page = is_address && (node.name == xml::Name::atom_entry || would_be_a_file);
    if (!draft.url.is_trusted() && (draft.id_is_permalink || may_be_page)) {
        draft.url.offer(reader.url(node, draft.id.get()), Trust::module);
    }
    if (auto* const item = new_item(reader.feed())) {
        draft.finish(reader.arena(), *item);
        item->raw_hash = xxh3(node.source);
    }
}

void read_feed_element(Reader& reader, xml::Node const& node, FeedDraft& feed, Trust rss, Trust atom) {
    if (!read_rss_feed_element(reader, node, feed, rss) &&
        !read_atom_feed_element(reader, node, feed, atom)) {
        read_module_element(reader, node, feed);
    }
}

}  // namespace newswired::feeds
