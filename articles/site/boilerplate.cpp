#include "articles/site/boilerplate.hpp"

#include "articles/body/sanitize.hpp"
#include "articles/identity/fingerprint.hpp"
#include "articles/page/body/captions.hpp"
#include "articles/site/body.hpp"
#include "articles/site/judge.hpp"
#include "articles/site/limits.hpp"
#include "core/scan.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <utility>

namespace newswired::articles::site {
namespace {

// An article of a single line has nothing beside it that could go.
constexpr std::size_t kFewestLines = 2;

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

// Where the text of a link begins, as far as it stands in content_text as it is.
std::string_view link_text(std::string_view html) {
    while (html.starts_with('<') && !html.starts_with("</a")) {
        html.remove_prefix(std::min(html.find('>'), html.size() - 1) + 1);
        html = trim(html);
    }
    auto const end = find_any<0, '<', '&', '\n', '\t', '\xC2', '\xCC', '\xCD'>(html, 0);
    html = html.substr(0, end);
    return trim(html.substr(0, html.find("  ")));
}

// What may be taken out of an article, as far as its lines and the texts of its links tell: more than the
// judgement takes out, whose rules these are.
class Outlook {
  public:
    Outlook(Article const& article, Sighting const& sighting, SiteMemory const& memory)
        : article_{article}, lines_{sighting.lines}, memory_{memory}, title_of_{sighting.article} {}

    bool is_worth_a_look();

  private:
    bool may_go(std::size_t i, std::string_view text);
    bool may_be_link(std::string_view text);
    void read_links();
    bool is_title(std::size_t i) const {
        return i + 2 >= lines_.size() && memory_.is_title_of_another(lines_[i].hash, title_of_);
    }

    Article const& article_;
    std::vector<Line> const& lines_;
    SiteMemory const& memory_;
    std::uint32_t title_of_;
    std::vector<std::string_view> links_{};
    bool has_odd_links_ = false;  // of which it is not known what they say
    bool knows_links_ = false;
};

bool Outlook::is_worth_a_look() {
    std::size_t i = 0;
    bool any = false;
    auto const is_known = [&](Line const& line) { return others_with(memory_, line.hash) >= kFewestOthers; };
    if (std::none_of(lines_.begin(), lines_.end(), is_known)) {
        return !lines_.empty() && (is_title(lines_.size() - 1) || is_title(lines_.size() - 2));
    }
    for_each_line(article_.content_text, [&](std::string_view text) {
        any = any || is_title(i) || may_go(i, text);
        ++i;
    });
    return any;
}

bool Outlook::may_go(std::size_t i, std::string_view text) {
    auto const& line = lines_[i];
    if (others_with(memory_, line.hash) < kFewestOthers) {
        return false;
    }
    auto const share = memory_.share(*memory_.find(line.hash));
    // Short lines in the middle go for their links alone; of the ends the first to go has a greater share.
    constexpr std::size_t kMiddle = 8;
    auto const inside = i >= kMiddle && lines_.size() - i > kMiddle &&
                        std::any_of(lines_.begin() + std::ptrdiff_t(i), lines_.end(),
                                    [](Line const& below) { return below.weight > kLongestTeaser; });
    auto const is_prose = weight_of(text) >= kShort;
    auto const by_share = is_prose ? share >= kFewestShare : !inside && share >= kShareOfShort;
    return by_share || line.has_own || may_be_link(text);
}

bool Outlook::may_be_link(std::string_view text) {
    if (!knows_links_) {
        read_links();
    }
    return has_odd_links_ || std::any_of(links_.begin(), links_.end(), [&](std::string_view link) {
               return text.find(link) != std::string_view::npos;
           });
}

void Outlook::read_links() {
    constexpr std::size_t kMaxLinks = 512;  // of more it is quicker to look at the HTML
    knows_links_ = true;
    std::string_view const html = article_.content_html;
    for (auto place = html.find("<a "); place != html.npos; place = html.find("<a ", place + 1)) {
        auto const rest = html.substr(place);
        auto const text = link_text(rest);
        if (!text.empty()) {
            links_.push_back(text);
        }
        auto const tag = rest.substr(0, rest.find('>'));
        has_odd_links_ = has_odd_links_ || (text.empty() && rest.find("<img") > rest.find("</a")) ||
                         links_.size() > kMaxLinks ||
                         (!article_.url.empty() && tag.find(article_.url) != tag.npos);
    }
}

// Reads the texts of an article's blocks.  Nearly all of them are lines of content_text, in its order, which
// were read before: reading them is what takes the time.
class BlockTexts {
  public:
    BlockTexts(Article const& article, Sighting const& sighting) : reader_{article}, lines_{sighting.lines} {
        texts_.reserve(lines_.size());
        for_each_line(article.content_text, [&](std::string_view text) { texts_.push_back(text); });
    }

    Line read(std::string_view text) {
        auto const end = std::min({next_ + kMostMissing, texts_.size(), lines_.size()});
        for (auto i = next_; i < end; ++i) {
            if (texts_[i] == text) {
                next_ = i + 1;
                return lines_[i];
            }
        }
        return reader_.read(text);
    }

  private:
    static constexpr std::size_t kMostMissing = 64;  // lines in a row that are no block's text

    LineReader reader_;
    std::vector<Line> const& lines_;
    std::vector<std::string_view> texts_{};
    std::size_t next_ = 0;
};

Facts facts_of(Block const& block, BlockTexts& texts, Sighting const& sighting, SiteMemory const& memory) {
    Facts facts{.weight = block.text.empty() ? 0 : std::max(weight_of(block.text), 1u),
                .link_weight = block.link_weight,
                .list = block.list,
                .is_fixed = block.is_fixed,
                .is_heading = block.is_heading,
                .links_to_site = block.links_to_site};
    if (block.text.empty()) {
        return facts;
    }
    auto const line = texts.read(block.text);
    facts.has_own = line.has_own || block.links_to_itself;
    facts.varies = line.varies;
    facts.trails_off = trails_off(block.text);
    facts.is_other_title = memory.is_title_of_another(hash_of(block.text), sighting.article);
    facts.others = others_with(memory, line.hash);
    facts.share = facts.others > 0 ? memory.share(*memory.find(line.hash)) : 0;
    return facts;
}

std::string text_of(Article const& article, Rest const& rest) {
    // As extraction has it: a page's captions are no part of its text.
    return article.body_from == "page" ? to_readable_text(page::without_captions(rest.html))
                                       : readable_text_of(rest.html, rest.pieces);
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
    if (!Outlook{article, sighting, memory}.is_worth_a_look()) {
        return {};
    }
    auto const pieces = pieces_of(article.content_html);
    auto const blocks = blocks_of(article.content_html, pieces, article.url);
    BlockTexts texts{article, sighting};
    std::vector<Facts> facts;
    facts.reserve(blocks.size());
    for (auto const& block : blocks) {
        facts.push_back(facts_of(block, texts, sighting, memory));
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
    auto rest = without_blocks(article.content_html, pieces, blocks, goes);
    article.content_text = text_of(article, rest);
    article.content_html = std::move(rest.html);
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
