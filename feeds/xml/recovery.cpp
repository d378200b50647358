#include "core/scan.hpp"
#include "core/text.hpp"
#include "feeds/xml/element_kinds.hpp"
#include "feeds/xml/parser.hpp"

// End tags, above all those that are missing or cross.

namespace newswired::feeds::xml {
namespace {

// How many forgotten end tags before an item are made up for.
constexpr std::size_t kMaxUnclosed = 16;

}  // namespace

// The end tags that a start tag implies: of a leaf whose own was forgotten, of the item before.
void Parser::close_unclosed(Name name, std::size_t at) {
    if (is(kLeaf, open_.back().node->name)) {
        problem("no end tag", offset_of(*open_.back().node), open_.back().qualified_name);
        close_last(at);
        close_unclosed(name, at);  // once more at most: a leaf's parent is no leaf
    } else if (is(kItem, name)) {
        close_items_before(at);
    }
}

// Up to the container that items stand in: what is still open within it lacks an end tag.
void Parser::close_items_before(std::size_t at) {
    auto const depth = open_.size();
    for (auto i = depth - 1; i > 0 && depth - i <= kMaxUnclosed; --i) {
        auto const name = open_[i].node->name;
        // What its author wrote, or an extension of the format: entries in it are nobody else's.
        if (is(kBody, name) || open_[i].node->space == Namespace::foreign) {
            return;
        }
        if (is(kContainer, name)) {
            auto const within_item = is(kItem, name);
            if (within_item || i + 1 < depth) {
                problem("an item within an item or an unclosed element", at);
                close_to(within_item ? i : i + 1, at);
            }
            return;
        }
    }
}

std::size_t Parser::end_tag(std::size_t at) {
    auto const& innermost = open_.back().qualified_name;
    auto place = at + 2 + innermost.size();
    // As nearly every end tag is written.
    if (place < text_.size() && text_[place] == '>' && open_.size() > 1 &&
        same_bytes(text_.substr(at + 2, innermost.size()), innermost)) {
        close_last(place + 1);
        return place + 1;
    }
    place = name_end(at + 2);
    auto const name = text_.substr(at + 2, place - at - 2);
    while (place < text_.size() && text_[place] != '>' && text_[place] != '<') {
        ++place;
    }
    if (place < text_.size() && text_[place] == '>') {
        ++place;
    }
    if (innermost == name && open_.size() > 1) {
        close_last(place);
    } else {
        cross(name, at, place);
    }
    return place;
}

// An end tag, from `at` to `end`, that is not the innermost element's.
void Parser::cross(std::string_view name, std::size_t at, std::size_t end) {
    bool crosses = false;
    for (auto depth = open_.size() - 1; depth > 0 && open_.size() - depth <= kMaxLookBack; --depth) {
        auto const& candidate = open_[depth];
        if (equal_ignoring_case(candidate.qualified_name, name)) {
            if (crosses && !is(kContainer, candidate.node->name)) {
                break;  // the end of something outside the item that we are in
            }
            problem("no end tag", at, open_.back().qualified_name);
            close_to(depth, end);
            return;
        }
        crosses = crosses || is(kContainer, candidate.node->name);
    }
    problem("an end tag without a start", at, name);
}

}  // namespace newswired::feeds::xml
