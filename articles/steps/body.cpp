// The body, sanitised, with absolute URLs and without form controls, pixels and tracking parameters.

#include "articles/sanitize.hpp"
#include "articles/steps.hpp"

namespace newswired::articles {

void step_body(Draft& draft) {
    auto const& item = draft.item;
    auto const& body = item.content.empty() ? item.summary : item.content;
    draft.article.content_html = to_html(body, Policy::article);
    // Plain text keeps its paragraphs.
    if (body.kind == feeds::TextKind::plain && body.value.find('\n') != std::string_view::npos) {
        auto& html = draft.article.content_html;
        std::string lines = "<p>";
        for (std::size_t i = 0; i < html.size(); ++i) {
            auto const blank = html[i] == '\n' && i + 1 < html.size() && html[i + 1] == '\n';
            if (blank) {
                lines += "</p><p>";
                while (i + 1 < html.size() && html[i + 1] == '\n') {
                    ++i;
                }
            } else {
                lines += html[i] == '\n' ? std::string{"<br>"} : std::string(1, html[i]);
            }
        }
        html = lines + "</p>";
    }
}

}  // namespace newswired::articles
