// Creative Commons in RSS 1.0 (cc:license rdf:resource) and 2.0 (creativeCommons:license).

#include "feeds/modules/modules.hpp"

namespace newswired::feeds::modules {
namespace {

bool read(Reader& reader, xml::Node const& node, EntryDraft& draft) {
    if (node.name != xml::Name::cc_license && node.name != xml::Name::creativecommons_license) {
        return false;
    }
    auto const resource = node.attribute("resource");
    draft.license.offer(reader.url(node, resource.empty() ? reader.plain(node) : resource), Trust::module);
    return true;
}

}  // namespace

bool read_license(Reader& reader, xml::Node const& node, ItemDraft& item) {
    return read(reader, node, item);
}

bool read_license(Reader& reader, xml::Node const& node, FeedDraft& feed) {
    return read(reader, node, feed);
}

}  // namespace newswired::feeds::modules
