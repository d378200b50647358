// The body, sanitised, with absolute URLs and without form controls, pixels and tracking parameters.

#include "articles/sanitize.hpp"
#include "articles/steps.hpp"
#include "core/text.hpp"

namespace newswired::articles {

namespace {

// Plain text, escaped, with its paragraphs and lines.
std::string with_paragraphs(std::string_view text) {
    std::string html;
    int blank_lines = 0;
    for (auto line : split(text, '\n')) {
        line = trim(line);
        if (line.empty()) {
            ++blank_lines;
            continue;
        }
        html += html.empty() ? "<p>" : blank_lines > 0 ? "</p><p>" : "<br>";
        html += line;
        blank_lines = 0;
    }
    return html.empty() ? html : html + "</p>";
}

}  // namespace

void step_body(Draft& draft) {
    auto const& item = draft.item;
    auto const& body = item.content.empty() ? item.summary : item.content;
    auto html = to_html(body, Policy::article);
    auto const has_lines =
        body.kind == feeds::TextKind::plain && body.value.find('\n') != std::string_view::npos;
    draft.article.content_html = has_lines ? with_paragraphs(html) : std::move(html);
}

}  // namespace newswired::articles
