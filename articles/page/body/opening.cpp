#include "articles/page/body/opening.hpp"

#include "articles/page/dates/dates.hpp"

#include <algorithm>

namespace newswired::articles::page {

using namespace html;

namespace {

// From here on a block is a paragraph, and what follows is the article.
constexpr std::uint32_t kRealParagraph = 110;
constexpr std::size_t kLongestLine = 100;

bool is_line_about(std::string const& text, Metadata const& about) {
    if (text.size() > kLongestLine) {
        return false;
    }
    if (!day_in_text(text, true).empty()) {
        return true;
    }
    return std::any_of(about.authors.begin(), about.authors.end(), [&](Author const& author) {
        return text.find(author.name) != std::string::npos && text.size() < author.name.size() + 40;
    });
}

}  // namespace

void drop_opening_lines(Tree& tree, std::vector<Measure> const& measures, NodeId article,
                        Metadata const& about) {
    for (auto i = article + 1; i < tree[article].end;) {
        auto& node = tree[i];
        if (node.dropped) {
            i = node.end;
            continue;
        }
        auto const& m = measures[i];
        auto const is_block =
            node.kind == Node::Kind::element && node.element != kUnknown && has(node.element, B);
        if (is_block && m.own_text >= kRealParagraph && m.paragraph) {
            return;
        }
        if (is_block && m.text > 0 && m.text <= kLongestLine && m.images == 0 && !node.is(tag_h2) &&
            !node.is(tag_blockquote) && !node.is(tag_pre) &&
            is_line_about(tree.text(i, kLongestLine + 1), about)) {
            node.dropped = true;
        }
        i = node.dropped ? node.end : i + 1;
    }
}

}  // namespace newswired::articles::page
