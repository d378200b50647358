// What a body looks like: the half of teaser.hpp that reads HTML.

#include "articles/identity/fingerprint.hpp"
#include "articles/identity/registered_name.hpp"
#include "articles/page/tree/tree.hpp"
#include "articles/teaser.hpp"
#include "articles/unicode.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace newswired::articles {

using namespace html;
using page::kNone;
using page::Node;
using page::NodeId;
using page::Tree;

namespace {

constexpr std::uint32_t kParagraph = 40;    // letters; less is a label
constexpr std::uint32_t kLongestMore = 60;  // letters of a link that leads on
constexpr std::uint32_t kAfterMore = 12;    // letters that may follow it: "»", a dot, a counter
constexpr std::uint32_t kSentence = 60;     // letters from which on a text should end like a sentence

// Links to an article's own page that do not lead on.
bool is_permalink_word(std::string const& folded) {
    static constexpr std::array kWords{"permalink", "permalien", "permanent link", "link", "#", "∞", "★",
                                       "◆",         "¶"};
    return std::find(kWords.begin(), kWords.end(), folded) != kWords.end();
}

bool has_arrow(std::string_view text) {
    static constexpr std::array kArrows{"→", "»", "›", "⇒", "▸", "►", ">>", "&gt;&gt;", "➔", "➜", "⟶"};
    return std::any_of(kArrows.begin(), kArrows.end(),
                       [text](char const* arrow) { return text.find(arrow) != std::string_view::npos; });
}

// To its comments, for one; "#more-123" is where WordPress goes on.
bool leads_to_a_part(std::string_view url) {
    auto const hash = url.find('#');
    return hash != std::string_view::npos && hash + 1 < url.size() &&
           !url.substr(hash + 1).starts_with("more");
}

bool leads_on(Tree const& tree, NodeId link, Article const& article) {
    auto const url = tree.attribute(link, "href");
    if (article.url.empty() || leads_to_a_part(url) || canonical_url(url) != canonical_url(article.url)) {
        return false;
    }
    auto const text = tree.text(link);
    auto const folded = fold_case(text);
    auto const letters = count_letters(text);
    // "The post TITLE appeared first on SITE" stands below whole articles too.
    if (is_permalink_word(folded) || folded == fold_case(article.title)) {
        return false;
    }
    return letters <= kLongestMore && (letters >= 2 || has_arrow(text));
}

struct LastLink {
    NodeId node = kNone;
    std::uint32_t letters_after = 0;
};

LastLink last_link(Tree const& tree) {
    LastLink last;
    for (NodeId i = 1; i < tree.size(); ++i) {
        auto const& node = tree[i];
        if (node.is(tag_a) && tree.has_attribute(i, "href")) {
            last = {.node = i};
        } else if (node.kind == Node::Kind::text && !node.in_link) {
            last.letters_after += count_letters(node.source);
        }
    }
    return last;
}

// The text without what the link at its end says.
std::string_view without_end(std::string_view text, std::string_view end) {
    text = trim(text);
    if (!end.empty() && text.ends_with(end)) {
        text.remove_suffix(end.size());
    }
    return trim(text);
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
    return std::any_of(ends.begin(), ends.end(),
                       [text](std::string_view end) { return text.ends_with(end); });
}

bool is_cut_off(std::string_view text) {
    return ends_with_any(text, {"…", "...", "[…]", "[...]", "(…)", "(...)", "。。。", "⋯", "..»", "…»"});
}

// Scripts that end their sentences with a mark all do it with one of these.
bool ends_like_a_sentence(std::string_view text) {
    return ends_with_any(text, {".", "!", "?",  ":",  ";",  "\"", "'",  ")",  "]",  "”",  "’",  "“", "»",
                                "«", "›", "。", "！", "？", "：", "」", "』", "）", "】", "》", "؟", "۔",
                                "।", "॥", "።",  "։",  ";",  "|",  "*",  "-",  "—",  "–",  "．", "｡"});
}

bool is_unfinished(std::string_view text, std::uint32_t letters) {
    if (letters < kSentence || ends_like_a_sentence(text)) {
        return false;
    }
    auto start = text.size() - 1;
    while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) {
        --start;
    }
    auto const script = script_of(next_code_point(text, start));
    return script == Script::alphabetic || script == Script::dense;
}

bool is_media(Enclosure const& one) {
    for (auto const* const kind : {"audio/", "video/", "application/x-shockwave-flash"}) {
        if (starts_with_ignoring_case(one.mime_type, kind)) {
            return true;
        }
    }
    return one.duration_in_seconds > 0;
}

// Sites where the page is a player.
bool is_player(std::string_view site) {
    static constexpr std::array kPlayers{"youtube.com", "youtu.be",       "vimeo.com",    "dailymotion.com",
                                         "twitch.tv",   "soundcloud.com", "bilibili.com", "nicovideo.jp",
                                         "rumble.com",  "odysee.com",     "tiktok.com",   "spotify.com"};
    return std::find(kPlayers.begin(), kPlayers.end(), site) != kPlayers.end();
}

bool is_note(Article const& article) {
    auto const title = fold_case(article.title);
    if (count_letters(title) == 0) {
        return true;
    }
    auto text = fold_case(article.content_text.substr(0, 4 * article.title.size() + 64));
    auto start = title;
    for (auto const* const end : {"…", "..."}) {
        if (std::string_view const mark{end}; start.ends_with(mark)) {
            start.resize(start.size() - mark.size());
        }
    }
    return count_letters(start) >= 10 && text.starts_with(trim(start));
}

}  // namespace

BodyLook look_at_body(Article const& article, std::string_view home) {
    BodyLook look;
    Tree const tree{article.content_html};
    auto const own_site = registered_name(article.url);
    auto const home_site = registered_name(home);
    auto const last = last_link(tree);
    look.leads_on =
        last.node != kNone && last.letters_after <= kAfterMore && leads_on(tree, last.node, article);
    for (NodeId i = 1; i < tree.size(); ++i) {
        if (tree[i].is(tag_img) || tree[i].is(tag_picture) || tree[i].is(tag_svg)) {
            look.has_picture = true;
        } else if (tree[i].is(tag_audio) || tree[i].is(tag_video) || tree[i].is(tag_iframe)) {
            look.has_media = true;
        } else if (tree[i].is(tag_a)) {
            auto const site = registered_name(tree.attribute(i, "href"));
            look.links_out = look.links_out || (!site.empty() && site != own_site && site != home_site);
        }
    }
    auto const text = without_end(article.content_text, look.leads_on ? tree.text(last.node) : std::string{});
    look.letters = count_letters(text);
    look.cut_off = is_cut_off(text);
    look.unfinished = !look.cut_off && is_unfinished(text, look.letters);
    for (auto const line : split(text, '\n')) {
        look.paragraphs += count_letters(line) >= kParagraph ? 1 : 0;
    }
    look.has_media = look.has_media || is_player(own_site) ||
                     std::any_of(article.attachments.begin(), article.attachments.end(), is_media);
    look.is_note = look.letters > 0 && is_note(article);
    if (!home_site.empty() && !own_site.empty() && own_site != home_site) {
        look.elsewhere = xxh3(own_site);
    }
    return look;
}

}  // namespace newswired::articles
