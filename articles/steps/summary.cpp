// The summary: a shorter text beside the body, when it is one.

#include "articles/body/sanitize.hpp"
#include "articles/steps.hpp"

namespace newswired::articles {

void step_summary(Draft& draft) {
    if (draft.item.content.empty() || draft.item.summary.empty()) {
        return;  // the summary is the body
    }
    auto summary = to_plain(draft.item.summary);
    if (summary != draft.article.content_text) {
        draft.article.summary = std::move(summary);
    }
}

}  // namespace newswired::articles
