// Compressing a rotated file with zstd.

#pragma once

#include "core/result.hpp"

#include <string>

namespace newswired::sinks {

/// Makes PATH.zst of PATH and then removes PATH.  Whole or not at all: it grows under another name.  Blocks.
Result<void> compress_file(std::string const& path);

}  // namespace newswired::sinks
