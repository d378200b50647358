// What sites have in common: strangers' bodies are taken apart, and memories are read from any bytes.

#include "articles/body/sanitize.hpp"
#include "articles/site/body.hpp"
#include "articles/site/boilerplate.hpp"
#include "core/sketch.hpp"
#include "core/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace newswired;
using namespace newswired::articles;

namespace {

// Three articles of one body: all that is in it is known.
void learn_and_clean(std::string const& html, std::string_view bytes) {
    auto memory = site::SiteMemory::decode(bytes, 20'000);
    for (auto const* const name : {"1", "2", "3"}) {
        Article article{.url = std::string{"https://news.example/"} + name,
                        .title = "A title of this article"};
        article.content_html = html + "<p>" + name + "</p>";
        article.content_text = to_readable_text(article.content_html);
        auto const sighting = site::survey(article);
        memory.learn(sighting);
        site::clean(article, sighting, memory);
        fuzz::require(is_utf8(article.content_html) && is_utf8(article.content_text), "bodies are UTF-8");
    }
    auto const encoded = memory.encode();
    fuzz::require(site::SiteMemory::decode(encoded, 20'000).encode() == encoded,
                  "memories come back the same");
}

void drop_every_other(std::string const& html) {
    auto const pieces = site::pieces_of(html);
    auto const blocks = site::blocks_of(html, pieces, "https://news.example/1");
    fuzz::require(site::readable_text_of(html, pieces) == to_readable_text(html), "pieces are tokens");
    std::vector<bool> goes;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        goes.push_back(i % 2 == 0);
    }
    auto const [rest, rest_pieces] = site::without_blocks(html, pieces, blocks, goes);
    fuzz::require(site::readable_text_of(rest, rest_pieces) == to_readable_text(rest),
                  "the pieces that are left say what the HTML says");
    fuzz::require(rest.size() <= html.size(), "what is left is no more than it was");
    fuzz::require(sanitize(rest, "", Policy::article) == rest || sanitize(html, "", Policy::article) != html,
                  "what is left is as clean as it was");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const bytes = fuzz::text_of(data, size);
    auto const html = sanitize(to_valid_utf8(bytes), "https://news.example/1", Policy::article);
    learn_and_clean(html, bytes);
    drop_every_other(html);
    if (auto const made = sketch(html)) {
        fuzz::require(similarity(made->cells, made->cells) == 1.0, "a text is like itself");
    }
    return 0;
}
