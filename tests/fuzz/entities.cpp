// Character references, decoded and escaped.

#include "core/entities.hpp"
#include "core/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace newswired;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto text = to_valid_utf8(fuzz::text_of(data, size));
    std::erase(text, '\0');  // escaping drops it: no document may hold it
    for (auto const in_attribute : {false, true}) {
        std::string decoded;
        append_decoded(decoded, text, in_attribute);
        fuzz::require(is_utf8(decoded), "decoded text is UTF-8");
    }
    std::string source;
    append_escaped_source(source, text);
    fuzz::require(source.find_first_of("<>\"") == std::string::npos, "escaped source holds no markup");
    std::string escaped;
    append_escaped(escaped, text);
    fuzz::require(escaped.find_first_of("<>\"") == std::string::npos, "escaped text holds no markup");
    std::string back;
    append_decoded(back, escaped);
    fuzz::require(back == text, "escaping can be undone");
    return 0;
}
