// Atom 1.0 (RFC 4287) and 0.3, with its elements as guests in RSS.

#include "core/text.hpp"
#include "feeds/formats/elements.hpp"
#include "feeds/formats/formats.hpp"

#include <string>

namespace newswired::feeds {
namespace {

using xml::Name;
using xml::Node;

std::string relation_of(Node const& node) {
    auto relation = to_lower(trim(node.attribute("rel")));
    if (auto const slash = relation.rfind('/'); slash != std::string::npos && relation.starts_with("http")) {
        relation.erase(0, slash + 1);  // "http://www.iana.org/assignments/relation/self"
    }
    return relation.empty() ? "alternate" : relation;
}

bool is_page(std::string_view type) {
    return type.empty() || type.starts_with("text/html") || type.starts_with("application/xhtml");
}

struct AtomLink {
    std::string relation;
    std::string_view url;
    std::string_view type;
};

AtomLink link_of(Reader& reader, Node const& node) {
    auto reference = node.attribute("href");
    if (trim(reference).empty()) {
        reference = reader.plain(node);
    }
    return {relation_of(node), reader.url(node, reference), trim(node.attribute("type"))};
}

void read_link(Reader& reader, Node const& node, ItemDraft& item, Trust trust) {
    auto const [relation, url, type] = link_of(reader, node);
    if (url.empty()) {
        return;
    }
    item.links.push_back({reader.arena().copy(relation), url, type, node.attribute("title")});
    if (relation == "alternate") {
        item.url.offer(url, is_page(type) ? trust : Trust::module);
    } else if (relation == "enclosure") {
        item.attachments.push_back({.url = url,
                                    .mime_type = type,
                                    .title = trim(node.attribute("title")),
                                    .size_in_bytes = Reader::size(node.attribute("length"))});
    } else if (relation == "replies") {
        item.comments_url.offer(url, is_page(type) ? Trust::core : Trust::fallback);
        if (auto const count = Reader::number(node.attribute("count")); count >= 0) {
            item.comments_count = count;
        }
    } else if (relation == "license") {
        item.license.offer(url, trust);
    } else if (relation == "related" || relation == "via" || relation == "self") {
        item.url.offer(url, Trust::fallback);
    }
}

void read_link(Reader& reader, Node const& node, FeedDraft& feed, Trust trust) {
    auto const [relation, url, type] = link_of(reader, node);
    if (url.empty()) {
        return;
    }
    if (relation == "alternate") {
        feed.url.offer(url, is_page(type) ? trust : Trust::module);
    } else if (relation == "self") {
        feed.feed_url.offer(url, Trust::core);
    } else if (relation == "hub") {
        feed.hubs.push_back(url);
    } else if (relation == "license") {
        feed.license.offer(url, trust);
    } else if (relation == "prev-archive") {
        feed.next_url.offer(url, Trust::core);
    } else if (relation == "next") {
        feed.next_url.offer(url, Trust::module);
    }
}

void read_category(Reader& reader, Node const& node, EntryDraft& draft) {
    auto tag = node.attribute("label");
    if (trim(tag).empty()) {
        tag = node.attribute("term");
    }
    draft.add_tag(trim(tag).empty() ? reader.deep(node) : tag);
}

void read_source(Reader& reader, Node const& node, Source& source) {
    FeedDraft draft;
    for (auto const& child : elements(node)) {
        read_feed_element(reader, child, draft, Trust::guest, Trust::core);
    }
    source.title = draft.title.get().value;
    source.home_page_url = draft.url.get();
    source.feed_url = draft.feed_url.get();
    source.id = draft.id.get();
    source.icon = draft.favicon.has_value() ? draft.favicon.get() : draft.image.get();
    source.date_modified = draft.date_modified.get();
    source.authors = reader.arena().copy(draft.authors.get());
}

void read_content(Reader& reader, Node const& node, ItemDraft& item, Trust trust) {
    if (auto const source = node.attribute("src"); !source.empty()) {
        item.content_src = reader.url(node, source);
        item.url.offer(item.content_src, Trust::fallback);
    }
    item.content.offer(reader.construct(node), trust);
}

}  // namespace

bool read_atom_item_element(Reader& reader, Node const& node, ItemDraft& item, Trust trust) {
    switch (node.name) {
        case Name::atom_title:
            item.title.offer(reader.construct(node), trust);
            return true;
        case Name::atom_link:
            read_link(reader, node, item, trust);
            return true;
        case Name::atom_id:
            item.id.offer(reader.plain(node), trust);
            return true;
        case Name::atom_content:
            read_content(reader, node, item, trust);
            return true;
        case Name::atom_summary:
        case Name::atom_subtitle:
            item.summary.offer(reader.construct(node), trust);
            return true;
        case Name::atom_published:
        case Name::atom_issued:
            item.date_published.offer(reader.date(node), trust);
            return true;
        case Name::atom_created:
            item.date_published.offer(reader.date(node), Trust::fallback);
            return true;
        case Name::atom_updated:
        case Name::atom_modified:
            item.date_modified.offer(reader.date(node), trust);
            return true;
        case Name::atom_author:
            item.authors.offer(reader.person(node), trust);
            return true;
        case Name::atom_contributor:
            item.contributors.push_back(reader.person(node));
            return true;
        case Name::atom_category:
            read_category(reader, node, item);
            return true;
        case Name::atom_rights:
        case Name::atom_copyright:
            item.rights.offer(reader.construct(node), trust);
            return true;
        case Name::atom_source:
            read_source(reader, node, item.source);
            return true;
        case Name::atom_icon:
        case Name::atom_logo:
            item.image.offer(reader.url(node), Trust::module);
            return true;
        default:
            return false;
    }
}

bool read_atom_feed_element(Reader& reader, Node const& node, FeedDraft& feed, Trust trust) {
    switch (node.name) {
        case Name::atom_title:
            feed.title.offer(reader.construct(node), trust);
            return true;
        case Name::atom_subtitle:
        case Name::atom_tagline:
            feed.description.offer(reader.construct(node), trust);
            return true;
        case Name::atom_info:
        case Name::atom_summary:
            feed.description.offer(reader.construct(node), Trust::fallback);
            return true;
        case Name::atom_link:
            read_link(reader, node, feed, trust);
            return true;
        case Name::atom_id:
            feed.id.offer(reader.plain(node), trust);
            return true;
        case Name::atom_updated:
        case Name::atom_modified:
            feed.date_modified.offer(reader.date(node), trust);
            return true;
        case Name::atom_published:
        case Name::atom_issued:
        case Name::atom_created:
            feed.date_published.offer(reader.date(node), trust);
            return true;
        case Name::atom_author:
            feed.authors.offer(reader.person(node), trust);
            return true;
        case Name::atom_contributor:
            feed.contributors.push_back(reader.person(node));
            return true;
        case Name::atom_category:
            read_category(reader, node, feed);
            return true;
        case Name::atom_rights:
        case Name::atom_copyright:
            feed.rights.offer(reader.construct(node), trust);
            return true;
        case Name::atom_generator:
            feed.generator = reader.deep(node);
            return true;
        case Name::atom_icon:
            feed.favicon.offer(reader.url(node), trust);
            return true;
        case Name::atom_logo:
            feed.image.offer(reader.url(node), trust);
            return true;
        default:
            return false;
    }
}

bool is_atom(Node const& node) {
    return node.name == Name::atom_feed || node.name == Name::atom_entry;
}

bool has_atom(Node const& root, Node const& entry) {
    return is_item(entry) && (entry.parent == &root || &entry == &root);
}

void read_atom(Reader& reader, Node const& root, FeedDraft& feed) {
    bool const old = root.attribute("version") == "0.3" ||
                     root.attribute("xmlns").find("purl.org/atom/ns") != std::string_view::npos;
    reader.feed().format = old ? "atom-0.3" : "atom-1.0";
    feed.language.offer(root.scope->language, Trust::module);
    if (root.name == Name::atom_entry) {
        return;
    }
    for (auto const& child : elements(root)) {
        if (!is_item(child)) {
            read_feed_element(reader, child, feed, Trust::guest, Trust::core);
        }
    }
}

}  // namespace newswired::feeds
