// Response headers that a strict parser refuses and every browser reads: bare line feeds, "HTTP/1.1 200"
// without the space after it, lines that are no field, Content-Length beside Transfer-Encoding, chunk sizes
// padded with spaces.
//
// Only asked once the parser has refused a header, so a proper answer pays nothing.
// Spec: RFC 9112, 2.2 (line ends), 4 (status line), 5.1 (field lines), 6.3 (which length counts), 7.1
// (chunks).

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace newswired::http {

/// Length of the header at the start of `bytes`, its empty line included, whatever its line ends are; npos
/// when its end is not there yet.
std::size_t header_length(std::string_view bytes);

/// `header`, which is whole, written as it should have been.  None when it is no HTTP response.
std::optional<std::string> repaired_header(std::string_view header);

/// The line with the size of a chunk that `bytes` begin with (behind the line end of the chunk before), for
/// spaces behind the size zeros before it: as long as it was.  None when that is not what is wrong with it.
std::optional<std::string> repaired_chunk_size(std::string_view bytes);

}  // namespace newswired::http
