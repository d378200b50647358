// Where the words of a text are, 64 bytes at a step: a bit for each byte, the first one lowest.

#pragma once

#include "core/text.hpp"

#include <cstddef>
#include <cstdint>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace newswired {

inline constexpr std::size_t kLettersStep = 64;

struct Letters {
    std::uint64_t ascii = 0;   ///< letters and digits of ASCII
    std::uint64_t others = 0;  ///< bytes of other characters, whatever they are
};

/// Of the 64 bytes at `bytes`.
inline Letters letters_at(char const* bytes) {
    Letters found;
#ifdef __SSE2__
    for (unsigned place = 0; place < kLettersStep; place += 16) {
        auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(bytes + place));
        auto const is_below = [](__m128i values, char limit) {
            return _mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(static_cast<char>(limit - 1))), values);
        };
        auto const small = _mm_or_si128(block, _mm_set1_epi8(0x20));
        auto const letter = is_below(_mm_sub_epi8(small, _mm_set1_epi8('a')), 26);
        auto const digit = is_below(_mm_sub_epi8(block, _mm_set1_epi8('0')), 10);
        auto const ascii = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(letter, digit)));
        found.ascii |= std::uint64_t{ascii} << place;
        found.others |= std::uint64_t{static_cast<unsigned>(_mm_movemask_epi8(block))} << place;
    }
#else
    for (unsigned place = 0; place < kLettersStep; ++place) {
        auto const c = bytes[place];
        found.ascii |= std::uint64_t{is_alpha(c) || is_digit(c)} << place;
        found.others |= std::uint64_t{(c & 0x80) != 0} << place;
    }
#endif
    return found;
}

}  // namespace newswired
