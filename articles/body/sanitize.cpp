#include "articles/body/sanitize.hpp"

#include "articles/body/sanitizer.hpp"
#include "articles/html/tokenizer.hpp"
#include "core/entities.hpp"
#include "core/scan.hpp"
#include "core/text.hpp"

namespace newswired::articles {

using namespace html;

namespace {

std::string_view tag_name(std::string_view tag) {
    return tag.substr(1, tag.find_first_of(" \t\r\n\f/>", 1) - 1);
}

// Appends the text between known tags; what looks like a tag of no known element is text.
void append_text(std::string& out, std::string_view html) {
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
                // A tag that is not closed is none: "a <x and y", "A<B".
                if (is_alpha(source[1]) && !source.ends_with('>') &&
                    (find_element(tag_name(source)) == kUnknown ||
                     source.find('=') == std::string_view::npos)) {
                    append_decoded(out, source);
                }
                break;
            case Token::Kind::end:
                break;
        }
    }
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
    Sanitizer{out, nullptr, base, policy}.run(html);
    return policy == Policy::article ? to_nfc(std::move(out)) : out;
}

std::string to_html(feeds::Text const& text, Policy policy) {
    if (text.kind == feeds::TextKind::html) {
        return sanitize(text.value, text.base, policy);
    }
    std::string out;
    append_escaped(out, text.value);
    return policy == Policy::article ? to_nfc(std::move(out)) : out;
}

std::string to_plain(feeds::Text const& text) {
    if (text.kind == feeds::TextKind::plain) {
        return to_nfc(collapse_space(text.value));
    }
    std::string plain;
    if (find_any<0, '<', '&'>(text.value, 0) == text.value.size()) {
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
