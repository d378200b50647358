#include "articles/sanitize.hpp"

#include "core/entities.hpp"
#include "articles/html/tokenizer.hpp"
#include "articles/sanitizer.hpp"
#include "core/text.hpp"

namespace newswired::articles {

using namespace html;

namespace {

// "A<B": what begins as a tag and never ends.
bool is_unfinished_tag(std::string_view source) {
    return source.size() > 1 && source[0] == '<' && is_alpha(source[1]) && source.find('>') == std::string_view::npos;
}

// Appends the text between known tags; what looks like a tag of no known element is text.
bool append_text(std::string& out, std::string_view html) {
    bool found_markup = false;
    Tokenizer tokens{html};
    std::size_t before = 0;
    for (auto token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
        auto const source = html.substr(before, tokens.position() - before);
        before = tokens.position();
        switch (token.kind) {
            case Token::Kind::text:
                append_decoded(out, token.text);
                break;
            case Token::Kind::start_tag:
            case Token::Kind::end_tag:
                if (token.element == kUnknown) {
                    append_decoded(out, source);
                    break;
                }
                found_markup = true;
                if (has(token.element, B) || element_name(token.element) == "br") {
                    out += ' ';
                }
                if (token.kind == Token::Kind::start_tag && has(token.element, D) && has(token.element, R)) {
                    tokens.next();  // its content
                    before = tokens.position();
                }
                break;
            case Token::Kind::raw_text:
                append_decoded(out, token.text);
                break;
            case Token::Kind::skipped:
                if (is_unfinished_tag(source)) {
                    append_decoded(out, source);
                }
                break;
            case Token::Kind::end:
                break;
        }
    }
    return found_markup;
}

bool holds_markup(std::string_view text) {
    if (text.find('<') == std::string_view::npos) {
        return false;
    }
    Tokenizer tokens{text};
    for (auto token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
        auto const tag = token.kind == Token::Kind::start_tag || token.kind == Token::Kind::end_tag;
        if (tag && token.element != kUnknown) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::string sanitize(std::string_view html, std::string_view base, Policy policy) {
    std::string out;
    out.reserve(html.size() + html.size() / 8);
    Sanitizer{out, base, policy}.run(html);
    return out;
}

std::string to_html(feeds::Text const& text, Policy policy) {
    if (text.kind == feeds::TextKind::html) {
        return sanitize(text.value, text.base, policy);
    }
    std::string out;
    append_escaped(out, text.value);
    return out;
}

std::string to_plain(feeds::Text const& text) {
    if (text.kind == feeds::TextKind::plain) {
        return to_nfc(collapse_space(text.value));
    }
    std::string plain;
    if (text.value.find_first_of("<&") == std::string_view::npos) {
        plain = text.value;
    } else {
        append_text(plain, text.value);
        // Escaped twice: "&lt;b&gt;" has become "<b>", and that was meant as markup.
        if (text.may_be_escaped_twice && holds_markup(plain)) {
            std::string once_more;
            append_text(once_more, plain);
            plain = std::move(once_more);
        }
    }
    return to_nfc(collapse_space(plain));
}

}  // namespace newswired::articles
