// Text: the few things that every room needs of strings.  All functions work on bytes and are ASCII-only
// where they say so; Unicode is treated in is_utf8, to_valid_utf8 and to_nfc.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace newswired {

/// Space, tab, line feed, carriage return, form feed: HTML's and (nearly) XML's white space.
constexpr bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c;
}

/// `text` without ASCII white space at both ends; a view into it.
std::string_view trim(std::string_view text);

/// ASCII letters only.
std::string to_lower(std::string_view text);

/// Equal but for the case of ASCII letters.
bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Whether `text` begins with `prefix`, whatever the case of ASCII letters.
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);

/// Position of `needle`, whatever the case of ASCII letters, from `from` on; npos when there is none.
std::size_t find_ignoring_case(std::string_view text, std::string_view needle, std::size_t from = 0);

/// The parts between `separator`s, untrimmed; one empty part for an empty text.
std::vector<std::string_view> split(std::string_view text, char separator);

/// Runs of white space become one space; none stays at the ends.
std::string collapse_space(std::string_view text);

/// Well-formed UTF-8 (RFC 3629: no surrogates, nothing overlong, nothing above U+10FFFF).
bool is_utf8(std::string_view text);

/// `text` with every maximal ill-formed part replaced by U+FFFD, as the WHATWG decoder does.
std::string to_valid_utf8(std::string_view text);

/// Appends the code point as UTF-8; what is no scalar value becomes U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

/// Unicode normalisation form C of valid UTF-8.  Returns its argument unchanged, without a copy, when it
/// is in that form already (most text is).
std::string to_nfc(std::string text);

/// Length of the character that `text` (valid UTF-8, not empty) begins with, when normalising may join it
/// with what stands before it: a combining mark; else 0.
std::size_t joining_length(std::string_view text);

}  // namespace newswired
