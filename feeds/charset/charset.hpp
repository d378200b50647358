// Charset: the bytes of a document of any encoding → UTF-8.
//
// What decides, in this order: a byte order mark; the shape of UTF-16, UTF-32 and EBCDIC; the label of the
// Content-Type field; that of the XML declaration or of <meta>; whether the bytes are UTF-8; and last
// windows-1252.  A label that the bytes give the lie to is passed over.  Labels: the WHATWG's Encoding
// Standard, what feeds wrongly call them, and what the C library's iconv knows beyond.

#pragma once

#include "feeds/parsed_feed.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace newswired::feeds {

/// `bytes` as valid UTF-8 without a byte order mark or control characters that XML forbids.  No input fails:
/// bytes that fit no encoding are read as windows-1252, or become U+FFFD.  What was wrong is added to
/// `problems`.
std::string to_utf8(std::string bytes, std::string_view content_type, std::vector<Problem>& problems);

}  // namespace newswired::feeds
