// Sanitised HTML as text: its tokens, given to the text's writer.

#include "articles/body/sanitize.hpp"
#include "articles/body/text_writer.hpp"
#include "articles/html/tokenizer.hpp"

namespace newswired::articles {

using namespace html;

std::string to_readable_text(std::string_view sanitized_html) {
    TextWriter writer{sanitized_html.size()};
    Tokenizer tokens{sanitized_html};
    for (auto token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
        writer.token(token.kind, token.element, token.text);
    }
    return writer.finish();
}

}  // namespace newswired::articles
