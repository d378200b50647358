// Units as operators write them: durations, sizes, address ranges, and values from the environment.

#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newswired::config {

/// "500ms", "30s", "15m", "2h", "7d", "1w"; fractions allowed; "0" needs no unit.
std::optional<milliseconds> parse_duration(std::string_view text);

/// "64KiB", "10MB", "2GB"; a bare number is bytes.
std::optional<std::uint64_t> parse_size(std::string_view text);

/// An address or a range in CIDR notation.
bool is_address_range(std::string_view text);

/// "${NAME}" replaced by the environment's value; none when a name is not set, which is then in `missing`.
std::optional<std::string> expand(std::string_view text, std::string& missing);

/// How many single-character edits lie between the two, at most `most` + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

}  // namespace newswired::config
