// Sketches of strangers' texts.

#include "core/sketch.hpp"
#include "core/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace newswired;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = to_valid_utf8(fuzz::text_of(data, size));
    auto const made = sketch(text);
    if (made) {
        fuzz::require(made->cells.size() == Sketch::kCells, "a sketch has its cells");
        fuzz::require(similarity(made->cells, made->cells) == 1.0, "a text is like itself");
    }
    auto const alike = similarity(text, made ? made->cells : std::string_view{});
    fuzz::require(alike >= 0 && alike <= 1, "likeness is a share");
    return 0;
}
