#include "articles/identity/h1_text.hpp"

#include "core/entities.hpp"
#include "core/name_table.hpp"
#include "core/spaces.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace newswired::articles {
namespace {

// Tags that part words, as of h1.  Not the cleaner's table, which may grow; this one may not.
constexpr NameTable kParting{std::to_array<std::string_view>(
    {"address", "article", "aside", "blockquote", "br",         "caption", "center", "dd",
     "div",     "dl",      "dt",    "fieldset",   "figcaption", "figure",  "footer", "form",
     "h1",      "h2",      "h3",    "h4",         "h5",         "h6",      "header", "hr",
     "li",      "main",    "nav",   "ol",         "option",     "p",       "pre",    "section",
     "table",   "tbody",   "td",    "tfoot",      "th",         "thead",   "tr",     "ul"})};

constexpr auto kEndsName = [] {
    std::array<bool, 256> table{};
    for (auto const c : {' ', '\n', '\t', '\r', '\f', '/', '>'}) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}();

std::string_view name_at(std::string_view html, std::size_t place) {
    auto end = place;
    while (end < html.size() && !kEndsName[static_cast<unsigned char>(html[end])]) {
        ++end;
    }
    return html.substr(place, end - place);
}

bool hides_content(std::string_view name) {
    return (name.size() == 6 && equal_ignoring_case(name, "script")) ||
           (name.size() == 5 && equal_ignoring_case(name, "style"));
}

// Where the end tag of `name` begins, from `place` on; the end of `html` when there is none.
std::size_t end_of_hidden(std::string_view html, std::size_t place, std::string_view name) {
    for (auto end = html.find("</", place); end != std::string_view::npos; end = html.find("</", end + 2)) {
        if (starts_with_ignoring_case(html.substr(end + 2), name)) {
            return end;
        }
    }
    return html.size();
}

// Where what begins with the '<' at `open` ends; appends what it says.
std::size_t past_markup(std::string& text, std::string_view html, std::size_t open) {
    auto const behind = [&](std::size_t close, std::size_t length) {
        return close == std::string_view::npos ? html.size() : close + length;
    };
    auto const next = open + 1 < html.size() ? html[open + 1] : ' ';
    if (next == '!' && html.substr(open).starts_with("<!--")) {
        return behind(html.find("-->", open + 2), 3);  // "<!-->" is a whole comment
    }
    if (!is_alpha(next) && next != '/' && next != '!' && next != '?') {
        text += '<';
        return open + 1;
    }
    auto const name = name_at(html, open + (next == '/' ? 2 : 1));
    if (kParting.contains(name)) {
        text += ' ';
    }
    auto const end_of_name = static_cast<std::size_t>(name.data() - html.data()) + name.size();
    auto const end = behind(html.find('>', end_of_name), 1);
    return next != '/' && hides_content(name) ? end_of_hidden(html, end, name) : end;
}

std::string normalised(std::string text) {
    collapse_spaces<NoBreakSpaces::are_space>(text);
    return to_nfc(is_utf8(text) ? std::move(text) : to_valid_utf8(text));
}

}  // namespace

std::string h1_text_of_html(std::string_view html) {
    std::string text;
    text.reserve(html.size());
    for (std::size_t place = 0; place < html.size();) {
        auto const open = std::min(html.find('<', place), html.size());
        if (open > place) {
            append_decoded(text, html.substr(place, open - place));
        }
        place = open < html.size() ? past_markup(text, html, open) : open;
    }
    return normalised(std::move(text));
}

std::string h1_text_of_plain(std::string_view text) {
    return normalised(std::string{text});
}

}  // namespace newswired::articles
