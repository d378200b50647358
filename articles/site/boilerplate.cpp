#include "articles/site/boilerplate.hpp"

#include "articles/fingerprint.hpp"
#include "articles/page/captions.hpp"
#include "articles/sanitize.hpp"
#include "articles/site/body.hpp"
#include "articles/site/judge.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace newswired::articles::site {
namespace {

// An article of a single line has nothing beside it that could go.
constexpr std::size_t kFewestLines = 2;
// Where titles of other articles stand when nothing else gives them away.
constexpr std::size_t kLastLines = 8;
constexpr std::uint32_t kFewestOthers = 2;

bool trails_off(std::string_view text) {
    for (std::string_view const end : {"…", "...", "…]", "...]", "…)", "...)"}) {
        if (text.ends_with(end)) {
            return true;
        }
    }
    return false;
}

std::uint32_t others_with(SiteMemory const& memory, std::uint64_t hash) {
    auto const* const known = memory.find(hash);
    return known == nullptr ? 0 : known->count - 1;  // without the article itself
}

// Whether it is worth looking at the HTML: mostly it is not.
bool may_hold_any(Sighting const& sighting, SiteMemory const& memory) {
    auto const& lines = sighting.lines;
    auto const last = lines.size() - std::min(lines.size(), kLastLines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (others_with(memory, lines[i].hash) >= kFewestOthers ||
            (i >= last && memory.is_title_of_another(lines[i].hash, sighting.article))) {
            return true;
        }
    }
    return false;
}

Facts facts_of(Block const& block, LineReader& reader, Sighting const& sighting, SiteMemory const& memory) {
    Facts facts{.weight = block.text.empty() ? 0 : std::max(weight_of(block.text), 1u),
                .link_weight = block.link_weight,
                .list = block.list,
                .is_fixed = block.is_fixed,
                .is_heading = block.is_heading,
                .links_to_site = block.links_to_site};
    if (block.text.empty()) {
        return facts;
    }
    auto const line = reader.read(block.text);
    facts.has_own = line.has_own || block.links_to_itself;
    facts.varies = line.varies;
    facts.trails_off = trails_off(block.text);
    facts.is_other_title = memory.is_title_of_another(hash_of(block.text), sighting.article);
    facts.others = others_with(memory, line.hash);
    facts.share = facts.others > 0 ? memory.share(*memory.find(line.hash)) : 0;
    return facts;
}

std::string text_of(Article const& article) {
    // As extraction has it: a page's captions are no part of its text.
    return article.body_from == "page" ? to_readable_text(page::without_captions(article.content_html))
                                       : to_readable_text(article.content_html);
}

}  // namespace

Sighting survey(Article const& article) {
    Sighting sighting{
        .article = std::uint32_t(article.url.empty() ? hash_of(article.id) : url_hash(article.url)),
        .title = hash_of(article.title)};
    LineReader reader{article};
    for_each_line(article.content_text,
                  [&](std::string_view line) { sighting.lines.push_back(reader.read(line)); });
    if (sighting.lines.size() < kFewestLines) {
        sighting.lines.clear();
    }
    return sighting;
}

std::vector<Removed> clean(Article& article, Sighting const& sighting, SiteMemory const& memory) {
    if (!may_hold_any(sighting, memory)) {
        return {};
    }
    auto const blocks = blocks_of(article.content_html, article.url);
    LineReader reader{article};
    std::vector<Facts> facts;
    facts.reserve(blocks.size());
    for (auto const& block : blocks) {
        facts.push_back(facts_of(block, reader, sighting, memory));
    }
    auto const goes = judge(facts);
    std::vector<Removed> removed;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (goes[i]) {
            removed.push_back({.text = blocks[i].text, .others = facts[i].others});
        }
    }
    if (removed.empty()) {
        return removed;
    }
    article.content_html = without_blocks(article.content_html, blocks, goes);
    article.content_text = text_of(article);
    return removed;
}

std::string in_words(std::vector<Removed> const& removed) {
    constexpr std::size_t kMostTold = 12;
    constexpr std::size_t kLongestTold = 60;
    if (removed.empty()) {
        return {};
    }
    auto text = std::to_string(removed.size()) + (removed.size() == 1 ? " block:" : " blocks:");
    for (std::size_t i = 0; i < std::min(removed.size(), kMostTold); ++i) {
        auto told = std::string_view{removed[i].text};
        auto end = std::min(told.size(), kLongestTold);
        while (end < told.size() && (told[end] & 0xC0) == 0x80) {
            --end;
        }
        text += i == 0 ? " \"" : ", \"";
        text += told.substr(0, end);
        text += end < told.size() ? "…\"" : "\"";
        text += removed[i].others > 0 ? " (as in " + std::to_string(removed[i].others) + " others)"
                                      : " (another article)";
    }
    return removed.size() > kMostTold ? text + ", …" : text;
}

}  // namespace newswired::articles::site
