// Feeds of any format: the first line is the Content-Type, what follows the document.

#include "feeds/parse.hpp"
#include "core/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace newswired;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const input = fuzz::text_of(data, size);
    auto const line = std::min(input.find('\n'), input.size());
    auto const feed = feeds::parse({.bytes = std::string{input.substr(std::min(line + 1, input.size()))},
                                    .url = "https://news.example/feed",
                                    .content_type = std::string{input.substr(0, line)}});
    if (!feed) {
        return 0;
    }
    auto const check = [](std::string_view text) { fuzz::require(is_utf8(text), "texts are UTF-8"); };
    check(feed->title.value);
    check(feed->home_page_url);
    for (auto const& item : feed->items) {
        for (auto const text :
             {item.id, item.url, item.external_url, item.title.value, item.title.base, item.content.value,
              item.summary.value, item.language, item.image, item.rights.value, item.source.title}) {
            check(text);
        }
        for (auto const& person : item.authors) {
            check(person.name);
            check(person.email);
        }
        for (auto const tag : item.tags) {
            check(tag);
        }
        for (auto const& one : item.attachments) {
            check(one.url);
        }
    }
    return 0;
}
