// Compressing a rotated file with zstd.

#pragma once

#include "core/result.hpp"
#include "sinks/file/file_system.hpp"

#include <string>

namespace newswired::sinks {

/// Makes PATH.zst of PATH and then removes PATH.  Whole or not at all: it grows as PATH.zst.tmp, which a
/// crash may leave behind, and a crash just before the end leaves both forms, both whole.  Blocks.
Result<void> compress_file(FileSystem& files, std::string const& path);

}  // namespace newswired::sinks
