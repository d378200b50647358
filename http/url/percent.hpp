// Percent-encoding (RFC 3986, 2.1), with the sets of characters that each part of a URL may not hold
// (WHATWG URL Standard, 1.3).

#pragma once

#include <string>
#include <string_view>

namespace newswired::http {

enum class UrlPart { userinfo, path, query, fragment };

/// Appends `text`, with the bytes that `part` may not hold percent-encoded.  "%" stays as it is: what was
/// encoded is never encoded twice, nor decoded.
void append_escaped(std::string& out, std::string_view text, UrlPart part);

/// "%41" becomes "A"; a "%" that begins no escape stays.
std::string percent_decode(std::string_view text);

/// What a hexadecimal digit counts; -1 for what is none.
constexpr int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = static_cast<char>(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// Whether a byte may stand unchanged in path, query and fragment alike.
bool is_plain_url_byte(char c);

}  // namespace newswired::http
