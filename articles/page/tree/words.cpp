#include "articles/page/tree/words.hpp"

#include "articles/html/tokenizer.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace newswired::articles::page {
namespace {

enum Match : std::uint8_t { whole, start };

struct Row {
    std::string_view word;
    Match match;
    Words means;
};

constexpr Row kRows[] = {
#define NEWSWIRED_WORD(word, match, means) {word, match, word_##means},
#include "articles/page/tree/words.inc"
#undef NEWSWIRED_WORD
};
static_assert(std::is_sorted(std::begin(kRows), std::end(kRows),
                             [](Row const& a, Row const& b) { return a.word < b.word; }));

// Where the words of each first letter begin.
constexpr auto kFirst = [] {
    std::array<std::uint16_t, 27> first{};
    std::uint16_t at = 0;
    for (std::size_t letter = 0; letter < 26; ++letter) {
        while (at < std::size(kRows) && kRows[at].word[0] < char('a' + letter)) {
            ++at;
        }
        first[letter] = at;
    }
    first[26] = static_cast<std::uint16_t>(std::size(kRows));
    return first;
}();

Words look_up(std::string_view word) {
    if (word.empty() || word[0] < 'a' || word[0] > 'z') {
        return 0;
    }
    auto const letter = static_cast<std::size_t>(word[0] - 'a');
    for (auto i = kFirst[letter]; i < kFirst[letter + 1]; ++i) {
        auto const& row = kRows[i];
        if (row.match == whole ? word == row.word : word.starts_with(row.word)) {
            return row.means;
        }
    }
    return 0;
}

// "left:-9999px": what is shown where no screen reaches.
bool is_off_screen(std::string_view style) {
    for (std::string_view const side : {"left:-", "top:-", "text-indent:-"}) {
        auto const at = style.find(side);
        constexpr std::size_t kFar = 4;  // digits
        if (at == std::string_view::npos || at + side.size() + kFar > style.size()) {
            continue;
        }
        auto const number = style.substr(at + side.size(), kFar);
        if (std::all_of(number.begin(), number.end(), [](char c) { return is_digit(c); })) {
            return true;
        }
    }
    return false;
}

// "read-more", "see-also": what leads elsewhere.
bool leads_on(std::string_view before, std::string_view word) {
    return (before == "read" && (word == "more" || word == "also" || word == "next")) ||
           (before == "see" && word == "also") || (before == "also" && word == "read") ||
           (before == "more" && (word == "from" || word == "on" || word == "stories" || word == "news"));
}

// What makes of an author's name a text about the author.
bool is_box(std::string_view word) {
    return word == "box" || word == "bio" || word == "about" || word == "card" || word == "profile" ||
           word == "description" || word == "biography";
}

bool is_description(std::string_view word) {
    return word == "description" || word == "info" || word == "beschreibung" || word == "copyright";
}

bool is_picture(std::string_view word) {
    return word == "image" || word == "img" || word == "photo" || word == "picture" || word == "bild" ||
           word == "foto";
}

constexpr bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

// Parts that state what an element is not, or how it is shown: "has-sidebar", "no-comments", WordPress's
// "tag-politics" and "category-related" on the article itself.
constexpr std::string_view kNotItself[] = {"has-",  "no-",   "with-", "without-", "tag-", "category-",
                                           "hide-", "show-", "not-",  "post-tag", "js-",  "page-template"};

// Names that hide what they stand on; in longer names "hidden" is said of something else
// ("field-label-hidden").
constexpr std::string_view kHiddenNames[] = {
    "hidden",         "hide",     "is-hidden",          "visually-hidden",
    "visuallyhidden", "sr-only",  "screen-reader-text", "screen-reader",
    "u-hidden",       "noscreen", "print-only",         "printonly"};

// An id made from a heading's text, which headings and sections have: "sharing-with-a-single-developer".
bool is_sentence(std::string_view id) {
    return std::count_if(id.begin(), id.end(), [](char c) { return c == '-' || c == '_'; }) > 3;
}

constexpr Words kUnwanted = word_comments | word_related | word_share | word_newsletter | word_cookies |
                            word_navigation | word_sidebar | word_footer | word_ad | word_byline | word_tags |
                            word_popup | word_promo | word_tools | word_header | word_caption | word_widget |
                            word_author_box;

}  // namespace

