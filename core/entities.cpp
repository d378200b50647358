#include "core/entities.hpp"

#include "core/scan.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <iterator>

namespace newswired {
namespace {

struct Entity {
    std::string_view name;
    char32_t first;
    char32_t second;
};

constexpr Entity kEntities[] = {
#define NEWSWIRED_ENTITY(name, first, second) {name, first, second},
#include "core/entities.inc"
#undef NEWSWIRED_ENTITY
};

constexpr std::size_t kLongestName = 33;

// What numeric references from 0x80 to 0x9F mean: windows-1252 (13.2.5.80).
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

constexpr bool is_alphanumeric(char c) {
    return is_alpha(c) || is_digit(c);
}

int hex_digit(char c) {
    if (is_digit(c)) {
        return c - '0';
    }
    auto const lower = to_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::size_t decode_number(std::string_view text, std::string& out) {
    auto const hex = text.size() > 2 && to_lower(text[2]) == 'x';
    std::size_t place = hex ? 3 : 2;
    auto const start = place;
    char32_t code = 0;
    for (; place < text.size(); ++place) {
        auto const digit = hex ? hex_digit(text[place]) : is_digit(text[place]) ? text[place] - '0' : -1;
        if (digit < 0) {
            break;
        }
        code = std::min<char32_t>(code * (hex ? 16 : 10) + char32_t(digit), 0x110000);
    }
    if (place == start) {
        return 0;
    }
    if (code >= 0x80 && code < 0xA0) {
        code = kWindows1252[code - 0x80];
    }
    append_utf8(out, code == 0 ? char32_t{0xFFFD} : code);
    return place + (place < text.size() && text[place] == ';' ? 1 : 0);
}

constexpr std::uint32_t hash_of(std::string_view name) {
    std::uint32_t value = 2166136261u;
    for (char const c : name) {
        value = (value ^ static_cast<unsigned char>(c)) * 16777619u;
    }
    return value ^ value >> 15;
}

// Places in kEntities, plus one, by the hash of the name; 0: none.
constexpr std::size_t kSlots = std::bit_ceil(std::size(kEntities) * 2);
constexpr auto kPlaces = [] {
    std::array<std::uint16_t, kSlots> places{};
    for (std::size_t i = 0; i < std::size(kEntities); ++i) {
        auto slot = hash_of(kEntities[i].name) % kSlots;
        while (places[slot] != 0) {
            slot = (slot + 1) % kSlots;
        }
        places[slot] = static_cast<std::uint16_t>(i + 1);
    }
    return places;
}();

Entity const* find_entity(std::string_view name) {
    for (auto slot = hash_of(name) % kSlots; kPlaces[slot] != 0; slot = (slot + 1) % kSlots) {
        auto const& entity = kEntities[kPlaces[slot] - 1];
        if (entity.name == name) {
            return &entity;
        }
    }
    return nullptr;
}

// The longest name that `word` begins with.
Entity const* longest_match(std::string_view word) {
    for (auto length = std::min(word.size(), kLongestName); length > 1; --length) {
        if (auto const* const entity = find_entity(word.substr(0, length))) {
            return entity;
        }
    }
    return nullptr;
}

}  // namespace

std::size_t decode_reference(std::string_view text, std::string& out, bool in_attribute) {
    if (text.size() < 3) {
        return 0;
    }
    if (text[1] == '#') {
        return decode_number(text, out);
    }
    if (!is_alpha(text[1])) {
        return 0;
    }
    std::size_t end = 1;
    while (end < text.size() && end <= kLongestName && is_alphanumeric(text[end])) {
        ++end;
    }
    if (end < text.size() && text[end] == ';') {
        ++end;
    }
    auto const* const entity = longest_match(text.substr(1, end - 1));
    if (entity == nullptr) {
        return 0;
    }
    auto const length = entity->name.size() + 1;
    if (in_attribute && entity->name.back() != ';' && length < text.size() &&
        (text[length] == '=' || is_alphanumeric(text[length]))) {
        return 0;
    }
    append_utf8(out, entity->first);
    if (entity->second != 0) {
        append_utf8(out, entity->second);
    }
    return length;
}

void append_decoded(std::string& out, std::string_view text, bool in_attribute) {
    for (;;) {
        auto const ampersand = text.find('&');
        out.append(text.substr(0, ampersand));
        if (ampersand == std::string_view::npos) {
            return;
        }
        text.remove_prefix(ampersand);
        auto const length = decode_reference(text, out, in_attribute);
        if (length == 0) {
            out += '&';
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
}

namespace {

std::size_t next_special(std::string_view text, std::size_t place) {
    return find_any<0, '&', '<', '>', '"', '\0'>(text, place);
}

template <typename OnAmpersand>
void escape(std::string& out, std::string_view text, OnAmpersand on_ampersand) {
    std::size_t start = 0;
    for (auto i = next_special(text, 0); i < text.size(); i = next_special(text, start)) {
        out.append(text, start, i - start);
        start = i + 1;
        switch (text[i]) {
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '&':
                on_ampersand(text.substr(i));
                break;
            default:
                break;
        }
    }
    out.append(text, start, text.size() - start);
}

}  // namespace

void append_escaped_source(std::string& out, std::string_view text) {
    escape(out, text, [&out](std::string_view rest) {
        std::string ignored;
        auto const length = decode_reference(rest, ignored);
        auto const complete = length > 0 && rest[length - 1] == ';';
        out += complete ? "&" : "&amp;";
    });
}

void append_escaped(std::string& out, std::string_view plain) {
    escape(out, plain, [&out](std::string_view) { out += "&amp;"; });
}

}  // namespace newswired
