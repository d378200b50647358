// Podcasts: Apple's itunes, Google's copy of it, Podcasting 2.0 (podcastindex.org/namespace/1.0).

#include "core/text.hpp"
#include "feeds/modules/modules.hpp"

#include <charconv>
#include <cmath>

namespace newswired::feeds::modules {
namespace {

using xml::Name;
using xml::Node;

// "1:02:03", "62:03", "3723", "3723.5"
double duration_of(std::string_view text) {
    double total = 0;
    text = trim(text);
    if (text.empty()) {
        return -1;
    }
    for (auto const& part : split(text, ':')) {
        double value = 0;
        auto const piece = trim(part);
        auto const [end, error] = std::from_chars(piece.data(), piece.data() + piece.size(), value);
        if (error != std::errc{} || end != piece.data() + piece.size() || !std::isfinite(value) ||
            value < 0) {
            return -1;
        }
        total = total * 60 + value;
    }
    return total;
}

// Apple's words, exactly: a value that Apple does not know says nothing.
Flag explicit_of(std::string_view text) {
    if (text == "yes" || text == "true" || text == "explicit") {
        return Flag::yes;
    }
    return text == "no" || text == "false" || text == "clean" ? Flag::no : Flag::absent;
}

std::string_view image_of(Reader& reader, Node const& node) {
    auto reference = node.attribute("href");
    if (reference.empty()) {
        reference = node.attribute("url");
    }
    return reader.url(node, reference.empty() ? reader.plain(node) : reference);
}

bool read_common(Reader& reader, Node const& node, EntryDraft& draft) {
    switch (node.name) {
        case Name::itunes_author:
        case Name::googleplay_author:
            draft.authors.offer(reader.person(node), Trust::fallback);
            return true;
        case Name::itunes_title:
            draft.title.offer(reader.rss_text(node), Trust::fallback);
            return true;
        case Name::itunes_image:
        case Name::googleplay_image:
            draft.image.offer(image_of(reader, node), Trust::guest);
            return true;
        case Name::itunes_link:  // before <itunes:image>
            if (equal_ignoring_case(trim(node.attribute("rel")), "image")) {
                draft.image.offer(image_of(reader, node), Trust::guest);
            }
            return true;
        case Name::itunes_explicit:
        case Name::googleplay_explicit:
            draft.itunes_explicit = explicit_of(reader.document().text(node));
            return true;
        case Name::itunes_block:
        case Name::googleplay_block:
            draft.itunes_block = reader.document().text(node) == "yes" ? Flag::yes : Flag::no;
            return true;
        case Name::itunes_keywords:
            for (auto const& tag : split(reader.plain(node), ',')) {
                draft.add_tag(reader.arena().copy(tag));
            }
            return true;
        case Name::itunes_category:
        case Name::googleplay_category:
            draft.add_tag(node.attribute("text"));
            for (auto const& inner : elements(node)) {
                draft.add_tag(inner.attribute("text"));
            }
            return true;
        case Name::podcast_license:
            draft.license.offer(
                node.has_attribute("url") ? reader.url(node, node.attribute("url")) : reader.plain(node),
                Trust::fallback);
            return true;
        default:
            return false;
    }
}

}  // namespace

bool read_podcast(Reader& reader, Node const& node, ItemDraft& item) {
    switch (node.name) {
        case Name::itunes_summary:
        case Name::googleplay_description:
            if (auto const text = reader.html(node); !text.empty()) {
                item.summary.offer(text, Trust::module);
                item.description.offer(text, Trust::fallback);
            }
            return true;
        case Name::itunes_subtitle:
            item.summary.offer(reader.html(node), Trust::fallback);
            return true;
        case Name::itunes_duration:
            item.duration_in_seconds = duration_of(reader.plain(node));
            return true;
        case Name::podcast_person:
            item.contributors.push_back(
                {.name = reader.deep(node), .url = reader.url(node, node.attribute("href"))});
            return true;
        default:
            return read_common(reader, node, item);
    }
}

bool read_podcast(Reader& reader, Node const& node, FeedDraft& feed) {
    switch (node.name) {
        case Name::itunes_summary:
        case Name::googleplay_description:
            feed.description.offer(reader.html(node), Trust::module);
            return true;
        case Name::itunes_subtitle:
            feed.description.offer(reader.html(node), Trust::fallback);
            return true;
        case Name::itunes_owner:
            feed.authors.offer(reader.person(node), Trust::fallback);
            return true;
        case Name::podcast_guid:
            feed.id.offer(reader.plain(node), Trust::module);
            return true;
        default:
            return read_common(reader, node, feed);
    }
}

}  // namespace newswired::feeds::modules
