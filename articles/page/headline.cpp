#include "articles/page/headline.hpp"

#include "core/text.hpp"

namespace newswired::articles::page {

using namespace html;

std::string bare(std::string_view text) {
    std::string out;
    for (auto const c : text) {
        if (is_alpha(c) || is_digit(c)) {
            out += to_lower(c);
        } else if (static_cast<unsigned char>(c) >= 0x80) {
            out += c;
        }
    }
    // Punctuation that typographers exchange.
    for (std::string_view const mark :
         {"\u2018", "\u2019", "\u201C", "\u201D", "\u2013", "\u2014", "\u2026", "\u00AB", "\u00BB"}) {
        for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark)) {
            out.erase(at, mark.size());
        }
    }
    return out;
}

std::string document_title(Tree const& tree) {
    for (NodeId i = 1; i < tree.size(); ++i) {
        if (tree[i].is(tag_title) && tree.closest(i, tag_svg) == kNone) {
            return to_nfc(tree.text(i, 1000));
        }
    }
    return {};
}

NodeId find_headline(Tree const& tree) {
    auto const title = bare(document_title(tree));
    NodeId best = kNone;
    std::size_t longest = 0;
    NodeId only = kNone;
    auto count = 0;
    for (NodeId i = 1; i < tree.size();) {
        auto const& node = tree[i];
        if (node.dropped) {
            i = node.end;
            continue;
        }
        if (node.kind == Node::Kind::element && node.element >= tag_h1 && node.element <= tag_h3) {
            auto const text = bare(tree.text(i, 400));
            if (node.is(tag_h1)) {
                only = i;
                ++count;
            }
            // A short one may be the site's name, which the title repeats as well.
            if (text.size() * 5 > title.size() * 2 && text.size() > longest &&
                title.find(text) != std::string::npos) {
                best = i;
                longest = text.size();
            }
        }
        ++i;
    }
    return best != kNone ? best : count == 1 ? only : kNone;
}

}  // namespace newswired::articles::page
