#include "articles/html/tokenizer.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace newswired::articles::html {
namespace {

constexpr auto kNone = std::string_view::npos;

constexpr bool ends_name(char c) {
    return is_space(c) || c == '/' || c == '>';
}

}  // namespace

Token Tokenizer::next() {
    if (!raw_until_.empty()) {
        return raw_text();
    }
    if (place_ >= input_.size()) {
        return {};
    }
    if (input_[place_] == '<') {
        auto token = tag();
        if (token.kind != Token::Kind::end) {
            return token;
        }
    }
    // Text up to the next '<' that may begin markup; the one that did not is part of it.
    auto end = place_ + (input_[place_] == '<' ? 1 : 0);
    end = std::min(input_.find('<', end), input_.size());
    Token const token{.kind = Token::Kind::text, .text = input_.substr(place_, end - place_)};
    place_ = end;
    return token;
}

// 13.2.5.6 tag open state; Kind::end when the '<' is text.
Token Tokenizer::tag() {
    if (place_ + 1 >= input_.size()) {
        return {};
    }
    auto const c = input_[place_ + 1];
    if (is_alpha(c)) {
        return start_or_end_tag(false);
    }
    if (c == '/') {
        if (place_ + 2 >= input_.size()) {
            return {};
        }
        if (is_alpha(input_[place_ + 2])) {
            return start_or_end_tag(true);
        }
        if (input_[place_ + 2] == '>') {
            return skip_to(place_ + 3);
        }
        auto const close = input_.find('>', place_);
        return skip_to(close == kNone ? input_.size() : close + 1);
    }
    if (c == '!') {
        return markup_declaration();
    }
    if (c == '?') {
        auto const close = input_.find('>', place_);
        return skip_to(close == kNone ? input_.size() : close + 1);
    }
    return {};
}

Token Tokenizer::skip_to(std::size_t end) {
    Token const token{.kind = Token::Kind::skipped, .text = input_.substr(place_, end - place_)};
    place_ = end;
    return token;
}

// 13.2.5.42 on: comments end with -->, --!>, or at once (<!-->, <!--->); everything else is a bogus comment.
Token Tokenizer::markup_declaration() {
    if (input_.substr(place_, 4) == "<!--") {
        auto const content = place_ + 4;
        if (input_.substr(content, 1) == ">") {
            return skip_to(content + 1);
        }
        if (input_.substr(content, 2) == "->") {
            return skip_to(content + 2);
        }
        for (auto dashes = input_.find("--", content); dashes != kNone;
             dashes = input_.find("--", dashes + 1)) {
            if (input_.substr(dashes + 2, 1) == ">") {
                return skip_to(dashes + 3);
            }
            if (input_.substr(dashes + 2, 2) == "!>") {
                return skip_to(dashes + 4);
            }
        }
        return skip_to(input_.size());
    }
    auto const close = input_.find('>', place_);
    return skip_to(close == kNone ? input_.size() : close + 1);
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
        // A name; a '=' as its first character belongs to it.
        ++place;
        while (place < input_.size() && !ends_name(input_[place]) && input_[place] != '=') {
            ++place;
        }
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

Token Tokenizer::start_or_end_tag(bool end) {
    auto const name_start = place_ + (end ? 2 : 1);
    auto name_end = name_start;
    while (name_end < input_.size() && !ends_name(input_[name_end])) {
        ++name_end;
    }
    Token token{.kind = end ? Token::Kind::end_tag : Token::Kind::start_tag,
                .name = input_.substr(name_start, name_end - name_start)};
    auto const close = end_of_attributes(name_end, token.self_closing);
    if (close == kNone) {
        return skip_to(input_.size());  // the input ends inside the tag: no tag at all
    }
    token.element = find_element(token.name);
    token.attributes = input_.substr(name_end, close - name_end);
    if (token.self_closing && !token.attributes.empty()) {
        token.attributes.remove_suffix(token.attributes.back() == '/' ? 1 : 0);
    }
    place_ = close + 1;
    if (!end && has(token.element, R)) {
        raw_until_ = element_name(token.element);
    }
    return token;
}

// 13.2.5.2 on: raw text ends at the end tag of its own name, followed by white space, '/' or '>'.
Token Tokenizer::raw_text() {
    auto const name = raw_until_;
    raw_until_ = {};
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
    Token const token{.kind = Token::Kind::raw_text,
                      .text = input_.substr(place_, end - place_),
                      .element = find_element(name)};
    place_ = end;
    return token.text.empty() ? next() : token;
}

bool AttributeReader::next(Attribute& attribute) {
    std::size_t place = 0;
    while (place < rest_.size() && (is_space(rest_[place]) || rest_[place] == '/')) {
        ++place;
    }
    if (place >= rest_.size()) {
        return false;
    }
    auto const name_start = place++;
    while (place < rest_.size() && !ends_name(rest_[place]) && rest_[place] != '=') {
        ++place;
    }
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
