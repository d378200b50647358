// The picture that stands for the article: its own, an enclosed one, or the first of its body.

#include "core/entities.hpp"
#include "articles/html/tokenizer.hpp"
#include "articles/steps.hpp"
#include "core/text.hpp"

namespace newswired::articles {
namespace {

std::string first_image(std::string_view html) {
    if (html.find("<img") == std::string_view::npos) {
        return {};
    }
    html::Tokenizer tokens{html};
    for (auto token = tokens.next(); token.kind != html::Token::Kind::end; token = tokens.next()) {
        if (token.kind != html::Token::Kind::start_tag || token.name != "img") {
            continue;
        }
        html::AttributeReader reader{token.attributes};
        html::AttributeReader::Attribute attribute;
        while (reader.next(attribute)) {
            if (attribute.name == "src" && starts_with_ignoring_case(attribute.value, "http")) {
                std::string url;
                newswired::append_decoded(url, attribute.value, true);
                return url;
            }
        }
    }
    return {};
}

}  // namespace

void step_image(Draft& draft) {
    auto& article = draft.article;
    article.image = draft.item.image;
    for (auto const& attachment : article.attachments) {
        if (article.image.empty() && starts_with_ignoring_case(attachment.mime_type, "image/")) {
            article.image = attachment.url;
        }
    }
    if (article.image.empty()) {
        article.image = first_image(article.content_html);
    }
}

}  // namespace newswired::articles
