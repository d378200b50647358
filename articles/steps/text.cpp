// The body as text.

#include "articles/body/sanitize.hpp"
#include "articles/steps.hpp"

namespace newswired::articles {

void step_text(Draft& draft) {
    auto& article = draft.article;
    auto& reading = draft.reading;
    article.content_text = reading.is_of(article.content_html) ? std::move(reading.text)
                                                               : to_readable_text(article.content_html);
}

}  // namespace newswired::articles
