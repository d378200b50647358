// Charsets: the first line is the Content-Type, what follows the document.

#include "feeds/charset/charset.hpp"
#include "core/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace newswired;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const input = fuzz::text_of(data, size);
    auto const line = std::min(input.find('\n'), input.size());
    std::vector<feeds::Problem> problems;
    auto const text = feeds::to_utf8(std::string{input.substr(std::min(line + 1, input.size()))},
                                     input.substr(0, line), problems);
    fuzz::require(is_utf8(text), "the outcome is UTF-8");
    fuzz::require(text.find('\0') == std::string::npos, "no control characters are left");
    return 0;
}
