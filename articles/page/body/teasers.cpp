#include "articles/page/body/teasers.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace newswired::articles::page {

using namespace html;

namespace {

constexpr std::uint32_t kLongestLabel = 50;
// Teasers may be a sentence or two; a paragraph that is longer is the article's.
constexpr std::uint32_t kLongestTeaser = 250;
// An article is more than what leads on from it.
constexpr std::uint32_t kShortestArticle = 400;

constexpr std::string_view kLabels[] = {
#define NEWSWIRED_LABEL(text) text,
#include "articles/page/body/teaser_labels.inc"
#undef NEWSWIRED_LABEL
};

std::string_view without_marks(std::string_view line) {
    constexpr std::string_view kMarks[] = {":", ".", ">", "-", "\u2026", "\u00BB", "\uFF1A"};
    for (auto stripped = true; stripped;) {
        line = trim(line);
        stripped = false;
        for (auto const mark : kMarks) {
            if (line.ends_with(mark)) {
                line.remove_suffix(mark.size());
                stripped = true;
            }
        }
    }
    return line;
}

bool is_label(std::string const& text) {
    auto const line = to_lower(without_marks(text));
    return std::find(std::begin(kLabels), std::end(kLabels), line) != std::end(kLabels);
}

bool is_block(Node const& node) {
    return node.kind == Node::Kind::element && node.element != kUnknown && has(node.element, B);
}

// Where the last real paragraph of `article` begins; kNone when it has none.
NodeId last_paragraph(Tree const& tree, std::vector<Measure> const& measures, NodeId article) {
    NodeId last = kNone;
    for (auto i = article + 1; i < tree[article].end;) {
        auto const& m = measures[i];
        last = m.own_text > m.own_link + kLongestTeaser && !tree[i].dropped ? i : last;
        i = tree[i].dropped ? tree[i].end : i + 1;
    }
    return last;
}

// The first label behind `from`.
NodeId find_label(Tree const& tree, std::vector<Measure> const& measures, NodeId from, NodeId end) {
    for (auto i = from; i < end;) {
        auto const& m = measures[i];
        if (!tree[i].dropped && m.own_text > 0 && m.text <= kLongestLabel && m.text == m.own_text &&
            is_block(tree[i]) && is_label(tree.text(i, 4 * kLongestLabel))) {
            return i;
        }
        i = tree[i].dropped ? tree[i].end : i + 1;
    }
    return kNone;
}

bool has_article_before(Tree const& tree, std::vector<Measure> const& measures, NodeId article,
                        NodeId label) {
    std::uint32_t length = 0;
    for (auto i = article + 1; i < label && length < kShortestArticle;) {
        auto const text = tree[i].kind == Node::Kind::text && !tree[i].dropped;
        length += text ? measures[i].text : 0;
        i = tree[i].dropped ? tree[i].end : i + 1;
    }
    return length >= kShortestArticle;
}

}  // namespace

void drop_closing_teasers(Tree& tree, std::vector<Measure> const& measures, NodeId article) {
    auto const last = last_paragraph(tree, measures, article);
    auto const label = find_label(tree, measures, last == kNone ? article + 1 : last + 1, tree[article].end);
    if (label == kNone || !has_article_before(tree, measures, article, label)) {
        return;
    }
    for (auto i = label; i < tree[article].end; ++i) {
        tree[i].dropped = true;
    }
}

}  // namespace newswired::articles::page
