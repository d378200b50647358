// The verdict on a page that was fetched for an article: is this the article, or what stands in its place?
//
// Paywalls, consent pages, log-ins, bot walls, "enable JavaScript" and error pages with status 200 are told
// by what surely gives them away: the status, where redirects led, what the page says to machines, short
// texts in titles and headings (signs.hpp), a form that asks for a password, hardly any text.  Articles
// *about* cookies or walls are long, and speak of what their feed announced.
//
// A page that is none of these must still be the right one, and more than the feed's body: its text has to
// share words with the item's title or text, and to be longer.

#pragma once

#include "articles/page/extract.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace newswired::articles::page {

enum class Verdict : std::uint8_t {
    article,
    refused,  ///< an error status
    not_html,
    moved,      ///< it only sends one on (meta refresh): to Judgement::moved_to
    not_found,  ///< an error page, whatever its status says
    paywall,
    consent,
    login,
    bot_wall,
    needs_script,
    no_text,
    another,    ///< it speaks of something else
    no_better,  ///< no longer than the feed's body
};

/// In words, to follow "the page is ": "a paywall".
std::string_view in_words(Verdict verdict);

/// What came when the article's page was asked for.
struct Answer {
    std::uint16_t status = 200;
    std::string url{};  ///< that answered, after redirects
    std::string content_type{};
    std::string bytes{};
};

/// What the feed said of the article.
struct Announced {
    std::string url{};    ///< that was asked first
    std::string title{};  ///< plain text
    std::string text{};   ///< its body, readable
};

struct Judgement {
    Verdict verdict = Verdict::article;
    std::string moved_to{};
    std::uint32_t letters = 0;  ///< of the page's article
    Page page{};                ///< what was read, for Verdict::article
};

/// Pure; thread-safe; takes milliseconds, so it belongs on a worker.
Judgement judge(Answer answer, Announced const& announced);

/// Whether an answer may be a page at all: only then is it worth reading.
bool is_html(std::string_view content_type, std::string_view bytes);

}  // namespace newswired::articles::page
