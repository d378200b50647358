// What a fuzz target is: a function that reads any bytes without crashing, hanging, or breaking its promises.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace newswired::fuzz {

/// Ends the program when a promise is broken, whatever NDEBUG says.
inline void require(bool kept, char const* promise) {
    if (!kept) {
        std::fprintf(stderr, "broken promise: %s\n", promise);
        std::abort();
    }
}

inline std::string_view text_of(std::uint8_t const* data, std::size_t size) {
    return {reinterpret_cast<char const*>(data), size};
}

}  // namespace newswired::fuzz
