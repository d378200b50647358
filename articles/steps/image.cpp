// The picture that stands for the article: its own, an enclosed one, or the first of its body.

#include "articles/body/first_image.hpp"
#include "articles/steps.hpp"
#include "core/text.hpp"

namespace newswired::articles {

void step_image(Draft& draft) {
    auto& article = draft.article;
    article.image = draft.item.image;
    for (auto const& attachment : article.attachments) {
        if (article.image.empty() && starts_with_ignoring_case(attachment.mime_type, "image/")) {
            article.image = attachment.url;
        }
    }
    if (article.image.empty()) {
        article.image = draft.reading.is_of(article.content_html) ? draft.reading.first_image
                                                                  : first_image(article.content_html);
    }
}

}  // namespace newswired::articles
