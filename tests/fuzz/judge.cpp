// What comes when an article's page is asked for, and the feeds that a page names: the first line is the
// Content-Type, what follows the page.

#include "articles/page/feed_links.hpp"
#include "articles/page/verdict/verdict.hpp"
#include "core/text.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>

using namespace newswired;
namespace page = articles::page;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const input = fuzz::text_of(data, size);
    auto const line = std::min(input.find('\n'), input.size());
    auto const bytes = input.substr(std::min(line + 1, input.size()));
    auto const url = "https://news.example/2026/01/31/a.html";

    auto const judged = page::judge(
        {.url = url, .content_type = std::string{input.substr(0, line)}, .bytes = std::string{bytes}},
        {.url = url, .title = "A title", .text = "What the feed says of it."});
    fuzz::require(!page::in_words(judged.verdict).empty(), "a verdict has words");
    fuzz::require(is_utf8(judged.moved_to), "an address is UTF-8");
    fuzz::require((judged.verdict == page::Verdict::moved) == !judged.moved_to.empty(),
                  "a page that moved says where to, and no other");
    fuzz::require(is_utf8(judged.page.content_html) && is_utf8(judged.page.content_text),
                  "an article is UTF-8");

    for (auto const& link : articles::feed_links(to_valid_utf8(bytes), url)) {
        fuzz::require(is_utf8(link.url) && is_utf8(link.title), "links are UTF-8");
        fuzz::require(!link.url.empty(), "links lead somewhere");
    }
    return 0;
}
