#include "articles/page/body/prune.hpp"

#include "articles/html/tokenizer.hpp"
#include "articles/page/addresses.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace newswired::articles::page {

using namespace html;

namespace {

bool is_machinery(ElementId element) {
    switch (element) {
        case tag_script:
        case tag_style:
        case tag_head:
        case tag_template:
        case tag_svg:
        case tag_canvas:
        case tag_iframe:
        case tag_object:
        case tag_applet:
        case tag_embed:
        case tag_button:
        case tag_select:
        case tag_input:
        case tag_textarea:
        case tag_datalist:
        case tag_option:
        case tag_optgroup:
        case tag_map:
        case tag_dialog:
        case tag_meter:
        case tag_progress:
        case tag_audio:
        case tag_marquee:
        case tag_rp:
        case tag_title:
            return true;
        default:
            return false;
    }
}

// For those without scripts: either the picture that a script would have loaded, or a plea.
bool is_plea(Tree const& tree, NodeId id) {
    for (auto i = id + 1; i < tree[id].end; ++i) {
        if (tree[i].is(tag_img)) {
            return false;
        }
    }
    constexpr std::size_t kLongestPlea = 300;
    auto const text = tree.text(id, kLongestPlea + 1);
    return text.size() <= kLongestPlea ||
           text.starts_with('<');  // markup that was escaped when the page was saved
}

constexpr Words kNeverProse = word_share | word_navigation | word_cookies | word_tags | word_ad | word_popup |
                              word_newsletter | word_author_box | word_byline | word_related | word_comments |
                              word_sidebar | word_footer | word_promo | word_tools;

bool is_inline(Node const& node) {
    return node.element != kUnknown && !has(node.element, B);
}

bool stands_in_paragraph(Tree const& tree, std::vector<Measure> const& measures, NodeId id) {
    auto block = tree[id].parent;
    while (block != kNone && is_inline(tree[block])) {
        block = tree[block].parent;
    }
    return block != kNone && measures[block].paragraph && measures[id].text * 2 < measures[block].own_text;
}

constexpr Words kSmall = word_share | word_navigation | word_tags | word_byline | word_tools;

// The text that says of itself that it is the article's: shown by a script, or meant for the printer, it is
// that still.
NodeId first_article_body(Tree const& tree) {
    for (NodeId i = 1; i < tree.size(); ++i) {
        if ((tree[i].words & word_article_body) != 0) {
            return i;
        }
    }
    return kNone;
}

}  // namespace

std::string embedded_in(Tree const& tree, NodeId frame) {
    for (auto const* const key : {"src", "data-src", "data-lazy-src"}) {
        if (auto address = played_address(tree.attribute(frame, key)); !address.empty()) {
            return address;
        }
    }
    return {};
}

void drop_machinery(Tree& tree, Strictness strictness) {
    auto const body = first_article_body(tree);
    for (NodeId i = 1; i < tree.size();) {
        auto& node = tree[i];
        if (node.kind != Node::Kind::element) {
            // The end of a comment that ended before.
            node.dropped = node.kind == Node::Kind::text && trim(node.source) == "-->";
            ++i;
            continue;
        }
        auto const declared_shadow = node.is(tag_template) && tree.has_attribute(i, "shadowrootmode");
        auto const hidden = strictness == Strictness::strict && (node.words & word_hidden) != 0 &&
                            node.element != tag_body && node.element != tag_html &&
                            !(body != kNone && tree.contains(i, body));
        auto const plays = node.is(tag_iframe) && !embedded_in(tree, i).empty();
        if ((node.element != kUnknown && is_machinery(node.element) && !declared_shadow && !plays) ||
            hidden || (node.is(tag_noscript) && is_plea(tree, i))) {
            node.dropped = true;
            i = node.end;
            continue;
        }
        ++i;
    }
}

void drop_surroundings(Tree& tree, Strictness strictness) {
    if (strictness == Strictness::bare) {
        return;
    }
    auto const measures = measure(tree);
    auto const all = measures[kRoot].prose;
    for (NodeId i = 1; i < tree.size();) {
        auto& node = tree[i];
        if (node.dropped) {
            i = node.end;
            continue;
        }
        if (node.kind != Node::Kind::element || node.is(tag_html) || node.is(tag_body) || node.is(tag_main)) {
            ++i;
            continue;
        }
        auto const& m = measures[i];
        auto const by_element =
            node.is(tag_nav) || node.is(tag_footer) || node.is(tag_aside) || node.is(tag_menu);
        // What quotes someone is named after where it was said: "twitter-tweet".
        auto const quotes = node.is(tag_blockquote) || node.is(tag_pre) || node.is(tag_h1);
        auto const by_words =
            !quotes && (node.words & kNeverProse) != 0 && (node.words & (word_body | word_article_body)) == 0;
        auto const share = all == 0 ? 0.0 : double(m.prose) / double(all);
        auto limit = 0.3;
        if ((node.words & word_comments) != 0) {
            limit = 0.9;
        } else if (node.is(tag_article) || node.is(tag_p) || (node.words & word_neutral) != 0) {
            limit = 0.1;
        }
        // Words in a sentence are the sentence's, whatever link they are: "<a class=twitter>Twitter</a>
        // erupted".
        auto const in_sentence = is_inline(node) && stands_in_paragraph(tree, measures, i);
        // What is small wherever it is: with paragraphs in it, it has its name from something else.
        auto const only_small = (node.words & kNeverProse & ~kSmall) == 0;
        auto const is_text = m.prose > 300 && m.link_density() < 0.3;
        // A teaser that leads nowhere is the article's own.
        auto const leads_nowhere =
            (node.words & kNeverProse) == word_related && m.links == 0 && m.prose > 0 && m.images == 0;
        // What a recipe takes stands beside it, and can be printed.
        auto const ingredients =
            (node.words & word_ingredients) != 0 && (node.words & kNeverProse & ~kSmall) == 0;
        auto const named_by_chance =
            ingredients || (!by_element && (in_sentence || (only_small && is_text) || leads_nowhere));
        if ((by_element || by_words) && !named_by_chance && share <= limit) {
            node.dropped = true;
            i = node.end;
            continue;
        }
        ++i;
    }
}

}  // namespace newswired::articles::page
