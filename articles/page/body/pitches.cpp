#include "articles/page/body/pitches.hpp"

#include "articles/page/addresses.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace newswired::articles::page {

using namespace html;

namespace {

// A pitch is a line or two.
constexpr std::uint32_t kLongestPitch = 260;
// A line that may stand between pitches: a source, a signature.
constexpr std::uint32_t kShortLine = 60;
// How many blocks from the end are looked at.
constexpr int kMaxBlocks = 12;

// Names that are the same in all languages.
constexpr std::string_view kPlaces[] = {
    "facebook",   "twitter",   "instagram",   "telegram", "whatsapp", "youtube", "tiktok",  "linkedin",
    "newsletter", "app store", "google play", "iphone",   "android",  "threads", "bluesky", "mastodon"};

bool asks_to_subscribe(std::string_view url) {
    for (std::string_view const word : {"newsletter", "subscri", "suscri", "abonn", "/abo/", "/abo",
                                        "sign-up", "signup", "donat", "spenden"}) {
        if (find_ignoring_case(url, word) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

bool is_pitch(Tree const& tree, Measure const& m, NodeId id, bool last) {
    if (m.text > kLongestPitch || m.images > 0) {
        return false;
    }
    for (auto i = id; i < tree[id].end; ++i) {
        if (tree[i].is(tag_a) && !tree[i].dropped) {
            auto const url = tree.attribute(i, "href");
            if (leads_to_profile(url) || asks_to_subscribe(url)) {
                return true;
            }
        }
    }
    auto const text = tree.text(id, 2 * kLongestPitch);
    auto const named = std::count_if(std::begin(kPlaces), std::end(kPlaces), [&](std::string_view place) {
        return find_ignoring_case(text, place) != std::string_view::npos;
    });
    constexpr std::uint32_t kLine = 100;
    return named >= 2 || (named == 1 && last && m.text <= kLine);
}

bool is_block_of_text(Tree const& tree, Measure const& m, NodeId id) {
    auto const& node = tree[id];
    return node.kind == Node::Kind::element && node.element != kUnknown && has(node.element, B) &&
           m.text > 0 && m.own_text == m.text;
}

}  // namespace

void drop_closing_pitches(Tree& tree, std::vector<Measure> const& measures, NodeId article) {
    std::vector<NodeId> blocks;
    for (auto i = article + 1; i < tree[article].end;) {
        auto const whole = !tree[i].dropped && is_block_of_text(tree, measures[i], i);
        if (whole) {
            blocks.push_back(i);
        }
        i = whole || tree[i].dropped ? tree[i].end : i + 1;
    }
    constexpr std::size_t kLeast = 4;  // a page of so few lines has no end to prune
    if (blocks.size() < kLeast) {
        return;
    }
    auto last = true;
    for (auto looked = 0; looked < kMaxBlocks && blocks.size() > 1; ++looked) {
        auto const id = blocks.back();
        blocks.pop_back();
        if (is_pitch(tree, measures[id], id, last)) {
            tree[id].dropped = true;
            continue;
        }
        if (measures[id].text > kShortLine) {
            return;
        }
        last = false;
    }
}

}  // namespace newswired::articles::page
