// content:encoded (purl.org/rss/1.0/modules/content), XHTML bodies in RSS, FeedBurner's original links, and
// what sitemaps put into a feed.

#include "feeds/modules/modules.hpp"

namespace newswired::feeds::modules {

using xml::Name;

bool read_content(Reader& reader, xml::Node const& node, ItemDraft& item) {
    switch (node.name) {
        case Name::content_encoded:
            item.content.offer(reader.html(node), Trust::core);
            return true;
        case Name::xhtml_body:
        case Name::xhtml_div:
            item.content.offer(reader.html(node), Trust::guest);
            return true;
        case Name::feedburner_origlink:
            item.external_url.offer(reader.url(node), Trust::core);
            return true;
        case Name::feedburner_origenclosurelink:
            item.original_enclosure = reader.url(node);
            return true;
        default:
            return false;
    }
}

bool read_content(Reader&, xml::Node const&, FeedDraft&) {
    return false;
}

}  // namespace newswired::feeds::modules
