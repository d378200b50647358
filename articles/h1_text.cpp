#include "articles/h1_text.hpp"

#include "core/entities.hpp"
#include "core/name_table.hpp"
#include "core/spaces.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <iterator>
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

std::string_view tag_name(std::string_view tag) {
    auto const start = tag.starts_with("</") ? 2u : 1u;
    auto end = std::size_t{start};
    while (end < tag.size() && !is_space(tag[end]) && tag[end] != '/' && tag[end] != '>') {
        ++end;
    }
    return tag.substr(start, end - start);
}

std::string normalised(std::string text) {
    collapse_spaces<NoBreakSpaces::are_space>(text);
    return to_nfc(is_utf8(text) ? std::move(text) : to_valid_utf8(text));
}

}  // namespace

std::string h1_text_of_html(std::string_view html) {
    std::string text;
    text.reserve(html.size());
    while (!html.empty()) {
        auto const open = html.find('<');
        newswired::append_decoded(text, html.substr(0, open));
        if (open == std::string_view::npos) {
            break;
        }
        html.remove_prefix(open);
        if (html.starts_with("<!--")) {
            auto const close = html.find("-->", 2);  // "<!-->" is a whole comment
            html.remove_prefix(close == std::string_view::npos ? html.size() : close + 3);
            continue;
        }
        auto const next = html.size() > 1 ? html[1] : ' ';
        if (!is_alpha(next) && next != '/' && next != '!' && next != '?') {
            text += '<';
            html.remove_prefix(1);
            continue;
        }
        auto const close = html.find('>');
        auto const tag = html.substr(0, close);
        html.remove_prefix(close == std::string_view::npos ? html.size() : close + 1);
        auto const name = tag_name(tag);
        if (kParting.contains(name)) {
            text += ' ';
        }
        if (equal_ignoring_case(name, "script") || equal_ignoring_case(name, "style")) {
            if (!tag.starts_with("</")) {
                auto const end = find_ignoring_case(html, std::string{"</"} + std::string{name});
                html.remove_prefix(std::min(end, html.size()));
            }
        }
    }
    return normalised(std::move(text));
}

std::string h1_text_of_plain(std::string_view text) {
    return normalised(std::string{text});
}

}  // namespace newswired::articles
