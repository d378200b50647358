// Strangers' HTML, sanitised and as plain text.

#include "articles/body/sanitize.hpp"
#include "articles/body/body.hpp"
#include "articles/body/first_image.hpp"
#include "core/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace newswired;

namespace {

// Texts may say anything; tags may not.  Neither has a '<' or '>' of its own that is not escaped, and values
// no quote.
void require_harmless_tags(std::string_view lower) {
    for (auto start = lower.find('<'); start != std::string_view::npos; start = lower.find('<', start + 1)) {
        auto const tag = lower.substr(start, lower.find('>', start) - start);
        std::string names;
        bool in_value = false;
        for (auto const c : tag) {
            in_value = in_value != (c == '"');
            if (!in_value) {
                names += c;
            }
        }
        for (auto const forbidden : {"<script", "<iframe", "<object", " on"}) {
            fuzz::require(names.find(forbidden) == std::string::npos, forbidden);
        }
        for (auto const forbidden : {" href=\"javascript:", " xlink:href=\"javascript:", " src=\"javascript:",
                                     " action=\"javascript:"}) {
            fuzz::require(tag.find(forbidden) == std::string_view::npos, forbidden);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const html = to_valid_utf8(fuzz::text_of(data, size));
    for (auto const policy : {articles::Policy::faithful, articles::Policy::article}) {
        auto const clean = articles::sanitize(html, "https://news.example/1", policy);
        fuzz::require(is_utf8(clean), "sanitised HTML is UTF-8");
        require_harmless_tags(to_lower(clean));
        fuzz::require(is_utf8(articles::to_readable_text(clean)), "readable text is UTF-8");
    }
    // What one reading makes of it is what three would.
    auto const base = "https://news.example/1";
    auto const body = articles::read_body({.value = html, .kind = feeds::TextKind::html, .base = base});
    fuzz::require(body.html == articles::sanitize(html, base, articles::Policy::article),
                  "HTML of one reading");
    fuzz::require(body.text == articles::to_readable_text(body.html), "text of one reading");
    fuzz::require(body.first_image == articles::first_image(body.html), "image of one reading");
    fuzz::require(is_utf8(articles::to_plain({.value = html, .kind = feeds::TextKind::html})),
                  "plain text is UTF-8");
    return 0;
}
