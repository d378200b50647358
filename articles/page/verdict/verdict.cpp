#include "articles/page/verdict/verdict.hpp"

#include "articles/page/verdict/circumstances.hpp"
#include "articles/page/verdict/overlap.hpp"
#include "articles/unicode.hpp"
#include "core/text.hpp"
#include "feeds/charset/charset.hpp"
#include "http/url/url.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace newswired::articles::page {
namespace {

constexpr std::uint32_t kHardlyAny = 60;     // letters: no article
constexpr std::uint32_t kShort = 900;        // letters: what walls and error pages have at most
constexpr std::uint32_t kOpening = 2'500;    // letters: what a paywall lets one read at most
constexpr std::uint32_t kSmallPage = 2'000;  // letters: all that can be read on a page that is one message
constexpr std::uint32_t kGoesOn = 200;       // letters
constexpr std::size_t kVeryFewWords = 3;     // tell nothing
constexpr std::size_t kFewWords = 6;
constexpr std::size_t kBeginning = 2'500;  // bytes

// The telling words of both sides.
struct Compared {
    TellingWords title;    // of the feed's item
    TellingWords text;     // of its body
    TellingWords both;     // of title and body
    TellingWords article;  // the page's text
    TellingWords names;    // its title, summary and headings
    TellingWords start;    // those, and the beginning of its text, where most teasers are from
    TellingWords page;     // those, and all of its text
};

struct Case {
    Answer const& answer;
    Announced const& announced;
    Circumstances const& seen;
    Page const& page;
    std::string text;       // of the page's article, fold_case()
    std::uint32_t letters;  // of the page's article
    Compared words;
    std::string
        announced_words;  // what the feed said, fold_case(): a sign that is the article's own subject is none
};

// What a title or heading says the page is, but for what the article is about.
bool is_named(Case const& one, Sign sign) {
    return std::any_of(one.seen.names.begin(), one.seen.names.end(), [&](std::string const& name) {
        return sign_in_name(name) == sign && one.announced_words.find(name) == std::string::npos;
    });
}

// Whether the article goes on behind the block: then the block is part of it, and no wall.
bool goes_on_behind(Case const& one, std::string const& block) {
    auto const place = one.text.find(block);
    return place != std::string::npos &&
           count_letters(std::string_view{one.text}.substr(place + block.size())) > kGoesOn;
}

bool says_in_short(Case const& one, Sign sign) {
    auto const is_new = [&one](std::string const& text) {
        return one.announced_words.find(text) == std::string::npos;
    };
    auto const in_label = [&](std::string const& label) {
        return sign_in_name(label) == sign && is_new(label);
    };
    auto const in_block = [&](std::string const& block) {
        return (says(sign, block) || sign_in_name(block) == sign) && is_new(block) &&
               !goes_on_behind(one, block);
    };
    return std::any_of(one.seen.labels.begin(), one.seen.labels.end(), in_label) ||
           std::any_of(one.seen.blocks.begin(), one.seen.blocks.end(), in_block);
}

bool path_has(std::string_view url, std::initializer_list<std::string_view> words) {
    auto const parsed = http::parse_url(url);
    if (!parsed) {
        return false;
    }
    auto const path = to_lower(parsed->path);
    auto const host = std::string_view{parsed->host};
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return path.find("/" + std::string{word}) != std::string::npos ||
               host.starts_with(std::string{word} + ".");
    });
}

// Redirects that lead to the entrance: what sites do for articles that are gone.
bool leads_home(Case const& one) {
    auto const asked = http::parse_url(one.announced.url);
    auto const got = http::parse_url(one.answer.url);
    return asked && got && asked->target().size() > 1 && got->path == "/" && !got->query;
}

bool went_elsewhere(Case const& one, std::initializer_list<std::string_view> words) {
    return path_has(one.answer.url, words) && !path_has(one.announced.url, words);
}

bool is_bot_wall(Case const& one, std::string_view source) {
    if (one.letters >= kShort) {
        return false;
    }
    auto const named = is_named(one, Sign::bot_wall) || says_in_short(one, Sign::bot_wall);
    return named || (one.seen.letters < kShort / 2 && has_bot_wall_machinery(source));
}

