// White space in long texts: sixteen bytes at a step where the machine can, since most of it is single spaces
// between words, which stay as they are.

#pragma once

#include "core/scan.hpp"
#include "core/text.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace newswired {

/// Whether no-break spaces (U+00A0) count as white space.
enum class NoBreakSpaces : bool { are_text, are_space };

namespace detail {

// Bytes that white space may begin with, and a few control characters: what to look at closely.
template <NoBreakSpaces Which>
inline constexpr auto kMayBeSpace = [] {
    std::array<bool, 256> table{};
    for (unsigned c = 0; c <= '\r'; ++c) {
        table[c] = true;
    }
    table[' '] = true;
    table[0xC2] = Which == NoBreakSpaces::are_space;
    return table;
}();

template <NoBreakSpaces Which>
constexpr bool may_be_space(char c) {
    return kMayBeSpace<Which>[static_cast<unsigned char>(c)];
}

}  // namespace detail

/// Length of the white space at `place`, which is within `text`; 0 when there is none.
template <NoBreakSpaces Which>
constexpr std::size_t space_at(std::string_view text, std::size_t place) {
    if (is_space(text[place])) {
        return 1;
    }
    auto const no_break = Which == NoBreakSpaces::are_space && text[place] == '\xC2' &&
                          place + 1 < text.size() && text[place + 1] == '\xA0';
    return no_break ? 2 : 0;
}

/// How far the words at `place` (behind a character that is no space) go on with nothing but single spaces
/// between them: the first place where something else may be, or text.size().
template <NoBreakSpaces Which>
std::size_t end_of_words(std::string_view text, std::size_t place) {
#ifdef __SSE2__
    constexpr std::size_t kStep = 16;
    for (; place + kStep < text.size(); place += kStep) {
        auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text.data() + place));
        auto other = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8('\r')), bytes);
        if constexpr (Which == NoBreakSpaces::are_space) {
            other = _mm_or_si128(other, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\xC2')));
        }
        auto const others = static_cast<unsigned>(_mm_movemask_epi8(other));
        auto const spaces =
            static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' '))));
        auto const next = detail::may_be_space<Which>(text[place + kStep]) ? 1u << (kStep - 1) : 0u;
        auto const ends = others | (spaces & ((others | spaces) >> 1 | next));
        if (ends != 0) {
            return place + static_cast<std::size_t>(std::countr_zero(ends));
        }
    }
#endif
    for (; place < text.size(); ++place) {
        auto const c = text[place];
        if (detail::may_be_space<Which>(c) &&
            (c != ' ' || place + 1 == text.size() || detail::may_be_space<Which>(text[place + 1]))) {
            break;
        }
    }
    return place;
}

/// Runs of white space become one space; none stays at the ends.  In place.
template <NoBreakSpaces Which>
void collapse_spaces(std::string& text) {
    auto* const bytes = text.data();
    std::size_t size = 0;  // of what is done
    bool pending = false;
    for (std::size_t place = 0; place < text.size();) {
        if (auto const space = space_at<Which>(text, place); space > 0) {
            pending = size > 0;
            place += space;
            continue;
        }
        if (pending) {
            bytes[size++] = ' ';
            pending = false;
        }
        auto const end = end_of_words<Which>(text, place + 1);
        if (size != place) {
            std::memmove(bytes + size, bytes + place, end - place);
        }
        size += end - place;
        place = end;
    }
    text.resize(size);
}

}  // namespace newswired
