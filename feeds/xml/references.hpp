// References that are understood without a table of names: "&lt;", "&#8217;".  Escaped HTML has one every
// few bytes, so this is where the time of reading a feed goes.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace newswired::feeds::xml {

// A reference to one of XML's five characters: its bytes, in a number, and which of the number's count.
struct Predefined {
    std::uint64_t bytes = 1;  // of none: never equal
    std::uint64_t mask = 0;
    std::uint8_t length = 0;
    char character = 0;

    bool is(std::uint64_t source) const { return (source & mask) == bytes; }
};

constexpr std::uint64_t number_of(std::string_view text) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        number |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
    }
    return number;
}

// Which of the five it can be at all, by the two bytes after the '&'.
constexpr std::size_t slot_of(std::uint64_t bytes) {
    return ((bytes >> 8) ^ (bytes >> 16)) & 15;
}

// One comparison for all of them: which it is changes too often for a processor to foretell.
inline constexpr auto kPredefined = [] {
    std::array<Predefined, 16> table{};
    constexpr std::pair<std::string_view, char> kAll[] = {
        {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&amp;", '&'}, {"&apos;", '\''}};
    for (auto const& [text, character] : kAll) {
        auto const bytes = number_of(text);
        table[slot_of(bytes)] = {bytes, ~std::uint64_t{0} >> (64 - 8 * text.size()),
                                 static_cast<std::uint8_t>(text.size()), character};
    }
    return table;
}();

[[gnu::always_inline]] inline std::uint64_t eight_bytes(char const* from) {
    if constexpr (std::endian::native == std::endian::little) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, from, 8);
        return bytes;
    }
    return number_of({from, 8});
}

inline std::uint64_t first_bytes(char const* from, char const* end) {
    return end - from >= 8 ? eight_bytes(from) : number_of({from, static_cast<std::size_t>(end - from)});
}

/// The predefined reference that these bytes may begin with: they do when is() says so.
[[gnu::always_inline]] inline Predefined const& predefined_reference(std::uint64_t bytes) {
    return kPredefined[slot_of(bytes)];
}

struct Character {
    std::size_t length = 0;  // of the reference; 0: none
    std::uint32_t code = 0;
};

/// "&#39;", "&#8217;", "&#x2F;": a character that is what its number says and takes no more bytes than that.
Character numeric_reference(std::string_view source);

/// Puts the character there as UTF-8, three bytes at most; returns where it ends.
char* put(char* out, std::uint32_t code);

}  // namespace newswired::feeds::xml
