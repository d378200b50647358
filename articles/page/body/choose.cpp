#include "articles/page/body/choose.hpp"

#include "articles/page/tree/headline.hpp"

#include <algorithm>

namespace newswired::articles::page {

using namespace html;

namespace {

// Paragraphs vote for what holds them: fully for the parent, less for those further up.
constexpr int kVoters = 5;

double weight(Measure const& m) {
    auto const length = double(m.own_text - m.own_link);
    return 1.0 + m.own_commas + std::min(length / 100.0, 3.0);
}

std::vector<double> votes(Tree const& tree, std::vector<Measure> const& measures) {
    std::vector<double> scores(tree.size(), 0.0);
    for (NodeId i = 1; i < tree.size(); ++i) {
        auto const& m = measures[i];
        if (!m.paragraph) {
            continue;
        }
        auto const w = weight(m);
        // Text with line breaks is many paragraphs, and what holds them is the block itself.
        auto at = m.own_breaks >= 2 && !tree[i].is(tag_p) ? i : tree[i].parent;
        for (auto level = 0; level < kVoters && at != kRoot && at != kNone; at = tree[at].parent) {
            if (tree[at].is(tag_li) || tree[at].is(tag_ol)) {
                continue;  // steps vote for what holds their list
            }
            scores[at] += level == 0 ? w : level == 1 ? w / 2 : w / (level * 3);
            ++level;
        }
    }
    return scores;
}

bool may_hold_article(Node const& node) {
    if (node.kind != Node::Kind::element) {
        return false;
    }
    switch (node.element) {
        case tag_p:
        case tag_a:
        case tag_span:
        case tag_ul:
        case tag_ol:
        case tag_li:
        case tag_blockquote:
        case tag_tr:
        case tag_tbody:
        case tag_table:
        case tag_figure:
        case tag_html:
        case tag_form:
            return node.element == tag_form || node.element == tag_table || node.element == tag_span;
        default:
            return true;
    }
}

// What stands above the headline is hardly its article; what shares an <article> with it most likely is.
double place_says(Tree const& tree, std::vector<Measure> const& measures, NodeId id, NodeId headline) {
    if (headline == kNone) {
        return 1.0;
    }
    if (tree[id].end <= headline) {
        return 0.4;
    }
    auto const around = tree.closest(headline, tag_article);
    if (around == kNone || measures[around].prose < 200) {
        return 1.0;
    }
    return tree.contains(around, id) ? 1.5 : tree[id].is(tag_article) ? 0.3 : 0.8;
}

double names_say(Node const& node) {
    if ((node.words & word_article_body) != 0) {
        return 4.0;
    }
    if ((node.words & word_body) != 0) {
        return 3.0;
    }
    if (node.is(tag_article) || node.is(tag_main)) {
        return 1.5;
    }
    return 1.0;
}

NodeId winner(Tree const& tree, std::vector<Measure> const& measures, NodeId headline) {
    auto const scores = votes(tree, measures);
    NodeId best = kRoot;
    double most = 0;
    for (NodeId i = 1; i < tree.size(); ++i) {
        if (scores[i] == 0.0 || !may_hold_article(tree[i])) {
            continue;
        }
        auto const score = scores[i] * (1.0 - measures[i].link_density()) * names_say(tree[i]) *
                           place_says(tree, measures, i, headline);
        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}

// Whether what `outer` holds beyond `inner` is more of the same: paragraphs, and little else.
bool adds_prose(Measure const& outer, Measure const& inner, bool alike = false) {
    // Between parts that are built alike, lists, code and links may stand too.
    auto const most_link = alike ? 0.5 : 0.3;
    auto const least_prose = alike ? 0.15 : 0.5;
    auto const prose = outer.prose - inner.prose;
    auto const text = outer.text - inner.text;
    auto const link = outer.link - inner.link;
    auto const paragraphs = outer.paragraphs - inner.paragraphs;
    return prose * 6 > inner.prose && double(link) < most_link * double(text) && paragraphs > 0 &&
           prose / paragraphs >= (alike ? 30u : 60u) && double(prose) > least_prose * double(text);
}

// The smallest part that holds both the winner and the headline above it: no article reaches beyond.
NodeId outermost(Tree const& tree, NodeId winner, NodeId headline) {
    return headline == kNone || headline > tree[winner].end ? kRoot : tree.common_ancestor(winner, headline);
}

bool is_boundary(Node const& node) {
    return node.is(tag_article) || node.is(tag_main) || (node.words & (word_article_body | word_body)) != 0;
}

// Whether siblings have its name and hold prose: the sections of one text.
bool is_one_of_many(Tree const& tree, std::vector<Measure> const& measures, NodeId id) {
    auto const& node = tree[id];
    if (node.is(tag_article) || node.is(tag_li) || node.is(tag_body) || measures[id].prose == 0) {
        return false;
    }
    auto const name = tree.attribute(id, "class");
    if (name.empty()) {
        return false;
    }
    for (auto i = tree.first_child(node.parent); i != kNone; i = tree.next_sibling(i)) {
        if (i != id && !tree[i].dropped && tree[i].element == node.element && tree[i].kind == node.kind &&
            measures[i].prose > 40 && tree.attribute(i, "class") == name) {
            return true;
        }
    }
    return false;
}

// The winner, or what around it adds prose: an article may be cut into many sections.
NodeId climb(Tree const& tree, std::vector<Measure> const& measures, NodeId at, NodeId headline) {
    auto const all = measures[kRoot].prose;
    auto const limit = outermost(tree, at, headline);
    auto below = at;  // the part of `up` that `at` is in
    for (auto up = tree[at].parent; up != kNone && up != kRoot && !tree[up].is(tag_html);
         up = tree[up].parent) {
        auto const named = is_boundary(tree[at]) && measures[at].prose * 2 > all;
        auto const alike = is_one_of_many(tree, measures, below);
        auto const adds = measures[up].text > measures[at].text;
        if (named || (adds && !alike && up != limit && tree.contains(up, limit))) {
            break;
        }
        below = up;
        if (adds_prose(measures[up], measures[at], alike)) {
            at = up;
        } else if (is_boundary(tree[up]) && measures[up].prose * 2 > all) {
            break;
        }
    }
    return at;
}

// The name that parts of one kind share: "story-body" of "story-body story-body-2".
std::string first_class(Tree const& tree, NodeId id) {
    auto name = tree.attribute(id, "class");
    name.erase(std::min(name.find(' '), name.size()));
    return name;
}

// Other parts of the same name and shape that hold prose too: a text cut by pictures and advertisements.
NodeId join_alike(Tree const& tree, std::vector<Measure> const& measures, NodeId at) {
    auto const& node = tree[at];
    if (!is_boundary(node) || node.is(tag_article) || node.is(tag_main) || node.source.empty()) {
        return at;
    }
    auto const name = first_class(tree, at);
    auto joined = at;
    for (NodeId i = 1; i < tree.size();) {
        auto const& other = tree[i];
        if (other.dropped || (i == at)) {
            i = other.end;
            continue;
        }
        if (other.element == node.element && other.words == node.words && measures[i].prose > 100 &&
            !tree.contains(i, at) &&
            (other.parent == node.parent || (!name.empty() && first_class(tree, i) == name))) {
            joined = tree.common_ancestor(joined, i);
        }
        ++i;
    }
    if (tree[joined].is(tag_body) || joined == kRoot || measures[joined].link_density() > 0.25) {
        return at;
    }
    return joined;
}

// A part whose name says that it is the article's text, around the winner or in it.
NodeId snap(Tree const& tree, std::vector<Measure> const& measures, NodeId at) {
    auto const prose = measures[at].prose;
    for (auto up = at; up != kNone && up != kRoot; up = tree[up].parent) {
        auto const& node = tree[up];
        if ((node.words & (word_article_body | word_body)) != 0 && !node.is(tag_body) && !node.is(tag_html) &&
            measures[up].link_density() < 0.4) {
            return up;
        }
    }
    NodeId best = kNone;
    for (auto i = at + 1; i < tree[at].end; ++i) {
        auto const& node = tree[i];
        if (!node.dropped && (node.words & (word_article_body | word_body)) != 0 &&
            measures[i].prose * 10 > prose * 8) {
            best = i;
            break;
        }
    }
    return best == kNone ? at : best;
}

// A recipe is its ingredients too: a list beside what to do with them, of words that are no prose.
NodeId join_ingredients(Tree const& tree, std::vector<Measure> const& measures, NodeId at) {
    constexpr std::uint32_t kShortestList = 60;
    for (NodeId i = 1; i < tree.size();) {
        auto const& node = tree[i];
        auto const listed = (node.words & word_ingredients) != 0 && measures[i].text >= kShortestList;
        if (listed && !node.dropped && !tree.contains(i, at)) {
            auto const joined = tree.common_ancestor(at, i);
            auto const both = measures[at].text + measures[i].text;
            // What holds both holds little else.
            if (!tree[joined].is(tag_body) && measures[joined].text < both * 3 / 2 + 300 &&
                measures[joined].link_density() < 0.3) {
                at = joined;
            }
        }
        i = listed || node.dropped ? node.end : i + 1;
    }
    return at;
}

}  // namespace

NodeId choose_article(Tree const& tree, std::vector<Measure> const& measures) {
    auto const headline = find_headline(tree);
    auto const voted = winner(tree, measures, headline);
    if (voted == kRoot) {
        return kRoot;
    }
    auto const climbed = climb(tree, measures, voted, headline);
    return join_ingredients(tree, measures, join_alike(tree, measures, snap(tree, measures, climbed)));
}

}  // namespace newswired::articles::page
