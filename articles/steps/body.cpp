// The body, sanitised, with absolute URLs and without form controls, pixels and tracking parameters.

#include "articles/body/body.hpp"
#include "articles/body/sanitize.hpp"
#include "articles/steps.hpp"
#include "core/hash.hpp"
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

bool Reading::is_of(std::string_view html) const {
    return body != 0 && body == xxh3(html);
}

void step_body(Draft& draft) {
    auto const& item = draft.item;
    auto const& source = item.content.empty() ? item.summary : item.content;
    if (source.kind == feeds::TextKind::html) {
        auto body = read_body(source);
        draft.reading = {.body = xxh3(body.html),
                         .text = std::move(body.text),
                         .first_image = std::move(body.first_image)};
        draft.article.content_html = std::move(body.html);
        return;
    }
    auto html = to_html(source, Policy::article);
    auto const has_lines = source.value.find('\n') != std::string_view::npos;
    draft.article.content_html = has_lines ? with_paragraphs(html) : std::move(html);
}

}  // namespace newswired::articles
