// Media RSS (rssboard.org/media-rss), with YouTube's use of it.

#include "core/text.hpp"
#include "feeds/modules/modules.hpp"

#include <charconv>
#include <cmath>
#include <string>

namespace newswired::feeds::modules {
namespace {

using xml::Name;
using xml::Node;

double number(std::string_view text) {
    double value = -1;
    text = trim(text);
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && std::isfinite(value) && value >= 0 && end != text.data() ? value : -1;
}

// A medium without a type still says what it is.
std::string_view type_of(Node const& node) {
    auto const type = trim(node.attribute("type"));
    if (!type.empty()) {
        return type;
    }
    auto const medium = trim(node.attribute("medium"));
    return medium == "image" ? "image/*" : medium == "video" ? "video/*" : medium == "audio" ? "audio/*" : "";
}

void read_one(Reader& reader, Node const& node, ItemDraft& item);

void read_file(Reader& reader, Node const& node, ItemDraft& item) {
    if (auto const url = reader.url(node, node.attribute("url")); !url.empty()) {
        auto const* const title = node.child(Name::media_title);
        item.media.push_back({.url = url,
                              .mime_type = type_of(node),
                              .title = title != nullptr ? reader.deep(*title) : std::string_view{},
                              .size_in_bytes = Reader::size(node.attribute("fileSize")),
                              .duration_in_seconds = number(node.attribute("duration"))});
    }
    for (auto const& child : elements(node)) {
        if (child.name != Name::media_title || node.name == Name::media_group) {
            read_one(reader, child, item);
        }
    }
}

void read_one(Reader& reader, Node const& node, ItemDraft& item) {
    switch (node.name) {
        case Name::media_thumbnail: {
            auto const url = node.attribute("url");
            item.image.offer(reader.url(node, url.empty() ? reader.plain(node) : url), Trust::module);
            break;
        }
        case Name::media_title:
            item.title.offer(reader.rss_text(node), Trust::fallback);
            break;
        case Name::media_description:
        case Name::media_text:
            item.description.offer(reader.html(node), Trust::fallback);
            break;
        case Name::media_keywords:
            for (auto const& tag : split(reader.plain(node), ',')) {
                item.add_tag(reader.arena().copy(tag));
            }
            break;
        case Name::media_category: {
            auto const label = trim(node.attribute("label"));
            item.add_tag(label.empty() ? reader.deep(node) : label);
            break;
        }
        case Name::media_credit:
            item.contributors.push_back({.name = reader.deep(node)});
            break;
        case Name::media_player:
            item.url.offer(reader.url(node, node.attribute("url")), Trust::fallback);
            break;
        case Name::media_copyright:
            item.rights.offer(reader.html(node), Trust::fallback);
            break;
        case Name::media_license: {
            auto const href = node.attribute("href");
            item.license.offer(reader.url(node, href.empty() ? reader.plain(node) : href), Trust::fallback);
            break;
        }
        default:
            break;
    }
}

}  // namespace

bool read_media(Reader& reader, Node const& node, ItemDraft& item) {
    if (node.space != xml::Namespace::media) {
        return false;
    }
    if (node.name == Name::media_group) {
        for (auto const& child : elements(node)) {
            if (child.name == Name::media_content) {
                read_file(reader, child, item);
            } else {
                read_one(reader, child, item);
            }
        }
    } else if (node.name == Name::media_content) {
        read_file(reader, node, item);
    } else {
        read_one(reader, node, item);
    }
    return true;
}

bool read_media(Reader& reader, Node const& node, FeedDraft& feed) {
    switch (node.name) {
        case Name::media_thumbnail:
            feed.image.offer(reader.url(node, node.attribute("url")), Trust::module);
            return true;
        case Name::media_content:
            if (type_of(node).starts_with("image")) {
                feed.image.offer(reader.url(node, node.attribute("url")), Trust::fallback);
            }
            return true;
        case Name::media_copyright:
            feed.rights.offer(reader.html(node), Trust::fallback);
            return true;
        case Name::media_credit:
            feed.authors.offer({.name = reader.deep(node)}, Trust::fallback);
            return true;
        default:
            return node.space == xml::Namespace::media;
    }
}

}  // namespace newswired::feeds::modules
