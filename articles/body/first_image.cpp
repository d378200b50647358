#include "articles/body/first_image.hpp"

#include "articles/html/tokenizer.hpp"
#include "core/entities.hpp"
#include "core/text.hpp"

namespace newswired::articles {

std::string first_image(std::string_view markup) {
    if (markup.find("<img") == std::string_view::npos) {
        return {};
    }
    html::Tokenizer tokens{markup};
    for (auto token = tokens.next(); token.kind != html::Token::Kind::end; token = tokens.next()) {
        if (token.kind != html::Token::Kind::start_tag || token.name != "img") {
            continue;
        }
        html::AttributeReader reader{token.attributes};
        html::AttributeReader::Attribute attribute;
        while (reader.next(attribute)) {
            if (attribute.name == "src" && starts_with_ignoring_case(attribute.value, "http")) {
                std::string url;
                append_decoded(url, attribute.value, true);
                return url;
            }
        }
    }
    return {};
}

}  // namespace newswired::articles
