// Sanitising: a stranger's HTML → HTML that is safe to show, balanced, with absolute URLs.
//
// An allow-list of elements, attributes, URL schemes and CSS properties on a streaming tokenizer
// (html/tokenizer.hpp) that follows the WHATWG tokenizer: no tree, one pass.  No browser may see script where
// we saw none. Specs: HTML Living Standard 13.2.5 (tokenization); the lists: feedparser's "HTML
// Sanitization".

#pragma once

#include "feeds/parsed_feed.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace newswired::articles {

/// How much goes.
enum class Policy : std::uint8_t {
    faithful,  ///< what `parse` prints: sanitised and resolved, nothing more
    article,   ///< what the daemon emits: form controls, tracking pixels and tracking parameters go too
};

/// Sanitised HTML of `html`; relative URLs are resolved against `base` (absolute, or empty: they stay).
std::string sanitize(std::string_view html, std::string_view base, Policy policy);

/// `text` as sanitised HTML; plain text is escaped.
std::string to_html(feeds::Text const& text, Policy policy);

/// `text` as plain text on one line: markup removed (only known HTML elements are markup), entities decoded,
/// white space collapsed.  For titles, names, summaries.
std::string to_plain(feeds::Text const& text);

/// Sanitised HTML as a person would copy it: paragraphs parted by a blank line, lists and tables readable.
std::string to_readable_text(std::string_view sanitized_html);

}  // namespace newswired::articles
