#include "articles/html/tokenizer.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace newswired::articles::html {
namespace {

constexpr auto kNone = std::string_view::npos;

constexpr auto kEndsName = [] {
    std::array<bool, 256> table{};
    for (auto const c : {' ', '\n', '\t', '\r', '\f', '/', '>'}) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}();

constexpr bool ends_name(char c) {
    return kEndsName[static_cast<unsigned char>(c)];
}

constexpr auto kEndsAttributeName = [] {
    auto table = kEndsName;
    table['='] = true;
    return table;
}();

// Where the attribute's name ends whose first character, which may be a '=', is before `place`.
std::size_t end_of_attribute_name(std::string_view text, std::size_t place) {
    while (place < text.size() && !kEndsAttributeName[static_cast<unsigned char>(text[place])]) {
        ++place;
    }
    return place;
}

}  // namespace

Token Tokenizer::next() {
    Token token;
    if (!raw_until_.empty() && raw_text(token)) {
        return token;
    }
    if (place_ >= input_.size()) {
        return token;
    }
    auto const at_bracket = input_[place_] == '<';
    if (at_bracket && tag(token)) {
        return token;
    }
    // Text up to the next '<' that may begin markup; the one that did not is part of it.
    auto const end = std::min(input_.find('<', place_ + (at_bracket ? 1 : 0)), input_.size());
    token.kind = Token::Kind::text;
    token.text = piece(place_, end);
    place_ = end;
    return token;
}

// 13.2.5.6 tag open state; false when the '<' is text.
// Inline, here and below: every tag passes here, and what a library exports is not inlined unless it says so.
inline bool Tokenizer::tag(Token& token) {
    if (place_ + 1 >= input_.size()) {
        return false;
    }
    auto const c = input_[place_ + 1];
    if (is_alpha(c)) {
        start_or_end_tag(token, false);
        return true;
    }
    if (c == '/') {
        if (place_ + 2 >= input_.size()) {
            return false;
        }
        if (is_alpha(input_[place_ + 2])) {
            start_or_end_tag(token, true);
        } else {
            skip_past_next_close(token);
        }
        return true;
    }
    if (c == '!') {
        markup_declaration(token);
        return true;
    }
    if (c == '?') {
        skip_past_next_close(token);
        return true;
    }
    return false;
}

void Tokenizer::skip_to(Token& token, std::size_t end) {
    token.kind = Token::Kind::skipped;
    token.text = piece(place_, end);
    place_ = end;
}

void Tokenizer::skip_past_next_close(Token& token) {
    auto const close = input_.find('>', place_);
    skip_to(token, close == kNone ? input_.size() : close + 1);
}

// 13.2.5.42 on: comments end with -->, --!>, or at once (<!-->, <!--->); everything else is a bogus comment.
void Tokenizer::markup_declaration(Token& token) {
    if (input_.substr(place_, 4) != "<!--") {
        skip_past_next_close(token);
        return;
    }
    auto const content = place_ + 4;
    if (input_.substr(content, 1) == ">") {
        skip_to(token, content + 1);
        return;
    }
    if (input_.substr(content, 2) == "->") {
        skip_to(token, content + 2);
        return;
    }
    for (auto dashes = input_.find("--", content); dashes != kNone; dashes = input_.find("--", dashes + 1)) {
        if (input_.substr(dashes + 2, 1) == ">") {
            skip_to(token, dashes + 3);
            return;
        }
        if (input_.substr(dashes + 2, 2) == "!>") {
            skip_to(token, dashes + 4);
            return;
        }
    }
    skip_to(token, input_.size());
}

