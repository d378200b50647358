#include "core/text.hpp"

#include "core/spaces.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <bit>
#include <cstdint>

namespace newswired {
namespace {

// Length of the well-formed sequence at `p`, or 0; `bad` is then the length of the maximal ill-formed part.
std::size_t sequence_length(unsigned char const* p, std::size_t available, std::size_t& bad) {
    auto const lead = p[0];
    bad = 1;
    if (lead < 0x80) {
        return 1;
    }
    std::size_t length = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        low = lead == 0xE0 ? 0xA0 : 0x80;
        high = lead == 0xED ? 0x9F : 0xBF;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        low = lead == 0xF0 ? 0x90 : 0x80;
        high = lead == 0xF4 ? 0x8F : 0xBF;
    } else {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (i >= available || p[i] < low || p[i] > high) {
            bad = i;
            return 0;
        }
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

// Sixteen ASCII bytes at a step: feeds are mostly ASCII, and every byte of them passes here.
std::size_t ascii_run(unsigned char const* p, std::size_t size) {
    std::size_t i = 0;
#ifdef __SSE2__
    for (; i + 16 <= size; i += 16) {
        auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(p + i));
        if (auto const others = static_cast<unsigned>(_mm_movemask_epi8(bytes)); others != 0) {
            return i + static_cast<std::size_t>(std::countr_zero(others));
        }
    }
#endif
    while (i < size && p[i] < 0x80) {
        ++i;
    }
    return i;
}

// How many bytes at `p` are letters of two bytes each, as Greek and Cyrillic texts are mostly made of, or of
// three, as those of the East: sequences about which there is no question.
std::size_t usual_letters(unsigned char const* p, std::size_t size) {
    auto const continues = [](unsigned char c) { return (c & 0xC0) == 0x80; };
    std::size_t i = 0;
    while (i + 3 <= size) {
        if (p[i] >= 0xC2 && p[i] < 0xE0 && continues(p[i + 1])) {
            i += 2;
        } else if (p[i] > 0xE0 && p[i] < 0xED && continues(p[i + 1]) && continues(p[i + 2])) {
            i += 3;
        } else {
            break;
        }
    }
    return i;
}

// How many bytes of the character at `p` (which is not ASCII) are composed without a doubt: nothing in these
// ranges combines with what is before it or has another composed form.  0: ask ICU.
std::size_t plain_length(unsigned char const* p, std::size_t available) {
    auto const lead = p[0];
    if (lead < 0xCC) {
        return 1;  // below U+0300; or the second byte of such a character
    }
    std::size_t const length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (available < length) {
        return 0;
    }
    auto const second = p[1];
    auto const third = length > 2 ? p[2] : 0;
    auto const is_plain = [&] {
        switch (lead) {
            case 0xCE:  // Greek
                return second != 0x87;
            case 0xCF:
            case 0xD0:  // Cyrillic
            case 0xD1:
            case 0xDA:  // Arabic; its points are around these
                return true;
            case 0xD7:  // Hebrew, without its points
                return second >= 0x90 && second <= 0xAA;
            case 0xD8:
                return second < 0x90 || second > 0x9A;
            case 0xD9:
                return second < 0x8B || (second > 0x9F && second != 0xB0);
            case 0xE1:  // Vietnamese
                return second == 0xBA || second == 0xBB;
            case 0xE2:  // punctuation, arrows, signs
                return (second == 0x80 && third >= 0x82) || second == 0x81 || second == 0x82 ||
                       (second == 0x84 && third != 0xA6 && third != 0xAA && third != 0xAB) ||
                       second == 0x85 || (second == 0x8C && third != 0xA9 && third != 0xAA) ||
                       (second >= 0x86 && second <= 0xAF && second != 0x8C && second != 0xAB);
            case 0xE3:  // Kana, but for their combining marks
                return second == 0x81 || second == 0x83 || (second == 0x80 && third < 0xAA) ||
                       (second == 0x82 && third != 0x99 && third != 0x9A);
            case 0xEB:  // Hangul
            case 0xEC:
                return true;
            case 0xEF:  // variation selectors, as emoji have them; fullwidth forms
                return (second == 0xB8 && third < 0x90) || second == 0xBC || second == 0xBD;
            case 0xF0:  // emoji
                return second == 0x9F;
            default:  // ideographs
                return lead >= 0xE4 && lead <= 0xE9;
        }
    };
    return is_plain() ? length : 0;
}

bool is_plainly_nfc(std::string_view text) {
    auto const* p = reinterpret_cast<unsigned char const*>(text.data());
    auto const* const end = p + text.size();
    while (p < end) {
        p += ascii_run(p, std::size_t(end - p));
        while (p < end && *p >= 0x80) {
            auto const length = plain_length(p, std::size_t(end - p));
            if (length == 0) {
                return false;
            }
            p += length;
        }
    }
    return true;
}

}  // namespace

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::string to_lower(std::string_view text) {
    std::string lower{text};
    for (auto& c : lower) {
        c = to_lower(c);
    }
    return lower;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && starts_with_ignoring_case(a, b);
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
    if (text.size() < prefix.size()) {
        return false;
    }
    for (std::size_t i = 0; i < prefix.size(); ++i) {
        if (to_lower(text[i]) != to_lower(prefix[i])) {
            return false;
        }
    }
    return true;
}

std::size_t find_ignoring_case(std::string_view text, std::string_view needle, std::size_t from) {
    for (; from + needle.size() <= text.size(); ++from) {
        if (starts_with_ignoring_case(text.substr(from), needle)) {
            return from;
        }
    }
    return std::string_view::npos;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        auto const end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

std::string collapse_space(std::string_view text) {
    std::string collapsed{text};
    collapse_spaces<NoBreakSpaces::are_text>(collapsed);
    return collapsed;
}

bool is_utf8(std::string_view text) {
    auto const* p = reinterpret_cast<unsigned char const*>(text.data());
    auto remaining = text.size();
    while (remaining > 0) {
        auto const ascii = ascii_run(p, remaining);
        p += ascii;
        remaining -= ascii;
        auto const usual = usual_letters(p, remaining);
        p += usual;
        remaining -= usual;
        while (remaining > 0 && *p >= 0x80) {
            std::size_t bad = 0;
            auto const length = sequence_length(p, remaining, bad);
            if (length == 0) {
                return false;
            }
            p += length;
            remaining -= length;
        }
    }
    return true;
}

std::string to_valid_utf8(std::string_view text) {
    std::string valid;
    valid.reserve(text.size() + 16);
    auto const* p = reinterpret_cast<unsigned char const*>(text.data());
    auto remaining = text.size();
    while (remaining > 0) {
        auto const ascii = ascii_run(p, remaining);
        valid.append(reinterpret_cast<char const*>(p), ascii);
        p += ascii;
        remaining -= ascii;
        if (remaining == 0) {
            break;
        }
        std::size_t bad = 0;
        auto length = sequence_length(p, remaining, bad);
        if (length == 0) {
            append_utf8(valid, U'\uFFFD');
            length = bad;
        } else {
            valid.append(reinterpret_cast<char const*>(p), length);
        }
        p += length;
        remaining -= length;
    }
    return valid;
}

void append_utf8(std::string& out, char32_t c) {
    if (c >= 0x110000 || (c >= 0xD800 && c < 0xE000)) {
        c = 0xFFFD;
    }
    if (c < 0x80) {
        out += char(c);
    } else if (c < 0x800) {
        out += char(0xC0 | c >> 6);
        out += char(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += char(0xE0 | c >> 12);
        out += char(0x80 | (c >> 6 & 0x3F));
        out += char(0x80 | (c & 0x3F));
    } else {
        out += char(0xF0 | c >> 18);
        out += char(0x80 | (c >> 12 & 0x3F));
        out += char(0x80 | (c >> 6 & 0x3F));
        out += char(0x80 | (c & 0x3F));
    }
}

std::string to_nfc(std::string text) {
    if (is_plainly_nfc(text)) {
        return text;
    }
    UErrorCode status = U_ZERO_ERROR;
    auto const* nfc = icu::Normalizer2::getNFCInstance(status);
    icu::StringPiece const input{text.data(), static_cast<std::int32_t>(text.size())};
    if (U_FAILURE(status) || nfc->isNormalizedUTF8(input, status)) {
        return text;
    }
    std::string normalised;
    icu::StringByteSink<std::string> sink{&normalised};
    nfc->normalizeUTF8(0, input, sink, nullptr, status);
    return U_SUCCESS(status) ? normalised : text;
}

std::size_t joining_length(std::string_view text) {
    auto const* const bytes = reinterpret_cast<unsigned char const*>(text.data());
    if (bytes[0] < 0xCC || plain_length(bytes, text.size()) > 0) {
        return 0;
    }
    UChar32 character = 0;
    std::int32_t length = 0;
    U8_NEXT(bytes, length, static_cast<std::int32_t>(std::min<std::size_t>(text.size(), 4)), character);
    UErrorCode status = U_ZERO_ERROR;
    auto const* nfc = icu::Normalizer2::getNFCInstance(status);
    auto const joins = U_SUCCESS(status) && character >= 0 && nfc->hasBoundaryBefore(character) == 0;
    return joins ? static_cast<std::size_t>(length) : 0;
}

}  // namespace newswired
