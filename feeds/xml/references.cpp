#include "feeds/xml/references.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace newswired::feeds::xml {

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

}  // namespace newswired::feeds::xml
