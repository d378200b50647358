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

/// Whether a byte may stand unchanged in path, query and fragment alike.
bool is_plain_url_byte(char c);

}  // namespace newswired::http
