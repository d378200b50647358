// YAML as a plain tree in which every node knows its place.  yaml.cpp is the only file that knows yaml-cpp.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace newswired::config {

struct YamlNode {
    enum class Kind : std::uint8_t { null, scalar, list, map } kind = Kind::null;
    std::string text{};             ///< of a scalar
    std::vector<YamlNode> items{};  ///< of a list
    std::vector<std::pair<YamlNode, YamlNode>>
        members{};           ///< of a map, in order; merge keys (<<) are resolved
    std::size_t line = 0;    ///< from 1
    std::size_t column = 0;  ///< from 1

    /// The member of that name; null when there is none.
    YamlNode const* find(std::string_view name) const;
    /// "a list", "text": for messages.
    char const* kind_in_words() const;
};

struct YamlError {
    std::size_t line = 0;
    std::size_t column = 0;
    std::string what{};
};

/// The document in `text`; an empty one is null.  Aliases are expanded, up to a bound.
std::variant<YamlNode, YamlError> parse_yaml(std::string const& text);

}  // namespace newswired::config
