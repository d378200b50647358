#include "http/url/percent.hpp"

#include <array>
#include <cstdint>

namespace newswired::http {
namespace {

constexpr std::uint8_t bit_of(UrlPart part) {
    return static_cast<std::uint8_t>(1u << static_cast<unsigned>(part));
}

// For each byte, the parts that may not hold it.
constexpr auto kForbidden = [] {
    std::array<std::uint8_t, 256> table{};
    auto forbid = [&table](std::string_view bytes, std::uint8_t parts) {
        for (unsigned char const byte : bytes) {
            table[byte] = static_cast<std::uint8_t>(table[byte] | parts);
        }
    };
    constexpr std::uint8_t kEvery = 0xFF;
    for (unsigned byte = 0; byte < 256; ++byte) {
        if (byte <= 0x20 || byte >= 0x7F) {
            table[byte] = kEvery;
        }
    }
    forbid("\"<>", kEvery);
    forbid("`", bit_of(UrlPart::fragment) | bit_of(UrlPart::path) | bit_of(UrlPart::userinfo));
    forbid("{}", bit_of(UrlPart::path) | bit_of(UrlPart::userinfo));
    forbid("/@[\\]^|;=?#", bit_of(UrlPart::userinfo));
    forbid("#?", bit_of(UrlPart::path));
    forbid("#", bit_of(UrlPart::query));
    return table;
}();

}  // namespace

void append_escaped(std::string& out, std::string_view text, UrlPart part) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    auto const forbidden = bit_of(part);
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        if ((kForbidden[byte] & forbidden) != 0) {
            out.append(text, start, i - start);
            out += '%';
            out += kDigits[byte >> 4];
            out += kDigits[byte & 15];
            start = i + 1;
        }
    }
    out.append(text, start);
}

std::string percent_decode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            auto const high = hex_value(text[i + 1]);
            auto const low = hex_value(text[i + 2]);
            if (high >= 0 && low >= 0) {
                decoded += static_cast<char>(high * 16 + low);
                i += 2;
                continue;
            }
        }
        decoded += text[i];
    }
    return decoded;
}

bool is_plain_url_byte(char c) {
    constexpr auto kParts = bit_of(UrlPart::path) | bit_of(UrlPart::query) | bit_of(UrlPart::fragment);
    // "?" and "#" part the URL; a path that holds them has ended.  A back slash is a slash in a path.
    return c == '?' || c == '#' || ((kForbidden[static_cast<unsigned char>(c)] & kParts) == 0 && c != '\\');
}

}  // namespace newswired::http
