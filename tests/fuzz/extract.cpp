// Strangers' pages: the tree, and the article that is taken from it.

#include "articles/page/extract.hpp"
#include "articles/page/tree/tree.hpp"
#include "core/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace newswired;
namespace page = articles::page;

namespace {

// Ranges nest, parents come first, and walking by siblings meets what walking by numbers meets.
void require_sound(page::Tree const& tree) {
    for (page::NodeId i = 0; i < tree.size(); ++i) {
        auto const& node = tree[i];
        fuzz::require(node.end > i && node.end <= tree.size(),
                      "a subtree begins with its node and ends inside");
        if (i == page::kRoot) {
            fuzz::require(node.parent == page::kNone && node.end == tree.size(), "the root holds all");
            continue;
        }
        fuzz::require(node.parent < i && tree.contains(node.parent, i), "a parent holds its child");
        fuzz::require(node.end <= tree[node.parent].end, "a subtree lies in its parent's");
    }
    page::NodeId met = 1;
    for (auto i = tree.first_child(page::kRoot); i != page::kNone; i = tree.next_sibling(i)) {
        fuzz::require(i == met, "siblings lie side by side");
        met = tree[i].end;
    }
    fuzz::require(met == tree.size(), "the root's children are all there is");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const bytes = std::string{fuzz::text_of(data, size)};
    auto const valid = to_valid_utf8(bytes);
    require_sound(page::Tree{valid});
    auto const found = page::extract(bytes, "https://news.example/2026/01/31/a.html");
    fuzz::require(is_utf8(found.content_html), "HTML is UTF-8");
    fuzz::require(is_utf8(found.content_text), "text is UTF-8");
    fuzz::require(
        is_utf8(found.about.title) && is_utf8(found.about.summary) && is_utf8(found.about.site_name),
        "metadata is UTF-8");
    for (auto const& author : found.about.authors) {
        fuzz::require(is_utf8(author.name), "names are UTF-8");
    }
    fuzz::require(found.about.date_published.empty() || found.about.date_published.size() >= 20,
                  "a date has its time and zone");
    return 0;
}
