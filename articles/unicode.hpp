// Text, character by character, as far as telling words and comparing them needs it.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace newswired::articles {

/// The code point at `place` of valid UTF-8, which moves behind it; U+FFFD for what is none.
char32_t next_code_point(std::string_view text, std::size_t& place);

/// How a script writes words.
enum class Script : std::uint8_t {
    none,        ///< no letter: punctuation, symbols, space
    alphabetic,  ///< letters and digits, words parted by spaces
    dense,       ///< a character says as much as a word: Han, Kana, Hangul
    unspaced,    ///< letters, but no spaces between words: Thai, Lao, Khmer, Burmese
};
Script script_of(char32_t c);

/// Small letters for the capitals of Latin, Greek, Cyrillic and Armenian; everything else as it is.
char32_t fold_case(char32_t c);
/// The same for a whole text, and runs of white space made one space.
std::string fold_case(std::string_view text);

/// How much a text says, in letters of an alphabet: a dense character counts as two, what is no letter
/// nothing.
std::uint32_t count_letters(std::string_view text);

}  // namespace newswired::articles