// 13.2.5.32 on: where the tag's '>' is, quotes minded; npos when the input ends before.
std::size_t Tokenizer::end_of_attributes(std::size_t from, bool& self_closing) const {
    auto place = from;
    while (place < input_.size()) {
        auto const c = input_[place];
        if (c == '>') {
            return place;
        }
        if (c == '/') {
            if (place + 1 < input_.size() && input_[place + 1] == '>') {
                self_closing = true;
                return place + 1;
            }
            ++place;
            continue;
        }
        if (is_space(c)) {
            ++place;
            continue;
        }
        place = end_of_attribute_name(input_, place + 1);
        auto after = place;
        while (after < input_.size() && is_space(input_[after])) {
            ++after;
        }
        if (after >= input_.size() || input_[after] != '=') {
            continue;
        }
        place = after + 1;
        while (place < input_.size() && is_space(input_[place])) {
            ++place;
        }
        if (place >= input_.size()) {
            break;
        }
        if (input_[place] == '"' || input_[place] == '\'') {
            auto const close = input_.find(input_[place], place + 1);
            if (close == kNone) {
                return kNone;
            }
            place = close + 1;
        } else {
            while (place < input_.size() && !is_space(input_[place]) && input_[place] != '>') {
                ++place;
            }
        }
    }
    return kNone;
}

inline void Tokenizer::start_or_end_tag(Token& token, bool end) {
    auto const name_start = place_ + (end ? 2 : 1);
    auto name_end = name_start + 1;
    while (name_end < input_.size() && !ends_name(input_[name_end])) {
        ++name_end;
    }
    auto const is_bare = name_end < input_.size() && input_[name_end] == '>';  // as most tags are
    auto const close = is_bare ? name_end : end_of_attributes(name_end, token.self_closing);
    if (close == kNone) {
        skip_to(token, input_.size());  // the input ends inside the tag: no tag at all
        return;
    }
    token.kind = end ? Token::Kind::end_tag : Token::Kind::start_tag;
    token.name = piece(name_start, name_end);
    token.element = find_element(token.name);
    token.attributes = piece(name_end, close);
    if (token.self_closing && token.attributes.ends_with('/')) {
        token.attributes.remove_suffix(1);
    }
    place_ = close + 1;
    if (!end && has(token.element, R)) {
        raw_until_ = element_name(token.element);
    }
}

// 13.2.5.2 on: raw text ends at the end tag of its own name, followed by white space, '/' or '>'.  False when
// there is none before it.
bool Tokenizer::raw_text(Token& token) {
    auto const name = std::exchange(raw_until_, {});
    auto end = place_;
    for (;;) {
        end = input_.find("</", end);
        if (end == kNone) {
            end = input_.size();
            break;
        }
        auto const after = end + 2 + name.size();
        if (starts_with_ignoring_case(input_.substr(end + 2), name) &&
            (after >= input_.size() || ends_name(input_[after]))) {
            break;
        }
        end += 2;
    }
    if (end == place_) {
        return false;
    }
    token.kind = Token::Kind::raw_text;
    token.text = piece(place_, end);
    token.element = find_element(name);
    place_ = end;
    return true;
}

bool AttributeReader::next(Attribute& attribute) {
    std::size_t place = 0;
    while (place < rest_.size() && (is_space(rest_[place]) || rest_[place] == '/')) {
        ++place;
    }
    if (place >= rest_.size()) {
        return false;
    }
    auto const name_start = place;
    place = end_of_attribute_name(rest_, place + 1);
    attribute = {.name = rest_.substr(name_start, place - name_start)};
    auto after = place;
    while (after < rest_.size() && is_space(rest_[after])) {
        ++after;
    }
    if (after < rest_.size() && rest_[after] == '=') {
        place = after + 1;
        while (place < rest_.size() && is_space(rest_[place])) {
            ++place;
        }
        attribute.has_value = true;
        if (place < rest_.size() && (rest_[place] == '"' || rest_[place] == '\'')) {
            auto const close = std::min(rest_.find(rest_[place], place + 1), rest_.size());
            attribute.value = rest_.substr(place + 1, close - place - 1);
            place = std::min(close + 1, rest_.size());
        } else {
            auto const start = place;
            while (place < rest_.size() && !is_space(rest_[place]) && rest_[place] != '>') {
                ++place;
            }
            attribute.value = rest_.substr(start, place - start);
        }
    }
    rest_.remove_prefix(place);
    return true;
}

}  // namespace newswired::articles::html
