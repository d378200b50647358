// Finding the next of a few bytes, sixteen at a step where the machine can.  For texts in which most bytes
// are not looked for: writing JSON and HTML.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace newswired {

/// The place of the first byte of `text`, from `place` on, that is one of `Wanted` or below `Below`;
/// text.size() when there is none.
template <unsigned char Below, char... Wanted>
std::size_t find_any(std::string_view text, std::size_t place) {
#ifdef __SSE2__
    for (; place + 16 <= text.size(); place += 16) {
        auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text.data() + place));
        auto found = _mm_setzero_si128();
        ((found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(Wanted)))), ...);
        if constexpr (Below > 0) {
            auto const low = _mm_set1_epi8(static_cast<char>(Below - 1));
            found = _mm_or_si128(found, _mm_cmpeq_epi8(_mm_min_epu8(bytes, low), bytes));
        }
        if (auto const mask = static_cast<unsigned>(_mm_movemask_epi8(found)); mask != 0) {
            return place + static_cast<std::size_t>(std::countr_zero(mask));
        }
    }
#endif
    static constexpr auto kTable = [] {
        std::array<bool, 256> table{};
        for (unsigned c = 0; c < Below; ++c) {
            table[c] = true;
        }
        ((table[static_cast<unsigned char>(Wanted)] = true), ...);
        return table;
    }();
    while (place < text.size() && !kTable[static_cast<unsigned char>(text[place])]) {
        ++place;
    }
    return place;
}

/// The place of the first byte, from `place` on, that is neither white space nor a control character.
inline std::size_t past_space(std::string_view text, std::size_t place) {
#ifdef __SSE2__
    auto const space = _mm_set1_epi8(' ');
    for (; place + 16 <= text.size(); place += 16) {
        auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text.data() + place));
        auto const blank =
            static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(bytes, space), bytes)));
        if (blank != 0xFFFF) {
            return place + static_cast<std::size_t>(std::countr_one(blank));
        }
    }
#endif
    while (place < text.size() && static_cast<unsigned char>(text[place]) <= ' ') {
        ++place;
    }
    return place;
}

/// The place of the first ASCII digit, from `place` on; text.size() when there is none.
inline std::size_t find_digit(std::string_view text, std::size_t place) {
#ifdef __SSE2__
    auto const zero = _mm_set1_epi8('0');
    auto const nine = _mm_set1_epi8(9);
    for (; place + 16 <= text.size(); place += 16) {
        auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text.data() + place));
        auto const values = _mm_sub_epi8(bytes, zero);
        auto const digits =
            static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(values, nine), values)));
        if (digits != 0) {
            return place + static_cast<std::size_t>(std::countr_zero(digits));
        }
    }
#endif
    while (place < text.size() && static_cast<unsigned char>(text[place] - '0') > 9) {
        ++place;
    }
    return place;
}

/// No byte above 0x7F.
inline bool is_ascii(std::string_view text) {
    std::uint64_t all = 0;
    std::size_t place = 0;
    for (; place + 8 <= text.size(); place += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + place, 8);
        all |= word;
    }
    for (; place < text.size(); ++place) {
        all |= static_cast<unsigned char>(text[place]);
    }
    return (all & 0x8080808080808080u) == 0;
}

/// Whether two short texts are equal, without the call to memcmp that costs more than comparing a name does.
inline bool same_bytes(std::string_view a, std::string_view b) {
    auto const size = a.size();
    if (size != b.size()) {
        return false;
    }
    auto const equal_at = [&]<typename Word>(std::size_t place, Word) {
        Word first{};
        Word second{};
        std::memcpy(&first, a.data() + place, sizeof(Word));
        std::memcpy(&second, b.data() + place, sizeof(Word));
        return first == second;
    };
    if (size >= 8) {
        for (std::size_t place = 0; place + 8 < size; place += 8) {
            if (!equal_at(place, std::uint64_t{})) {
                return false;
            }
        }
        return equal_at(size - 8, std::uint64_t{});
    }
    if (size >= 4) {
        return equal_at(0, std::uint32_t{}) && equal_at(size - 4, std::uint32_t{});
    }
    return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
}

/// What look_at_block() looks at.
inline constexpr std::size_t kBlock = 16;

struct Block {
    std::size_t found = kBlock;  ///< place of the first byte that was asked for; kBlock when there is none
    bool is_ascii = true;        ///< the whole block
};

/// The sixteen bytes at `bytes`, looked at as find_any() does: for who copies them at the same time.
template <unsigned char Below, char... Wanted>
Block look_at_block(char const* bytes) {
#ifdef __SSE2__
    auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(bytes));
    auto found = _mm_setzero_si128();
    ((found = _mm_or_si128(found, _mm_cmpeq_epi8(block, _mm_set1_epi8(Wanted)))), ...);
    if constexpr (Below > 0) {
        auto const low = _mm_set1_epi8(static_cast<char>(Below - 1));
        found = _mm_or_si128(found, _mm_cmpeq_epi8(_mm_min_epu8(block, low), block));
    }
    auto const places = static_cast<unsigned>(_mm_movemask_epi8(found)) | 1u << kBlock;
    return {static_cast<std::size_t>(std::countr_zero(places)), _mm_movemask_epi8(block) == 0};
#else
    std::string_view const block{bytes, kBlock};
    return {find_any<Below, Wanted...>(block, 0), is_ascii(block)};
#endif
}

}  // namespace newswired
