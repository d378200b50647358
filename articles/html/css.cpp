#include "articles/html/css.hpp"

#include "core/name_table.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace newswired::articles::html {
namespace {

constexpr std::string_view kPropertyNames[] = {"azimuth",
                                               "background-color",
                                               "border-bottom-color",
                                               "border-collapse",
                                               "border-color",
                                               "border-left-color",
                                               "border-right-color",
                                               "border-top-color",
                                               "clear",
                                               "color",
                                               "cursor",
                                               "direction",
                                               "display",
                                               "elevation",
                                               "float",
                                               "font",
                                               "font-family",
                                               "font-size",
                                               "font-style",
                                               "font-variant",
                                               "font-weight",
                                               "height",
                                               "letter-spacing",
                                               "line-height",
                                               "overflow",
                                               "pause",
                                               "pause-after",
                                               "pause-before",
                                               "pitch",
                                               "pitch-range",
                                               "richness",
                                               "speak",
                                               "speak-header",
                                               "speak-numeral",
                                               "speak-punctuation",
                                               "speech-rate",
                                               "stress",
                                               "text-align",
                                               "text-decoration",
                                               "text-indent",
                                               "unicode-bidi",
                                               "vertical-align",
                                               "voice-family",
                                               "volume",
                                               "white-space",
                                               "width"};
constexpr NameTable kProperties{std::to_array(kPropertyNames)};
constexpr NameTable kFamilies{std::to_array<std::string_view>({"background", "border", "margin", "padding"})};

constexpr std::string_view kKeywords[] = {
    "!important", "aqua",   "auto",   "black",       "block",     "blue",   "bold",    "both",
    "bottom",     "brown",  "center", "collapse",    "dashed",    "dotted", "fuchsia", "gray",
    "green",      "italic", "left",   "lime",        "maroon",    "medium", "navy",    "none",
    "normal",     "nowrap", "olive",  "pointer",     "purple",    "red",    "right",   "silver",
    "solid",      "teal",   "top",    "transparent", "underline", "white",  "yellow"};

template <typename List>
bool contains(List const& list, std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// "#fff", "rgb(1,2,3)", "12px", "1.5em", "50%".
bool is_plain_value(std::string_view value) {
    if (value.starts_with('#')) {
        return value.size() > 1 && std::all_of(value.begin() + 1, value.end(), [](char c) {
                   return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f');
               });
    }
    if (value.starts_with("rgb(")) {
        return std::all_of(value.begin() + 4, value.end(),
                           [](char c) { return is_digit(c) || c == '%' || c == ',' || c == ')'; });
    }
    std::size_t end = 0;
    // Two digits before and after the point: nothing that pushes the page out of sight.
    auto digits = [&] {
        for (std::size_t count = 0; count < 2 && end < value.size() && is_digit(value[end]); ++count) {
            ++end;
        }
    };
    digits();
    if (end < value.size() && value[end] == '.') {
        ++end;
        digits();
    }
    constexpr std::string_view kUnits[] = {"", "cm", "em", "ex", "in", "mm", "pc", "pt", "px", "%", ",", ")"};
    return contains(kUnits, value.substr(end)) && !value.empty();
}

constexpr auto kPlain = [] {
    std::array<bool, 256> table{};
    for (unsigned c = 0; c < table.size(); ++c) {
        auto const byte = static_cast<char>(c);
        table[c] = is_alpha(byte) || is_digit(byte) || is_space(byte);
    }
    for (char const c : std::string_view{":,;#%.!-'\"()_"}) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}();

// Whatever could hide something is refused as a whole: escapes, comments, functions, odd characters.
bool is_harmless(std::string_view style) {
    for (std::size_t i = 0; i < style.size(); ++i) {
        auto const c = style[i];
        if (!kPlain[static_cast<unsigned char>(c)]) {
            return false;
        }
        if (c == '(') {
            auto const close = style.find(')', i);
            auto const inside = style.substr(i + 1, close == std::string_view::npos ? close : close - i - 1);
            auto const numbers = std::all_of(inside.begin(), inside.end(), [](char one) {
                return is_digit(one) || is_space(one) || one == ',' || one == '%' || one == '.';
            });
            if (close == std::string_view::npos || !numbers) {
                return false;
            }
        }
    }
    return true;
}

// "url(…)" goes before anything else is looked at.
std::string without_urls(std::string_view style) {
    if (style.find('(') == std::string_view::npos) {
        return std::string{style};
    }
    std::string rest;
    for (;;) {
        auto const url = find_ignoring_case(style, "url");
        auto open = url;
        if (url != std::string_view::npos) {
            open = style.find_first_not_of(" \t\r\n", url + 3);
        }
        if (url == std::string_view::npos || open == std::string_view::npos || style[open] != '(') {
            return rest += style;
        }
        rest += style.substr(0, url);
        rest += ' ';
        auto const close = style.find(')', open);
        if (close == std::string_view::npos) {
            return rest;
        }
        style.remove_prefix(close + 1);
    }
}

bool is_allowed(std::string_view name, std::string_view value) {
    if (kProperties.contains(name)) {
        return true;
    }
    if (!kFamilies.contains(name.substr(0, name.find('-')))) {
        return false;
    }
    while (!(value = trim(value)).empty()) {
        auto const end = std::min(value.find_first_of(" \t\r\n"), value.size());
        auto const word = value.substr(0, end);
        if (!contains(kKeywords, word) && !is_plain_value(word)) {
            return false;
        }
        value.remove_prefix(end);
    }
    return true;
}

}  // namespace

std::string clean_css(std::string_view style) {
    auto const text = without_urls(style);
    std::string clean;
    if (!is_harmless(text)) {
        return clean;
    }
    for (auto const declaration : split(text, ';')) {
        auto const colon = declaration.find(':');
        if (colon == std::string_view::npos) {
            if (!trim(declaration).empty()) {
                return {};
            }
            continue;
        }
        auto const name = to_lower(trim(declaration.substr(0, colon)));
        auto const value = trim(declaration.substr(colon + 1));
        if (!value.empty() && value.find(':') == std::string_view::npos && is_allowed(name, value)) {
            clean += clean.empty() ? "" : " ";
            clean += name;
            clean += ": ";
            clean += value;
            clean += ';';
        }
    }
    return clean;
}

}  // namespace newswired::articles::html
