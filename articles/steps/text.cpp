// The body as text.

#include "articles/sanitize.hpp"
#include "articles/steps.hpp"

namespace newswired::articles {

void step_text(Draft& draft) {
    draft.article.content_text = to_readable_text(draft.article.content_html);
}

}  // namespace newswired::articles
