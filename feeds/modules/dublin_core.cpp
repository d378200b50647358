// Dublin Core elements and terms (dublincore.org/specifications/dublin-core/dcmi-terms), and PRISM's dates.

#include "feeds/modules/modules.hpp"

#include "core/text.hpp"
#include "feeds/dates/date.hpp"

namespace newswired::feeds::modules {
namespace {

using xml::Name;

// dcterms:valid "start=…;end=…;scheme=W3C-DTF"
std::string_view end_of_period(std::string_view text) {
    auto const place = text.find("end=");
    if (place == std::string_view::npos) {
        return {};
    }
    auto const rest = text.substr(place + 4);
    return trim(rest.substr(0, rest.find(';')));
}

bool read_common(Reader& reader, xml::Node const& node, EntryDraft& draft) {
    switch (node.name) {
        case Name::dc_title:
        case Name::dcterms_title:
            draft.title.offer(reader.rss_text(node), Trust::module);
            return true;
        case Name::dc_creator:
        case Name::dcterms_creator:
            draft.authors.offer(reader.person(node), Trust::module);
            return true;
        case Name::dc_author:
            draft.authors.offer(reader.person(node), Trust::module);
            return true;
        case Name::dc_publisher:
        case Name::dcterms_publisher:
            draft.authors.offer(reader.person(node), Trust::fallback);
            return true;
        case Name::dc_contributor:
        case Name::dcterms_contributor:
            draft.contributors.push_back(reader.person(node));
            return true;
        case Name::dc_subject:
        case Name::dcterms_subject:
            draft.add_tag(reader.deep(node));
            return true;
        case Name::dc_date:
            draft.date_published.offer(reader.date(node), Trust::module);
            return true;
        case Name::dcterms_issued:
            draft.date_published.offer(reader.date(node), Trust::module);
            return true;
        case Name::dcterms_created:
        case Name::dcterms_available:
        case Name::prism_publicationdate:
            draft.date_published.offer(reader.date(node), Trust::fallback);
            return true;
        case Name::dcterms_modified:
        case Name::prism_modificationdate:
            draft.date_modified.offer(reader.date(node), Trust::module);
            return true;
        case Name::dc_rights:
        case Name::dcterms_rights:
            draft.rights.offer(reader.html(node), Trust::module);
            return true;
        case Name::dc_language:
        case Name::dcterms_language:
            draft.language.offer(reader.plain(node), Trust::module);
            return true;
        case Name::dc_identifier:
        case Name::dcterms_identifier:
            draft.id.offer(reader.plain(node), Trust::module);
            return true;
        case Name::dcterms_license:
            draft.license.offer(reader.url(node), Trust::module);
            return true;
        default:
            return false;
    }
}

}  // namespace

bool read_dublin_core(Reader& reader, xml::Node const& node, ItemDraft& item) {
    switch (node.name) {
        case Name::dc_description:
        case Name::dcterms_description:
        case Name::dcterms_abstract:
            item.description.offer(reader.html(node), Trust::module);
            return true;
        case Name::dcterms_valid: {
            auto const end = end_of_period(reader.plain(node));
            item.date_expired.offer(parse_date(end), Trust::module);
            return true;
        }
        case Name::dc_source:
            return true;
        default:
            return read_common(reader, node, item);
    }
}

bool read_dublin_core(Reader& reader, xml::Node const& node, FeedDraft& feed) {
    if (node.name == Name::dc_description || node.name == Name::dcterms_description) {
        feed.description.offer(reader.html(node), Trust::module);
        return true;
    }
    return read_common(reader, node, feed);
}

}  // namespace newswired::feeds::modules
