// Strangers' HTML, sanitised and as plain text.

#include "articles/sanitize.hpp"
#include "core/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace newswired;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const html = to_valid_utf8(fuzz::text_of(data, size));
    for (auto const policy : {articles::Policy::faithful, articles::Policy::article}) {
        auto const clean = articles::sanitize(html, "https://news.example/1", policy);
        fuzz::require(is_utf8(clean), "sanitised HTML is UTF-8");
        auto const lower = to_lower(clean);
        for (auto const forbidden : {"<script", "<iframe", "<object", "href=\"javascript:", "src=\"javascript:"}) {
            fuzz::require(lower.find(forbidden) == std::string::npos, forbidden);
        }
        fuzz::require(is_utf8(articles::to_readable_text(clean)), "readable text is UTF-8");
    }
    fuzz::require(is_utf8(articles::to_plain({.value = html, .kind = feeds::TextKind::html})), "plain text is UTF-8");
    return 0;
}