bool is_consent(Case const& one) {
    if (went_elsewhere(one, {"consent", "cookie-consent", "privacy-consent", "cookiewall", "privacy-gate",
                             "myprivacy", "zustimmung"})) {
        return true;
    }
    auto const named = is_named(one, Sign::consent);
    return (named || says_in_short(one, Sign::consent)) && one.seen.letters < 2 * kSmallPage &&
           (one.letters < kShort || named);
}

bool is_login(Case const& one) {
    if (one.letters >= kShort) {
        return false;
    }
    auto const named = is_named(one, Sign::login);
    auto const moved = went_elsewhere(one, {"login", "log-in", "signin", "sign-in", "sso", "accounts", "auth",
                                            "account/login", "user/login", "wp-login"});
    return one.seen.asks_password ? named || moved || one.seen.letters < kShort : named && moved;
}

bool is_not_found(Case const& one) {
    return one.letters < kOpening && (is_named(one, Sign::not_found) || leads_home(one));
}

bool needs_script(Case const& one) {
    if (one.letters >= kShort / 2 || one.seen.letters >= kShort) {
        return false;
    }
    auto const told =
        says(Sign::needs_script, one.seen.noscript) || says(Sign::needs_script, one.seen.all_text);
    return told || (one.seen.has_scripts && one.seen.letters < kHardlyAny);
}

bool is_paywall(Case const& one) {
    if (one.letters >= kOpening) {
        return false;  // what must be paid for after some articles is there in the first ones
    }
    if (one.seen.costs_money && !one.seen.is_served_whole) {
        return true;
    }
    if (says_in_short(one, Sign::paywall)) {
        return true;
    }
    return one.seen.has_wall && one.letters < kShort / 2;
}

// What the feed announced must be found on the page.  Of an article's own page, one in three hundred has less
// than this of it; of two other pages, one in a hundred has as much.
bool is_another(Case const& one) {
    auto const& words = one.words;
    auto const title_tells = words.title.size() >= 2;
    auto const text_tells = words.text.size() >= kFewWords;
    if (!title_tells && !text_tells) {
        // A headline and a handful of words: together they may do.
        return words.both.size() >= kVeryFewWords && words.both.found_in(words.page) < 0.6 &&
               words.both.found_in(words.start) < 0.4;
    }
    auto const by_title =
        title_tells && (words.title.found_in(words.names) >= 0.4 || words.title.found_in(words.start) >= 0.6);
    auto const by_text =
        text_tells && (words.text.found_in(words.page) >= 0.6 || words.text.found_in(words.start) >= 0.3);
    return !by_title && !by_text;
}

// More than was announced, and about that: whatever stands around it, this is no message of the site's.
bool tells_the_story(Case const& one) {
    auto const& words = one.words;
    if (one.letters < kHardlyAny + count_letters(one.announced.text) * 5 / 4) {
        return false;
    }
    return words.text.size() >= kFewWords
               ? words.text.found_in(words.article) >= 0.6
               : words.title.size() >= 3 && words.title.found_in(words.article) >= 0.6;
}

// From what is told most surely to what is left when nothing else fits.
std::optional<Verdict> message_of_the_site(Case const& one, std::string_view source) {
    if (is_bot_wall(one, source)) {
        return Verdict::bot_wall;
    }
    if (is_consent(one)) {
        return Verdict::consent;
    }
    if (is_not_found(one)) {
        return Verdict::not_found;
    }
    if (is_login(one)) {
        return Verdict::login;
    }
    if (needs_script(one)) {
        return Verdict::needs_script;
    }
    return {};
}

Verdict verdict_of(Case const& one, std::string_view source) {
    if (!tells_the_story(one)) {
        if (auto const message = message_of_the_site(one, source)) {
            return *message;
        }
    }
    if (is_paywall(one)) {
        return Verdict::paywall;
    }
    if (one.letters < kHardlyAny) {
        return Verdict::no_text;
    }
    if (is_another(one)) {
        return Verdict::another;
    }
    return one.letters > count_letters(one.announced.text) ? Verdict::article : Verdict::no_better;
}

