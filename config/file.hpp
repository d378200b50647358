// A whole file in memory, or why not.

#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace newswired::config {

/// Why a file is not there to be read: ends a sentence that begins with its name.
struct FileError {
    std::string what{};
};

/// All of `path` ("-": standard input), which may have `max` bytes at most: a device or the wrong file must
/// not fill the memory.
std::variant<std::string, FileError> read_file(std::string const& path, std::uint64_t max);

}  // namespace newswired::config
