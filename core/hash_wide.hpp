// XXH3 with AVX2; hash.cpp asks whether the processor has it.

#pragma once

#include <cstdint>
#include <string_view>

namespace newswired {

std::uint64_t xxh3_wide(std::string_view bytes, std::uint64_t seed);

}  // namespace newswired
