#include "articles/page/tree/tree.hpp"

#include "articles/html/tokenizer.hpp"
#include "core/entities.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace newswired::articles::page {

using namespace html;

std::string Tree::attribute(NodeId id, std::string_view name) const {
    AttributeReader reader{nodes_[id].source};
    AttributeReader::Attribute attribute;
    while (reader.next(attribute)) {
        if (equal_ignoring_case(attribute.name, name)) {
            std::string value;
            append_decoded(value, attribute.value, true);
            return std::string{trim(value)};
        }
    }
    return {};
}

bool Tree::has_attribute(NodeId id, std::string_view name) const {
    AttributeReader reader{nodes_[id].source};
    AttributeReader::Attribute attribute;
    while (reader.next(attribute)) {
        if (equal_ignoring_case(attribute.name, name)) {
            return true;
        }
    }
    return false;
}

std::string Tree::text(NodeId id, std::size_t longest) const {
    std::string out;
    for (auto i = id; i < nodes_[id].end && out.size() < longest;) {
        auto const& node = nodes_[i];
        if (node.dropped && i != id) {
            i = node.end;
            continue;
        }
        if (node.kind == Node::Kind::text || (node.kind == Node::Kind::raw && node.parent == id)) {
            append_decoded(out, node.source);
        } else if (node.kind == Node::Kind::element && (has(node.element, B) || node.element == tag_br)) {
            out += out.empty() || out.back() == ' ' ? "" : " ";
        }
        ++i;
    }
    return collapse_space(out);
}

NodeId Tree::closest(NodeId id, ElementId element) const {
    while (id != kNone && !nodes_[id].is(element)) {
        id = nodes_[id].parent;
    }
    return id;
}

NodeId Tree::common_ancestor(NodeId a, NodeId b) const {
    while (a != kNone && !contains(a, b)) {
        a = nodes_[a].parent;
    }
    return a == kNone ? kRoot : a;
}

}  // namespace newswired::articles::page
