// Comments: threading (RFC 4685), slash, wfw.

#include "feeds/modules/modules.hpp"

namespace newswired::feeds::modules {

using xml::Name;

bool read_comments(Reader& reader, xml::Node const& node, ItemDraft& item) {
    switch (node.name) {
        case Name::slash_comments:
        case Name::thr_total:
            if (auto const count = Reader::number(reader.plain(node)); count >= 0) {
                item.comments_count = count;
            }
            return true;
        case Name::slash_section:
        case Name::slash_department:
        case Name::wfw_comment:
        case Name::wfw_commentrss:
        case Name::thr_in_reply_to:
            return true;
        default:
            return false;
    }
}

bool read_comments(Reader&, xml::Node const&, FeedDraft&) {
    return false;
}

}  // namespace newswired::feeds::modules
