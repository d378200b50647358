#include "articles/unicode.hpp"

#include "core/text.hpp"

namespace newswired::articles {
namespace {

bool is_between(char32_t c, char32_t first, char32_t last) {
    return c >= first && c <= last;
}

std::size_t length_of(unsigned char lead) {
    return lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& place) {
    auto const lead = static_cast<unsigned char>(text[place]);
    auto const length = length_of(lead);
    if (length == 1 || place + length > text.size()) {
        ++place;
        return lead < 0x80 ? lead : 0xFFFD;
    }
    char32_t c = lead & (0xFF >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        c = c << 6 | (static_cast<unsigned char>(text[place + i]) & 0x3F);
    }
    place += length;
    return c;
}

Script script_of(char32_t c) {
    if (c < 0x80) {
        return is_alpha(char(c)) || is_digit(char(c)) ? Script::alphabetic : Script::none;
    }
    if (c < 0xC0 || c == 0xD7 || c == 0xF7 || is_between(c, 0x2000, 0x2BFF)) {
        return Script::none;
    }
    if (is_between(c, 0x3040, 0x30FF) || is_between(c, 0x3400, 0x9FFF) || is_between(c, 0xAC00, 0xD7A3) ||
        is_between(c, 0xF900, 0xFAFF) || is_between(c, 0x20000, 0x3FFFF)) {
        return Script::dense;
    }
    if (is_between(c, 0x0E00, 0x0EFF) || is_between(c, 0x1000, 0x109F) || is_between(c, 0x1780, 0x17FF)) {
        return Script::unspaced;
    }
    // Ideographic and fullwidth punctuation, private use, emoji.
    if (is_between(c, 0x3000, 0x303F) || is_between(c, 0xE000, 0xF8FF) || is_between(c, 0xFE00, 0xFFFF) ||
        is_between(c, 0x1F000, 0x1FAFF)) {
        return Script::none;
    }
    // Arabic and Hebrew punctuation, Devanagari's full stops.
    if (c == 0x060C || c == 0x061B || c == 0x061F || c == 0x06D4 || c == 0x05BE || c == 0x0964 ||
        c == 0x0965) {
        return Script::none;
    }
    return Script::alphabetic;
}

char32_t fold_case(char32_t c) {
    if (c < 0x80) {
        return static_cast<unsigned char>(to_lower(char(c)));
    }
    if ((is_between(c, 0xC0, 0xDE) && c != 0xD7) || is_between(c, 0x0391, 0x03A9) ||
        is_between(c, 0x0410, 0x042F)) {
        return c + 0x20;
    }
    if (is_between(c, 0x0400, 0x040F)) {
        return c + 0x50;
    }
    if (is_between(c, 0x0531, 0x0556)) {
        return c + 0x30;
    }
    // Pairs of a capital and its small letter; in three stretches the capital is the odd one.
    auto const odd_capitals = is_between(c, 0x0139, 0x0148) || is_between(c, 0x0179, 0x017E);
    if (is_between(c, 0x0100, 0x017E) && c != 0x0130 && c != 0x0138 && c != 0x0149 && c != 0x0178) {
        return (c % 2 == 1) == odd_capitals ? c + 1 : c;
    }
    if (c == 0x0130) {
        return U'i';
    }
    if (is_between(c, 0x1EA0, 0x1EFF) || is_between(c, 0x0490, 0x04BF) || is_between(c, 0x0460, 0x0481)) {
        return c % 2 == 0 ? c + 1 : c;
    }
    return c;
}

std::string fold_case(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t place = 0; place < text.size();) {
        auto const c = next_code_point(text, place);
        append_utf8(out, c == 0xA0 ? U' ' : fold_case(c));
    }
    return collapse_space(out);
}

std::uint32_t count_letters(std::string_view text) {
    std::uint32_t letters = 0;
    for (std::size_t place = 0; place < text.size();) {
        auto const script = script_of(next_code_point(text, place));
        letters += script == Script::none ? 0 : script == Script::dense ? 2 : 1;
    }
    return letters;
}

}  // namespace newswired::articles
