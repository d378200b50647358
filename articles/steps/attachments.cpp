// Enclosures and media.

#include "articles/steps.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace newswired::articles {

void step_attachments(Draft& draft) {
    auto& attachments = draft.article.attachments;
    for (auto const& one : draft.item.attachments) {
        auto const again = std::any_of(attachments.begin(), attachments.end(),
                                       [&](Enclosure const& other) { return other.url == one.url; });
        if (one.url.empty() || again) {
            continue;
        }
        attachments.push_back({.url = std::string{one.url},
                               .mime_type = std::string{one.mime_type},
                               .title = to_nfc(collapse_space(one.title)),
                               .size_in_bytes = one.size_in_bytes,
                               .duration_in_seconds = one.duration_in_seconds});
    }
}

}  // namespace newswired::articles
