// RSS 0.9x, 1.0 (RDF) and 2.0.  Specs: rssboard.org/rss-specification, purl.org/rss/1.0, and the DTDs of
// 0.9x.

#include "core/text.hpp"
#include "feeds/dates/date.hpp"
#include "feeds/formats/elements.hpp"
#include "feeds/formats/formats.hpp"

#include <algorithm>
#include <string>

namespace newswired::feeds {
namespace {

using xml::Name;
using xml::Namespace;
using xml::Node;

Attachment enclosure(Reader& reader, Node const& node) {
    auto reference = node.attribute("url");
    if (reference.empty()) {
        reference = node.attribute("href");
    }
    return {.url = reader.url(node, reference.empty() ? reader.plain(node) : reference),
            .mime_type = trim(node.attribute("type")),
            .size_in_bytes = Reader::size(node.attribute("length"))};
}

std::string_view link(Reader& reader, Node const& node) {
    auto const text = reader.plain(node);
    return reader.url(node, text.empty() ? node.attribute("href") : text);
}

std::string_view image_url(Reader& reader, Node const& node) {
    for (auto const& child : elements(node)) {
        if (child.name == Name::core_url) {
            return reader.url(child);
        }
    }
    if (auto const text = reader.plain(node); !text.empty()) {
        return reader.url(node, text);
    }
    auto const href = node.attribute("href");
    return reader.url(node, href.empty() ? node.attribute("url") : href);
}

void read_skipped(Reader& reader, Node const& node, Pace& pace) {
    constexpr std::string_view kDays[] = {"sunday",   "monday", "tuesday", "wednesday",
                                          "thursday", "friday", "saturday"};
    for (auto const& child : elements(node)) {
        auto const text = to_lower(reader.plain(child));
        if (child.name == Name::core_hour) {
            auto const hour = Reader::number(text);
            if (hour >= 0 && hour <= 24) {  // 24 means 0 in old feeds
                pace.skip_hours |= 1u << (hour % 24);
            }
        } else if (child.name == Name::core_day) {
            auto const* const day = std::find(std::begin(kDays), std::end(kDays), text);
            if (day != std::end(kDays)) {
                pace.skip_days = static_cast<std::uint8_t>(pace.skip_days | 1u << (day - kDays));
            }
        }
    }
}

void read_guid(Reader& reader, Node const& node, ItemDraft& item, Trust trust) {
    auto const text = reader.plain(node);
    item.id.offer(text, trust);
    auto const permanent = trim(node.attribute("isPermaLink"));
    item.id_is_permalink =
        !equal_ignoring_case(permanent, "false") && item.id.get() == text &&
        (text.find("://") != std::string_view::npos || equal_ignoring_case(permanent, "true"));
}

std::string_view version_of(Node const& root) {
    if (root.name == Name::rdf_rdf) {
        for (auto const* one = root.attributes; one != nullptr; one = one->next) {
            if (one->value.find("rdf/simple/0.9") != std::string_view::npos) {
                return "rss-0.90";
            }
        }
        return "rss-1.0";
    }
    auto const version = trim(root.attribute("version"));
    if (version.starts_with("0.90")) {
        return "rss-0.90";
    }
    if (version.starts_with("0.91")) {
        return "rss-0.91";
    }
    if (version.starts_with("0.92")) {
        return "rss-0.92";
    }
    if (version.starts_with("0.93")) {
        return "rss-0.93";
    }
    if (version.starts_with("0.94")) {
        return "rss-0.94";
    }
    return "rss-2.0";
}

}  // namespace

bool read_rss_item_element(Reader& reader, Node const& node, ItemDraft& item, Trust trust) {
    switch (node.name) {
        case Name::core_title:
            item.title.offer(reader.rss_text(node), trust);
            return true;
        case Name::core_link:
            item.url.offer(link(reader, node), trust);
            return true;
        case Name::core_guid:
            read_guid(reader, node, item, trust);
            return true;
        case Name::core_id:
            item.id.offer(reader.plain(node), Trust::module);
            return true;
        case Name::core_description:
            item.description.offer(reader.html(node), trust);
            return true;
        case Name::core_summary:
        case Name::core_abstract:
            item.summary.offer(reader.html(node), Trust::module);
            return true;
        case Name::core_content:
        case Name::core_body:
        case Name::core_fullitem:
            item.content.offer(reader.html(node), Trust::module);
            return true;
        case Name::core_pubdate:
            item.date_published.offer(reader.date(node), trust);
            return true;
        case Name::core_published:
        case Name::core_issued:
        case Name::core_created:
        case Name::core_date:
            item.date_published.offer(reader.date(node), Trust::module);
            return true;
        case Name::core_updated:
        case Name::core_modified:
        case Name::core_lastbuilddate:
            item.date_modified.offer(reader.date(node), Trust::module);
            return true;
        case Name::core_expirationdate:
        case Name::core_expires:
            item.date_expired.offer(reader.date(node), trust);
            return true;
        case Name::core_author:
            item.authors.offer(reader.person(node), trust);
            return true;
        case Name::core_creator:
            item.authors.offer(reader.person(node), Trust::module);
            return true;
        case Name::core_contributor:
            item.contributors.push_back(reader.person(node));
            return true;
        case Name::core_category:
        case Name::core_subject:
        case Name::core_tags:
            item.add_tag(reader.deep(node));
            return true;
        case Name::core_comments:
            item.comments_url.offer(reader.url(node), trust);
            return true;
        case Name::core_enclosure:
            if (auto const one = enclosure(reader, node); !one.url.empty()) {
                item.attachments.push_back(one);
            }
            return true;
        case Name::core_source:
            item.source.title = reader.deep(node);
            item.source.feed_url = reader.url(node, node.attribute("url"));
            return true;
        case Name::core_image:
        case Name::core_thumbnail:
            item.image.offer(image_url(reader, node), Trust::module);
            return true;
        case Name::core_copyright:
        case Name::core_rights:
            item.rights.offer(reader.html(node), trust);
            return true;
        case Name::core_language:
            item.language.offer(reader.plain(node), trust);
            return true;
        default:
            return false;
    }
}

bool read_rss_feed_element(Reader& reader, Node const& node, FeedDraft& feed, Trust trust) {
    switch (node.name) {
        case Name::core_title:
            feed.title.offer(reader.rss_text(node), trust);
            return true;
        case Name::core_link:
            feed.url.offer(link(reader, node), trust);
            return true;
        case Name::core_description:
            feed.description.offer(reader.html(node), trust);
            return true;
        case Name::core_subtitle:
        case Name::core_tagline:
        case Name::core_summary:
        case Name::core_abstract:
            feed.description.offer(reader.html(node), Trust::module);
            return true;
        case Name::core_language:
            feed.language.offer(reader.plain(node), trust);
            return true;
        case Name::core_copyright:
        case Name::core_rights:
            feed.rights.offer(reader.html(node), trust);
            return true;
        case Name::core_managingeditor:
        case Name::core_author:
            feed.authors.offer(reader.person(node), trust);
            return true;
        case Name::core_webmaster:
            feed.authors.offer(reader.person(node), Trust::fallback);
            return true;
        case Name::core_pubdate:
        case Name::core_published:
            feed.date_published.offer(reader.date(node), trust);
            return true;
        case Name::core_lastbuilddate:
        case Name::core_updated:
        case Name::core_modified:
            feed.date_modified.offer(reader.date(node), trust);
            return true;
        case Name::core_category:
        case Name::core_tags:
            feed.add_tag(reader.deep(node));
            return true;
        case Name::core_generator:
            feed.generator = reader.deep(node);
            return true;
        case Name::core_id:
        case Name::core_guid:
            feed.id.offer(reader.plain(node), Trust::module);
            return true;
        case Name::core_image:
            feed.image.offer(image_url(reader, node), trust);
            return true;
        case Name::core_icon:
            feed.favicon.offer(reader.url(node), trust);
            return true;
        case Name::core_logo:
            feed.image.offer(reader.url(node), Trust::module);
            return true;
        case Name::core_ttl:
            if (auto const minutes = Reader::number(reader.plain(node)); minutes >= 0) {
                feed.pace.ttl = seconds{std::min<std::int64_t>(minutes, 60 * 24 * 365) * 60};
            }
            return true;
        case Name::core_skiphours:
        case Name::core_skipdays:
            read_skipped(reader, node, feed.pace);
            return true;
        default:
            return false;
    }
}

// Microsoft's Channel Definition Format says in attributes what RSS says in elements.
void read_cdf_attributes(Reader& reader, Node const& node, EntryDraft& draft) {
    draft.url.offer(reader.url(node, node.attribute("href")), Trust::module);
    draft.date_modified.offer(parse_date(node.attribute("lastmod")), Trust::module);
}

bool is_rss(Node const& node) {
    return node.name == Name::core_rss || node.name == Name::rdf_rdf || node.name == Name::core_channel ||
           node.name == Name::core_item;
}

bool has_rss(Node const& root, Node const& entry) {
    if (root.name == Name::core_item) {  // items without a house
        return entry.name == Name::core_item && entry.parent == root.parent;
    }
    auto const& parent = *entry.parent;
    // In RSS 1.0 they stand beside their channel; so do those that were put outside it.
    auto const within_channel = parent.name == Name::core_channel && parent.parent == &root;
    return is_item(entry) && (&parent == &root || (within_channel && root.name != Name::core_channel));
}

void read_rss(Reader& reader, Node const& root, FeedDraft& feed) {
    reader.feed().format = version_of(root);
    auto read_container = [&](Node const& container) {
        if (container.name == Name::core_channel) {
            feed.id.offer(container.attribute("about"), Trust::fallback);
            read_cdf_attributes(reader, container, feed);
        }
        for (auto const& child : elements(container)) {
            if (!is_item(child) && child.name != Name::core_channel && child.name != Name::core_items) {
                read_feed_element(reader, child, feed, Trust::core, Trust::guest);
            }
        }
        feed.language.offer(container.scope->language, Trust::module);
    };
    if (root.name == Name::core_item) {
        return;
    }
    if (root.name != Name::core_channel) {
        for (auto const& child : elements(root)) {
            if (child.name == Name::core_channel) {
                read_container(child);
            }
        }
    }
    read_container(root);
}

}  // namespace newswired::feeds
