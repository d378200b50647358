#include "articles/body/body.hpp"

#include "articles/body/sanitizer.hpp"
#include "articles/body/text_writer.hpp"
#include "core/text.hpp"

#include <string_view>

namespace newswired::articles {

Body read_body(feeds::Text const& text) {
    std::string_view const source = text.value;
    Body body;
    body.html.reserve(source.size() + source.size() / 8);
    TextWriter writer{source.size()};
    Sanitizer sanitizer{body.html, &writer, text.base, Policy::article};
    sanitizer.run(source);
    body.html = to_nfc(std::move(body.html));
    body.text = writer.finish();
    body.first_image = to_nfc(sanitizer.first_image());
    return body;
}

}  // namespace newswired::articles
