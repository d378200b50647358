#include "articles/page/body/lead.hpp"

#include "articles/page/tree/headline.hpp"

namespace newswired::articles::page {

using namespace html;

namespace {

// A lead is a sentence or some; what is longer is another article, what is shorter a label.
constexpr std::uint32_t kShortest = 60;
constexpr std::uint32_t kShortestNamed = 25;
constexpr std::uint32_t kLongest = 900;

constexpr Words kOther = word_caption | word_byline | word_date | word_media | word_comments | word_related |
                         word_ad | word_footer | word_sidebar | word_share;

bool is_other(Tree const& tree, NodeId id, NodeId within, Words other) {
    for (; id != kNone && id != within; id = tree[id].parent) {
        auto const& node = tree[id];
        if (node.dropped || (node.words & other) != 0 || node.is(tag_figure) || node.is(tag_figcaption) ||
            node.is(tag_li) || node.is(tag_table) || node.in_link) {
            return true;
        }
    }
    return false;
}

bool is_named_lead(Tree const& tree, NodeId id, NodeId within) {
    for (; id != kNone && id != within; id = tree[id].parent) {
        if ((tree[id].words & word_lead) != 0) {
            return true;
        }
    }
    return false;
}

// A heading that says in a sentence what the article says; what shares a <header> with the headline is its
// second line, and told apart like it.
bool is_subtitle(Tree const& tree, Measure const& m, NodeId id, NodeId headline) {
    auto const& node = tree[id];
    auto const header = tree.closest(id, tag_header);
    return node.kind == Node::Kind::element && node.element >= tag_h2 && node.element <= tag_h6 &&
           m.own_link == 0 && (header == kNone || !tree.contains(header, headline));
}

}  // namespace

std::vector<NodeId> find_lead(Tree const& tree, std::vector<Measure> const& measures, NodeId article) {
    std::vector<NodeId> lead;
    auto const headline = find_headline(tree);
    if (headline == kNone || headline > article || article == kRoot || tree.contains(article, headline)) {
        return lead;
    }
    auto const within = tree.common_ancestor(headline, article);
    std::uint32_t length = 0;
    // A lead may stand there twice: in the header, and as the text's first paragraph.
    constexpr std::size_t kOpening = 3000;
    auto told = tree.text(article, kOpening);
    for (auto i = tree[headline].end; i < article && lead.size() < 4; ++i) {
        auto const& node = tree[i];
        if (node.dropped) {
            i = node.end - 1;
            continue;
        }
        auto const& m = measures[i];
        auto const named = m.own_text >= kShortestNamed && node.element != kUnknown && has(node.element, B) &&
                           is_named_lead(tree, i, within);
        auto const text = m.own_text >= kShortest && (m.paragraph || is_subtitle(tree, m, i, headline));
        // What is called a teaser and leads nowhere is the article's own.
        auto const other = m.links == 0 ? kOther & ~Words{word_related} : kOther;
        if ((named || text) && m.own_link * 4 <= m.own_text && m.own_text < kLongest &&
            length + m.own_text < 2 * kLongest && !is_other(tree, i, within, other) && m.text == m.own_text) {
            auto text_of_lead = tree.text(i, 2 * kLongest);
            if (told.find(text_of_lead) == std::string::npos) {
                lead.push_back(i);
                length += m.own_text;
                told += text_of_lead;
            }
            i = node.end - 1;
        }
    }
    return lead;
}

}  // namespace newswired::articles::page
