// A small file that only its owner may read, written whole or not at all: for what is worth keeping over a
// restart, but may be lost.

#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace newswired::daemon {

inline constexpr std::size_t kMaxPrivateFile = 256 << 20;

/// Everything in it; empty when it is not there, can't be read, belongs to someone else or is larger than
/// kMaxPrivateFile.
std::string read_private_file(std::string const& path);

/// Replaces it (mode 0600).  After an error the old one stands.
Result<void> write_private_file(std::string const& path, std::string_view bytes);

}  // namespace newswired::daemon