// One class name, cut into words.
Words WordReader::read_name(std::string_view name) {
    for (auto const prefix : kNotItself) {
        if (name.starts_with(prefix)) {
            return 0;
        }
    }
    if (std::find(std::begin(kHiddenNames), std::end(kHiddenNames), name) != std::end(kHiddenNames)) {
        return word_hidden;
    }
    if (name == "comments-open" || name == "comments-closed") {
        return 0;
    }
    Words all = 0;
    Words before = 0;
    auto phrase = false;
    auto after_picture = false;
    std::string word_before;  // short: no allocation
    std::array<char, 24> word;
    for (std::size_t i = 0; i < name.size();) {
        if (!is_alpha(name[i])) {
            ++i;
            continue;
        }
        auto const begin = i;
        std::size_t length = 0;
        auto const shouting = i + 1 < name.size() && is_upper(name[i]) && is_upper(name[i + 1]);
        for (; i < name.size() && (is_alpha(name[i]) || (is_digit(name[i]) && i > begin)); ++i) {
            if (i > begin && is_upper(name[i]) && !shouting) {
                break;
            }
            if (length < word.size()) {
                word[length++] = to_lower(name[i]);
            }
        }
        auto means = look_up({word.data(), length});
        phrase = phrase || ((before & word_subject) != 0 && (means & word_part) != 0);
        if (after_picture &&
            ((means & (word_lead | word_title)) != 0 || is_description({word.data(), length}))) {
            means = word_caption;  // "image-description"
        }
        after_picture = is_picture({word.data(), length});
        means |= leads_on(word_before, {word.data(), length}) ? Words{word_related} : Words{0};
        word_before.assign(word.data(), length);
        if ((before & word_byline) != 0 && is_box({word.data(), length})) {
            means |= word_author_box;  // "author-bio", "AuthorBox"
        }
        all |= means;
        before = means;
    }
    if (phrase) {
        all |= word_body;
    }
    if ((all & kUnwanted) != 0) {
        all &= ~Words{word_body};
    }
    return all;
}

Words WordReader::read_value(std::string_view value) {
    auto const [place, is_new] = known_.try_emplace(value, 0);
    if (is_new) {
        Words all = 0;
        for (std::size_t i = 0; i < value.size();) {
            auto end = i;
            while (end < value.size() && !is_space(value[end])) {
                ++end;
            }
            all |= read_name(value.substr(i, end - i));
            i = end + 1;
        }
        // What WordPress says of a post are its categories, tags and author, not what it is.
        if (value.find("hentry") != std::string_view::npos ||
            value.find("type-post") != std::string_view::npos) {
            all &= word_subject | word_main;
        }
        place->second = all;
    }
    return place->second;
}

Words WordReader::read(std::string_view attributes, bool is_heading) {
    Words all = 0;
    auto comes_late = false;  // hidden until a script puts it in its place: parts that servers stream
    html::AttributeReader reader{attributes};
    html::AttributeReader::Attribute attribute;
    while (reader.next(attribute)) {
        auto const is = [&](std::string_view name) { return equal_ignoring_case(attribute.name, name); };
        comes_late = comes_late || (is("id") && attribute.value.starts_with("S:"));
        if (is("class") || (is("id") && !is_heading && !is_sentence(attribute.value))) {
            all |= read_value(attribute.value);
        } else if (is("role")) {
            if (attribute.value == "main") {
                all |= word_main;
            } else if (attribute.value == "navigation" || attribute.value == "menu" ||
                       attribute.value == "menubar" || attribute.value == "search" ||
                       attribute.value == "tablist") {
                all |= word_navigation;
            } else if (attribute.value == "complementary") {
                all |= word_sidebar;
            } else if (attribute.value == "dialog" || attribute.value == "alertdialog") {
                all |= word_popup;
            } else if (attribute.value == "contentinfo") {
                all |= word_footer;
            }
        } else if (is("itemprop")) {
            if (find_ignoring_case(attribute.value, "articleBody") != std::string_view::npos) {
                all |= word_article_body;

            } else if (attribute.value == "comment") {
                all |= word_comments;
            }
        } else if (is("hidden") || (is("aria-hidden") && attribute.value == "true")) {
            all |= word_hidden;
        } else if (is("style")) {
            std::string style;
            for (auto const c : attribute.value) {
                if (!is_space(c)) {
                    style += to_lower(c);
                }
            }
            if (is_off_screen(style) || style.find("display:none") != std::string::npos ||
                style.find("visibility:hidden") != std::string::npos) {
                all |= word_hidden;
            }
        }
    }
    return comes_late ? all & ~Words{word_hidden} : all;
}

}  // namespace newswired::articles::page
