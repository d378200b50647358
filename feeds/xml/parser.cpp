#include "feeds/xml/parser.hpp"

#include "core/scan.hpp"
#include "core/text.hpp"
#include "feeds/xml/element_kinds.hpp"

#include <algorithm>
#include <cstring>

namespace newswired::feeds::xml {
namespace {

constexpr auto npos = std::string_view::npos;

constexpr bool is_name_start(char c) {
    return is_alpha(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

Parser::Parser(Document& document, EntryReader const& on_entry)
    : document_{document}, text_{document.text_}, on_entry_{on_entry} {
    open_.push_back({document.top_, {}, names_.bindings()});
}

void Parser::run() {
    std::size_t place = 0;
    while (place < text_.size()) {
        place = text_[place] == '<' ? markup(place) : text(place);
    }
    for (std::size_t depth = 1; depth < open_.size(); ++depth) {
        document_.unfinished_.push_back(open_[depth].node);
    }
    if (open_.size() > 1) {
        problem("the document breaks off", text_.size());
    }
    entries_end_ = false;
    close_to(1, text_.size());
}

void Parser::problem(std::string_view what, std::size_t at, std::string_view name) {
    if (document_.problems_.size() < kMaxProblems) {
        std::string sentence{what};
        if (!name.empty()) {
            sentence.append(": ").append(name.substr(0, 40));
        }
        document_.problems_.push_back({std::move(sentence), static_cast<std::int64_t>(at)});
    }
}

// Text up to the next '<'; returns where that is.
std::size_t Parser::text(std::size_t from) {
    auto const start = past_space(text_, from);
    auto const has_more = start < text_.size() && text_[start] != '<';
    auto const end = has_more ? find_any<0, '<', '&'>(text_, start) : start;
    if (end < text_.size() && text_[end] == '&') {
        auto const less = std::min(text_.find('<', end), text_.size());
        add_text(text_.substr(from, less - from), false);
        return less;
    }
    if (has_more || (open_.size() > 1 && !is(kStructural, open_.back().node->name))) {
        add_text(text_.substr(from, end - from), true);
    }
    return end;
}

void Parser::add_text(std::string_view text, bool literal) {
    auto& parent = *open_.back().node;
    // A '<' that begins no tag joins the text around it: a million of them are one text.  In a text with
    // references it means itself just the same.
    if (auto* const before = parent.last;
        before != nullptr && before->is_text && before->text.data() + before->text.size() == text.data()) {
        before->text = {before->text.data(), before->text.size() + text.size()};
        before->is_literal = before->is_literal && literal;
        return;
    }
    auto* const node = document_.tree_.make<Node>();
    node->is_text = true;
    node->is_literal = literal;
    node->text = text;
    append(parent, *node);
}

// `at` is a '<'.  Returns where to go on; always further.
std::size_t Parser::markup(std::size_t at) {
    auto const next = at + 1 < text_.size() ? text_[at + 1] : ' ';
    if (is_name_start(next)) {
        return start_tag(at);
    }
    if (next == '/') {
        return end_tag(at);
    }
    if (next == '!') {
        return declaration(at);
    }
    if (next == '?') {
        return instruction(at);
    }
    problem("a '<' that begins no tag", at);
    add_text(text_.substr(at, 1), true);
    return at + 1;
}

std::size_t Parser::declaration(std::size_t at) {
    auto const rest = text_.substr(at);
    if (rest.starts_with("<!--")) {
        return skip(at, at + 4, "-->", comments_end_, "a comment that does not end");
    }
    if (rest.starts_with("<![CDATA[")) {
        auto const end = text_.find("]]>", at + 9);
        if (end == npos) {
            problem("a CDATA section that does not end", at);
            add_text(text_.substr(at + 9), true);
            return text_.size();
        }
        if (end > at + 9) {
            add_text(text_.substr(at + 9, end - at - 9), true);
        }
        return end + 3;
    }
    if (starts_with_ignoring_case(rest, "<!doctype")) {
        return document_.doctype_.read(text_, at);
    }
    auto const end = text_.find('>', at);
    return end == npos ? text_.size() : end + 1;
}

std::size_t Parser::instruction(std::size_t at) {
    return skip(at, at, "?>", instructions_end_, "an instruction that does not end");
}

// Past `end`; where it never comes, past the next '>'.  One that was once not found will not be found later.
std::size_t Parser::skip(std::size_t at, std::size_t from, std::string_view end, bool& there_is_one,
                         std::string_view what) {
    auto const place = there_is_one ? text_.find(end, from) : npos;
    if (place != npos) {
        return place + end.size();
    }
    there_is_one = false;
    problem(what, at);
    auto const angle = text_.find('>', at);
    return angle == npos ? text_.size() : angle + 1;
}

void Parser::append(Node& parent, Node& node) {
    node.parent = &parent;
    (parent.last != nullptr ? parent.last->next : parent.first) = &node;
    parent.last = &node;
}

// `mark`: where the tree ended before it.
void Parser::open(Node& node, std::string_view qualified_name, std::size_t bindings, Arena::Mark mark) {
    auto& parent = *open_.back().node;
    auto* const before = parent.last;
    append(parent, node);
    if (is(kEntry, node.name)) {
        open_entries_.push_back({before, mark});
    }
    open_.push_back({&node, qualified_name, bindings});
}

std::size_t Parser::offset_of(Node const& node) const {
    return static_cast<std::size_t>(node.source.data() - text_.data());
}

void Parser::close_to(std::size_t depth, std::size_t end) {
    while (open_.size() > depth) {
        close_last(end);
    }
}

void Parser::close_last(std::size_t end) {
    auto const [node, qualified_name, bindings] = open_.back();
    auto const start = offset_of(*node);
    node->source = text_.substr(start, std::max(end, start) - start);
    names_.restore(bindings);
    open_.pop_back();
    if (is(kEntry, node->name)) {
        close_entry(*node);
    }
}

// An entry that has been read leaves the tree, so that the tree is never larger than one entry.
void Parser::close_entry(Node& node) {
    auto const [before, mark] = open_entries_.back();
    open_entries_.pop_back();
    if (!entries_end_ || !on_entry_ || !on_entry_(node)) {
        return;
    }
    auto& parent = *node.parent;
    parent.last = before;
    (before != nullptr ? before->next : parent.first) = nullptr;
    if (!within_start_) {
        document_.tree_.rewind(mark);
    }
}

}  // namespace newswired::feeds::xml
