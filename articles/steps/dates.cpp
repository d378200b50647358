// When it was published and changed.

#include "articles/steps.hpp"

namespace newswired::articles {

void step_dates(Draft& draft) {
    draft.article.date_published = draft.item.date_published;
    draft.article.date_modified = draft.item.date_modified;
    if (!draft.article.date_published && draft.item.date_modified) {
        draft.article.date_published = draft.item.date_modified;
        draft.article.date_modified.reset();
    }
}

}  // namespace newswired::articles
