#include "articles/page/body/pointers.hpp"

#include "core/text.hpp"

namespace newswired::articles::page {

using namespace html;

namespace {

constexpr std::uint32_t kShortest = 25;
constexpr std::uint32_t kLongest = 250;
constexpr std::uint32_t kLongestLabel = 40;

// Mostly link, with a short label before it.
bool has_shape(std::uint32_t text, std::uint32_t link) {
    return text >= kShortest && text <= kLongest && link * 10 >= text * 6 && text - link <= kLongestLabel;
}

bool ends_label(std::string_view text) {
    text = trim(text);
    for (std::string_view const mark :
         {":", "?", "\u00BB", "\uFF1A", "\uFF1F", "\u061F", "&raquo;", ">", "&gt;"}) {
        if (text.ends_with(mark)) {
            return true;
        }
    }
    return false;
}

// One line of a paragraph, while it is read.
struct Line {
    std::vector<NodeId> texts{};
    std::uint32_t text = 0;
    std::uint32_t link = 0;
    int links = 0;
    bool labelled = false;
};

void add(Line& line, Tree const& tree, NodeId id) {
    std::uint32_t commas = 0;
    auto const length = text_length(tree[id].source, commas);
    if (length == 0 || trim(tree[id].source).empty()) {
        return;
    }
    if (line.texts.empty()) {
        line.labelled = !tree[id].in_link && ends_label(tree[id].source);
    }
    line.texts.push_back(id);
    line.text += length;
    line.link += tree[id].in_link ? length : 0;
}

void drop_if_pointer(Tree& tree, Line& line) {
    if (line.labelled && line.links == 1 && has_shape(line.text, line.link)) {
        for (auto const id : line.texts) {
            tree[id].dropped = true;
        }
    }
    line = {};
}

}  // namespace

bool is_pointer(Tree const& tree, Measure const& m, NodeId id) {
    auto const& node = tree[id];
    if (!(node.is(tag_p) || node.is(tag_div)) || m.text != m.own_text || m.images > 0 ||
        !has_shape(m.own_text, m.own_link)) {
        return false;
    }
    auto first = id + 1;
    while (first < node.end && (tree[first].kind != Node::Kind::text || trim(tree[first].source).empty())) {
        ++first;
    }
    return first < node.end && !tree[first].in_link && ends_label(tree[first].source);
}

void drop_pointer_lines(Tree& tree, NodeId id) {
    Line line;
    for (auto i = id + 1; i < tree[id].end;) {
        auto const& node = tree[i];
        if (node.dropped) {
            i = node.end;
            continue;
        }
        if (node.kind == Node::Kind::text) {
            add(line, tree, i);
        } else if (node.is(tag_a)) {
            ++line.links;
        } else if (node.is(tag_br)) {
            drop_if_pointer(tree, line);
        } else if (node.kind == Node::Kind::element && node.element != kUnknown && has(node.element, B)) {
            drop_if_pointer(tree, line);
            i = node.end;  // a block has lines of its own
            continue;
        }
        ++i;
    }
    drop_if_pointer(tree, line);
}

void drop_label_of(Tree& tree, std::vector<Measure> const& measures, NodeId article, NodeId gone) {
    // What introduces a single link may be a sentence of the text.
    auto const longest = tree[gone].is(tag_p) ? 40u : 50u;
    constexpr NodeId kNear = 16;
    for (auto i = gone; i > article + 1 && gone - i < kNear;) {
        --i;
        auto const& node = tree[i];
        if (node.kind != Node::Kind::text || trim(node.source).empty()) {
            continue;
        }
        auto block = node.parent;
        while (block > article && (tree[block].element == kUnknown || !has(tree[block].element, B))) {
            block = tree[block].parent;
        }
        auto const& m = measures[block];
        if (block > article && !tree.contains(block, gone) && !tree[block].is(tag_li) &&
            !tree[block].is(tag_td) && m.text == m.own_text && m.text <= longest && m.images == 0 &&
            ends_label(node.source)) {
            tree[block].dropped = true;
        }
        return;
    }
}

}  // namespace newswired::articles::page
