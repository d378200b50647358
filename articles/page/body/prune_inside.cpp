// What is in the article but not of it.

#include "articles/page/body/prune.hpp"

#include "articles/page/addresses.hpp"
#include "articles/page/body/advertisement_label.hpp"
#include "articles/page/body/pointers.hpp"
#include "articles/page/tree/headline.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace newswired::articles::page {

using namespace html;

namespace {

// Whether most links below lead to other sites: sources and finds, where a site's own are teasers.
bool leads_elsewhere(Tree const& tree, NodeId id, std::string_view site) {
    // Boxes may be nested; what the first links of one say holds for the rest.
    constexpr NodeId kMostLooked = 1500;
    auto links = 0;
    auto away = 0;
    for (auto i = id; i < std::min(tree[id].end, id + kMostLooked); ++i) {
        if (!tree[i].is(tag_a) || tree[i].dropped) {
            continue;
        }
        ++links;
        auto const url = tree.attribute(i, "href");
        auto const host = host_of(url);
        away += !host.empty() && !site.empty() && host.find(site) == std::string_view::npos &&
                        !leads_to_profile(url) &&
                        tree.attribute(i, "rel").find("sponsored") == std::string::npos
                    ? 1
                    : 0;
    }
    return away * 3 > links * 2;
}

// Lists and tables of links, boxes of links: much link, little prose.
bool is_link_box(Tree const& tree, Measure const& m, NodeId id, std::string_view site) {
    auto const& node = tree[id];
    if (node.kind != Node::Kind::element || node.element == kUnknown || m.text == 0) {
        return false;
    }
    switch (node.element) {
        case tag_ul:
        case tag_ol:
        case tag_dl:
        case tag_div:
        case tag_section:
        case tag_table:
        case tag_article:
        case tag_header:
        case tag_p:
        case tag_h2:
        case tag_h3:
        case tag_h4:
        case tag_blockquote:
            break;
        default:
            return false;
    }
    auto const density = m.link_density();
    auto const may_be_content = node.element != tag_blockquote && node.element != tag_p;
    if (may_be_content && density > 0.66 && leads_elsewhere(tree, id, site)) {
        return false;
    }
    if (node.element == tag_blockquote) {
        return density > 0.9 && m.text < 300;  // an article of the site, embedded
    }
    if (node.element == tag_p || node.element == tag_h2 || node.element == tag_h3 || node.element == tag_h4) {
        return density > 0.9 && m.text < 200 && m.images == 0;
    }
    return density > 0.66 && m.links > 1;
}

bool is_heading(Node const& node) {
    return node.kind == Node::Kind::element && node.element >= tag_h1 && node.element <= tag_h6;
}

// A link around blocks of text is a card that leads elsewhere; around a picture it is the picture's.
bool is_card(Tree const& tree, Measure const& m, NodeId id) {
    auto const& node = tree[id];
    if (!node.is(tag_a) || m.text < 20) {
        return false;
    }
    for (auto i = id + 1; i < node.end; ++i) {
        auto const& inner = tree[i];
        if (inner.dropped || inner.is(tag_figure) || inner.is(tag_figcaption)) {
            i = inner.end - 1;
        } else if (inner.kind == Node::Kind::element && inner.element != kUnknown && has(inner.element, B)) {
            return true;
        }
    }
    return false;
}

// A box with one picture and a line beside it: the line is its caption, whatever it is called.
bool is_picture_box(Tree const& tree, Measure const& m, NodeId id) {
    auto const& node = tree[id];
    constexpr std::uint32_t kLongestCaption = 200;
    for (auto i = id + 1; i < node.end; ++i) {
        if (is_heading(tree[i]) || tree[i].is(tag_figcaption) || tree[i].is(tag_li) || tree[i].is(tag_dt) ||
            tree[i].is(tag_td)) {
            return false;  // a card, not a picture
        }
    }
    return (node.is(tag_div) || node.is(tag_span) || node.element == kUnknown) && m.images == 1 &&
           m.text > 0 && m.text <= kLongestCaption && m.paragraphs <= 1;
}

bool is_advertisement_place(Tree const& tree, Measure const& m, NodeId id) {
    constexpr std::uint32_t kLongest = 48;
    auto const& node = tree[id];
    return m.text > 0 && m.text <= kLongest && m.images == 0 && node.kind == Node::Kind::element &&
           node.element != kUnknown && has(node.element, B) &&
           is_advertisement_label(tree.text(id, 2 * kLongest));
}

// Headings of what is gone: between them and the next one nothing is left of what there was.
void drop_empty_headings(Tree& tree, NodeId article) {
    NodeId last = kNone;  // a heading that nothing has followed so far
    auto something_went = false;
    for (auto i = article + 1; i < tree[article].end;) {
        auto& node = tree[i];
        std::uint32_t commas = 0;
        if (node.dropped) {
            something_went = something_went || (node.kind == Node::Kind::element &&
                                                node.element != kUnknown && has(node.element, B));
        } else if (is_heading(node)) {
            if (last != kNone && something_went && tree[last].element >= node.element) {
                tree[last].dropped = true;
            }
            last = tree[node.parent].is(tag_li) || tree.text(i, 8).empty() ? kNone : i;
            something_went = false;
        } else {
            if (node.is(tag_img) || node.is(tag_video) ||
                (node.kind == Node::Kind::text && text_length(node.source, commas) > 1)) {
                last = kNone;
            }
            ++i;
            continue;
        }
        i = node.end;
    }
    if (last != kNone) {
        tree[last].dropped = true;
    }
}

}  // namespace

void drop_inside(Tree& tree, NodeId article, Strictness strictness, std::string_view url) {
    auto const site = site_of(url);
    auto const measures = measure(tree);
    // The title is told apart from the text.
    if (auto const headline = find_headline(tree);
        headline != kNone && headline > article && tree.contains(article, headline)) {
        tree[headline].dropped = true;
    }
    for (auto i = article + 1; i < tree[article].end;) {
        auto& node = tree[i];
        if (!node.dropped && strictness != Strictness::bare &&
            (is_link_box(tree, measures[i], i, site) ||
             (is_pointer(tree, measures[i], i) && !leads_elsewhere(tree, i, site)) ||
             is_card(tree, measures[i], i) || is_advertisement_place(tree, measures[i], i))) {
            node.dropped = true;
            drop_label_of(tree, measures, article, i);
        } else if (!node.dropped && measures[i].images == 1 && is_picture_box(tree, measures[i], i)) {
            node.words |= word_caption;
        }
        if (!node.dropped && measures[i].own_breaks > 0 && measures[i].own_link > 0) {
            drop_pointer_lines(tree, i);
        }
        i = node.dropped ? node.end : i + 1;
    }
    drop_empty_headings(tree, article);
}

}  // namespace newswired::articles::page
