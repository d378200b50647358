// What the article is called and where it lives.

#include "articles/body/sanitize.hpp"
#include "articles/identity/tracking.hpp"
#include "articles/steps.hpp"
#include "core/text.hpp"

namespace newswired::articles {

void step_names(Draft& draft) {
    auto& article = draft.article;
    article.id = draft.item.id;
    article.url = without_tracking(draft.item.url);
    article.title = to_plain(draft.item.title);
    article.language = trim(draft.item.language.empty() ? draft.feed.language : draft.item.language);
}

}  // namespace newswired::articles
