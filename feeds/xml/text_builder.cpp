#include "feeds/xml/text_builder.hpp"

#include "core/entities.hpp"
#include "feeds/xml/references.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace newswired::feeds::xml {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kSlack = kBlock;  // copy_within_block() writes more than is kept

#ifdef __SSE2__
// A bit for each '&' of a block.
[[gnu::always_inline]] inline std::uint64_t ampersands(char const* block) {
    auto const ampersand = _mm_set1_epi8('&');
    auto const step = [&](std::size_t i) __attribute__((always_inline)) {
        auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(block + i * 16));
        return std::uint64_t{static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, ampersand)))}
               << (i * 16);
    };
    return step(0) | step(1) | step(2) | step(3);
}
#else
constexpr std::uint64_t ampersands(char const* block) {
    std::uint64_t found = 0;
    for (std::size_t i = 0; i < kBlock; ++i) {
        found |= std::uint64_t{block[i] == '&'} << i;
    }
    return found;
}
#endif

// Copies up to `end`, a block at most, and reads and writes up to kBlock bytes more than that: what is
// nearly always enough is done without asking.
[[gnu::always_inline]] inline void copy_within_block(char const* from, char const* end, char* out) {
    std::memcpy(out, from, kBlock / 2);
    if (end - from > static_cast<std::ptrdiff_t>(kBlock / 2)) {
        std::memcpy(out + kBlock / 2, from + kBlock / 2, kBlock / 2);
    }
}

// Copies up to the next '&' or `end`.
[[gnu::always_inline]] inline void copy_plain(char const*& from, char const* end, char*& out) {
#ifdef __SSE2__
    auto const ampersand = _mm_set1_epi8('&');
    while (end - from >= 16) {
        auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(from));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out), bytes);
        auto const found = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, ampersand)));
        auto const length = found != 0 ? std::countr_zero(found) : 16;
        from += length;
        out += length;
        if (found != 0) {
            return;
        }
    }
#endif
    while (from < end && *from != '&') {
        *out++ = *from++;
    }
}

struct Cursor {
    char const* from;
    char* out;
};

// Where the references are is seen for a whole block at once, so that none has to wait for the one before
// it to be understood.  `other` reads one that is not predefined.
template <typename Other>
[[gnu::always_inline]] inline Cursor decode(std::string_view source, char* out, Other const& other) {
    auto const* const end = source.data() + source.size();
    Cursor cursor{source.data(), out};
    auto const* block = source.data();
    constexpr std::ptrdiff_t kReach = kBlock + kBlock / 2;  // how far from a block's start bytes are read
    for (; end - block >= kReach; block += kBlock) {
        for (auto found = ampersands(block); found != 0; found &= found - 1) {
            auto const* const place = block + std::countr_zero(found);
            if (place < cursor.from) {
                continue;
            }
            copy_within_block(cursor.from, place, cursor.out);
            cursor.out += place - cursor.from;
            auto const bytes = eight_bytes(place);
            auto const& known = predefined_reference(bytes);
            if (known.is(bytes)) {
                *cursor.out++ = known.character;
                cursor.from = place + known.length;
            } else {
                cursor = other(place, cursor.out);
            }
        }
        if (cursor.from < block + kBlock) {
            copy_within_block(cursor.from, block + kBlock, cursor.out);
            cursor.out += block + kBlock - cursor.from;
            cursor.from = block + kBlock;
        }
    }
    while (cursor.from < end) {
        copy_plain(cursor.from, end, cursor.out);
        if (cursor.from < end) {
            cursor = other(cursor.from, cursor.out);
        }
    }
    return cursor;
}

// The same, 32 bytes at a step where the processor can.
#if defined(__x86_64__) && defined(__GNUC__)
template <typename Other>
__attribute__((target("avx2,bmi"))) Cursor decode_wide(std::string_view source, char* out,
                                                       Other const& other) {
    return decode(source, out, other);
}

bool is_wide() {
    static bool const has_all = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0;
    return has_all;
}
#else
template <typename Other>
Cursor decode_wide(std::string_view source, char* out, Other const& other) {
    return decode(source, out, other);
}

bool is_wide() {
    return false;
}
#endif

}  // namespace

TextBuilder::TextBuilder(Arena& arena, Doctype& doctype, std::size_t most)
    : arena_{arena},
      doctype_{doctype},
      left_{most},
      start_{static_cast<char*>(arena.allocate(most + kSlack, 1))},
      at_{start_},
      end_{start_ + most + kSlack} {}

void TextBuilder::append(std::string_view text) {
    left_ -= text.size();
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
}

void TextBuilder::append_decoded(std::string_view source) {
    left_ -= source.size();
    auto const* const end = source.data() + source.size();
    auto const other = [this, end](char const* place, char* out) -> Cursor {
        std::string_view const rest{place, static_cast<std::size_t>(end - place)};
        auto const bytes = first_bytes(place, end);
        auto const& known = predefined_reference(bytes);
        if (known.is(bytes)) {
            *out = known.character;
            return {place + known.length, out + 1};
        }
        if (auto const [length, code] = numeric_reference(rest); length > 0) {
            return {place + length, put(out, code)};
        }
        at_ = out;
        auto const taken = other_reference(rest);
        return {place + taken, at_};
    };
    constexpr std::size_t kLong = 256;  // shorter than that, asking costs more than it saves
    auto const is_long = source.size() >= kLong && is_wide();
    at_ = is_long ? decode_wide(source, at_, other).out : decode(source, at_, other).out;
}

// Appends what `source` begins with stands for, when that is not predefined; returns its length.
std::size_t TextBuilder::other_reference(std::string_view source) {
    auto const semicolon = source.substr(0, 64).find(';');
    auto taken = std::size_t{1};
    other_.clear();
    if (semicolon == std::string_view::npos || semicolon < 2) {
        other_ += '&';
    } else if (auto const* const declared = doctype_.find(source.substr(1, semicolon - 1))) {
        newswired::append_decoded(other_, *declared);  // its own references are characters or HTML's
        taken = semicolon + 1;
    } else if (decode_reference(source.substr(0, semicolon + 1), other_) == semicolon + 1) {
        taken = semicolon + 1;
    } else {
        other_ = '&';  // no reference, or one that ends before its semicolon
    }
    auto const needed = other_.size() + (source.size() - taken) + left_ + kSlack;
    if (static_cast<std::size_t>(end_ - at_) < needed) {
        grow(needed);
    }
    std::memcpy(at_, other_.data(), other_.size());
    at_ += other_.size();
    return taken;
}

// Entities of a DTD can be longer than their names.
void TextBuilder::grow(std::size_t needed) {
    auto const length = static_cast<std::size_t>(at_ - start_);
    auto const room = length + length / 2 + needed;
    auto* const start = static_cast<char*>(arena_.allocate(room, 1));
    std::memcpy(start, start_, length);
    start_ = start;
    at_ = start + length;
    end_ = start + room;
}

std::string_view TextBuilder::finish() {
    arena_.give_back(at_);
    return {start_, static_cast<std::size_t>(at_ - start_)};
}

}  // namespace newswired::feeds::xml
