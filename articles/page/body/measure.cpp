#include "articles/page/body/measure.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace newswired::articles::page {

using namespace html;

namespace {

// Shorter than this, a text is a label, a button or a name.
constexpr std::uint32_t kShortestParagraph = 25;

bool is_block(Node const& node) {
    return node.kind == Node::Kind::element && node.element != kUnknown && has(node.element, B);
}

bool may_be_paragraph(ElementId element) {
    return !(element >= tag_h1 && element <= tag_h6) && element != tag_figcaption && element != tag_caption &&
           element != tag_summary && element != tag_th;
}

}  // namespace

std::uint32_t text_length(std::string_view source, std::uint32_t& commas) {
    std::uint32_t length = 0;
    auto space = true;  // a space after a space counts nothing
    for (std::size_t i = 0; i < source.size();) {
        auto const c = static_cast<unsigned char>(source[i]);
        if (c < 0x80) {
            if (is_space(source[i])) {
                length += space ? 0 : 1;
                space = true;
                ++i;
                continue;
            }
            space = false;
            ++length;
            commas += c == ',' ? 1 : 0;
            if (c == '&') {  // a reference is one character
                auto const end = source.substr(i, 12).find(';');
                i += end == std::string_view::npos ? 1 : end + 1;
            } else {
                ++i;
            }
            continue;
        }
        auto const rest = source.substr(i);
        // Arabic, ideographic, enumeration, fullwidth comma; ideographic full stop.
        commas += rest.starts_with("\u060C") || rest.starts_with("\u3001") || rest.starts_with("\uFF0C") ||
                          rest.starts_with("\u3002")
                      ? 1
                      : 0;
        space = false;
        if (c >= 0xF0) {
            length += 1;
            i += 4;
        } else if (c >= 0xE0) {
            length += (c >= 0xE3 && c <= 0xED) || c == 0xEF ? 2 : 1;
            i += 3;
        } else {
            length += rest.starts_with("\u00A0") ? 0 : 1;
            i += 2;
        }
    }
    return length;
}

std::vector<Measure> measure(Tree const& tree) {
    std::vector<Measure> all(tree.size());
    std::vector<NodeId> block(tree.size(), kRoot);  // the nearest block around each node, or itself
    for (NodeId i = 0; i < tree.size();) {
        auto const& node = tree[i];
        if (node.dropped) {
            i = node.end;
            continue;
        }
        block[i] = is_block(node) || node.parent == kNone ? i : block[node.parent];
        auto& own = all[block[i]];
        if (node.kind == Node::Kind::text) {
            std::uint32_t commas = 0;
            auto const length = text_length(node.source, commas);
            all[i].text = length;
            all[i].link = node.in_link ? length : 0;
            all[i].commas = commas;
            own.own_text += length;
            own.own_link += all[i].link;
            own.own_commas += commas;
        } else if (node.is(tag_a)) {
            all[i].links = 1;
        } else if (node.is(tag_img) || node.is(tag_video)) {
            all[i].images = 1;
        } else if (node.is(tag_br)) {
            ++own.own_breaks;
        }
        ++i;
    }
    for (auto i = tree.size(); i > 1;) {
        --i;
        auto& one = all[i];
        if (one.own_text >= kShortestParagraph && one.own_link * 2 <= one.own_text &&
            may_be_paragraph(tree[i].element)) {
            one.paragraph = true;
            one.prose += one.own_text - one.own_link;
            ++one.paragraphs;
        }
        auto& parent = all[tree[i].parent];
        parent.text += one.text;
        parent.link += one.link;
        parent.prose += one.prose;
        parent.paragraphs += one.paragraphs;
        parent.commas += one.commas;
        parent.links += one.links;
        parent.images += one.images;
    }
    return all;
}

}  // namespace newswired::articles::page
