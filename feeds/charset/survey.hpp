// What the bytes of a document are like: all that the charset's decisions need, seen in one pass.

#pragma once

#include <cstddef>
#include <string_view>

namespace newswired::feeds {

struct Survey {
    bool ascii = true;                 ///< no byte above 0x7F
    bool has_controls = false;         ///< control characters that XML forbids
    bool has_latin1_controls = false;  ///< U+0080 to U+009F, as UTF-8
    std::size_t sequences = 0;         ///< well-formed UTF-8 sequences; counted where there are stray bytes
    std::size_t stray = 0;             ///< bytes above 0x7F that belong to no such sequence

    bool is_utf8() const { return stray == 0; }
    bool is_mainly_utf8() const { return sequences >= stray; }
};

Survey survey(std::string_view bytes);
/// The same, byte for byte, on any processor; counts the sequences too.
Survey survey_carefully(std::string_view bytes);

/// The length of the well-formed UTF-8 sequence (RFC 3629) that `bytes` begins with; 0 when there is none.
std::size_t sequence_length(std::string_view bytes);

/// A control character that XML 1.0 forbids.
constexpr bool is_forbidden(char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
}

}  // namespace newswired::feeds