bool is_success(std::uint16_t status) {
    return status == 200 || status == 203;
}

// An error page is no article, but it may say why.
Verdict verdict_of_error(Answer const& answer, Case const& one) {
    switch (answer.status) {
        case 401:
        case 407:
            return Verdict::login;
        case 402:
            return Verdict::paywall;
        case 404:
        case 410:
            return Verdict::not_found;
        default:
            return is_bot_wall(one, answer.bytes) ? Verdict::bot_wall : Verdict::refused;
    }
}

}  // namespace

std::string_view in_words(Verdict verdict) {
    switch (verdict) {
        case Verdict::article:
            return "the article";
        case Verdict::refused:
            return "an error page";
        case Verdict::not_html:
            return "no HTML";
        case Verdict::moved:
            return "a mere signpost";
        case Verdict::not_found:
            return "a \"not found\" page";
        case Verdict::paywall:
            return "a paywall";
        case Verdict::consent:
            return "a consent page";
        case Verdict::login:
            return "a log-in page";
        case Verdict::bot_wall:
            return "a bot wall";
        case Verdict::needs_script:
            return "empty without JavaScript";
        case Verdict::no_text:
            return "without text";
        case Verdict::another:
            return "about something else";
        case Verdict::no_better:
            break;
    }
    return "no longer than the feed's body";
}

bool is_html(std::string_view content_type, std::string_view bytes) {
    auto const type = trim(content_type.substr(0, content_type.find(';')));
    if (!type.empty()) {
        return equal_ignoring_case(type, "text/html") || equal_ignoring_case(type, "application/xhtml+xml");
    }
    return trim(bytes.substr(0, 1024)).starts_with('<');
}

namespace {

std::string_view beginning_of(std::string_view text) {
    auto const end = text.find(' ', kBeginning);
    return text.substr(0, end);
}

Compared compare(Announced const& announced, Page const& page, Circumstances const& seen) {
    Compared words;
    words.title.add(announced.title);
    words.text.add(announced.text);
    words.both.add(announced.title);
    words.both.add(announced.text);
    words.article.add(page.content_text);
    words.names.add(page.about.title);
    words.names.add(page.about.summary);
    for (auto const& name : seen.names) {
        words.names.add(name);
    }
    words.start = words.names;
    words.start.add(beginning_of(page.content_text));
    words.page = words.start;
    words.page.add(page.content_text);
    return words;
}

}  // namespace

Judgement judge(Answer answer, Announced const& announced) {
    Judgement judgement;
    if (is_success(answer.status) && !is_html(answer.content_type, answer.bytes)) {
        judgement.verdict = Verdict::not_html;
        return judgement;
    }
    std::vector<feeds::Problem> problems;
    answer.bytes = feeds::to_utf8(std::move(answer.bytes), answer.content_type, problems);
    Tree const tree{answer.bytes};
    auto const seen = look_around(tree);
    if (is_success(answer.status)) {
        judgement.page = extract(answer.bytes, answer.url, "text/html; charset=utf-8");
    }
    judgement.letters = count_letters(judgement.page.content_text);
    Case const one{.answer = answer,
                   .announced = announced,
                   .seen = seen,
                   .page = judgement.page,
                   .text = fold_case(judgement.page.content_text),
                   .letters = judgement.letters,
                   .words = compare(announced, judgement.page, seen),
                   .announced_words = fold_case(announced.title) + "\n" + fold_case(announced.text)};
    if (!is_success(answer.status)) {
        judgement.verdict = verdict_of_error(answer, one);
    } else if (!seen.refresh_to.empty() && seen.letters < kShort / 2) {
        judgement.verdict = Verdict::moved;
        judgement.moved_to = http::resolve(answer.url, seen.refresh_to);
    } else {
        judgement.verdict = verdict_of(one, answer.bytes);
    }
    if (judgement.verdict != Verdict::article) {
        judgement.page = {};
    }
    return judgement;
}

}  // namespace newswired::articles::page
