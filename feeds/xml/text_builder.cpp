#include "feeds/xml/text_builder.hpp"

#include "core/entities.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
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

// A reference to one of XML's five characters: its bytes, in a number, and which of the number's count.
struct Predefined {
    std::uint64_t bytes = 1;  // of none: never equal
    std::uint64_t mask = 0;
    std::uint8_t length = 0;
    char character = 0;
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
constexpr auto kPredefined = [] {
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

struct Character {
    std::size_t length = 0;  // of the reference; 0: none
    std::uint32_t code = 0;
};

// "&#39;", "&#8217;", "&#x2F;": a character that is what its number says and takes no more bytes than that.
Character numeric_reference(std::string_view source) {
    if (source.size() < 4 || source[1] != '#') {
        return {};
    }
    auto const is_hexadecimal = (source[2] | 0x20) == 'x';
    std::size_t place = is_hexadecimal ? 3 : 2;
    auto const first = place;
    std::uint32_t code = 0;
    for (auto const end = std::min(source.size(), first + 6); place < end && source[place] != ';'; ++place) {
        auto const c = static_cast<char>(source[place] | 0x20);
        auto const digit = is_digit(source[place])                  ? c - '0'
                           : is_hexadecimal && c >= 'a' && c <= 'f' ? c - 'a' + 10
                                                                    : -1;
        if (digit < 0) {
            return {};
        }
        code = code * (is_hexadecimal ? 16 : 10) + static_cast<std::uint32_t>(digit);
    }
    auto const ends = place > first && place < source.size() && source[place] == ';';
    auto const usual = (code >= ' ' && code < 0x7F) || code == '\n' || (code >= 0xA0 && code < 0xD800);
    return ends && usual ? Character{place + 1, code} : Character{};
}

char* put(char* out, std::uint32_t code) {
    if (code < 0x80) {
        *out++ = static_cast<char>(code);
        return out;
    }
    if (code < 0x800) {
        *out++ = static_cast<char>(0xC0 | code >> 6);
    } else {
        *out++ = static_cast<char>(0xE0 | code >> 12);
        *out++ = static_cast<char>(0x80 | (code >> 6 & 0x3F));
    }
    *out++ = static_cast<char>(0x80 | (code & 0x3F));
    return out;
}

[[gnu::always_inline]] inline std::uint64_t eight_bytes(char const* from) {
    if constexpr (std::endian::native == std::endian::little) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, from, 8);
        return bytes;
    }
    return number_of({from, 8});
}

std::uint64_t first_bytes(char const* from, char const* end) {
    return end - from >= 8 ? eight_bytes(from) : number_of({from, static_cast<std::size_t>(end - from)});
}

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
            auto const& known = kPredefined[slot_of(bytes)];
            if ((bytes & known.mask) == known.bytes) {
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
        auto const& known = kPredefined[slot_of(bytes)];
        if ((bytes & known.mask) == known.bytes) {
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
