// Reading the configuration: YAML → Settings, or every mistake at once.

#pragma once

#include "config/settings.hpp"

#include <string>
#include <variant>
#include <vector>

namespace newswired::config {

/// A mistake of the operator's, or a warning of what is legal but foolish.
struct Mistake {
    std::string file{};
    std::size_t line = 0;    ///< from 1; 0: the whole file
    std::size_t column = 0;  ///< from 1
    std::string what{};      ///< what is wrong, and the mend

    /// "FILE:LINE:COLUMN: what".
    std::string text() const;
};

struct Configuration {
    Settings settings{};
    std::vector<Mistake> warnings{};
};

using Mistakes = std::vector<Mistake>;

/// Reads `file` ("-": standard input) and everything it names (feed_files, secret files).  Relative paths are
/// relative to the file's folder.  Either settings that are whole and checked, or all mistakes.
std::variant<Configuration, Mistakes> read(std::string const& file);

/// The same for text that is already in memory; `file` is only its name in messages and its folder.
std::variant<Configuration, Mistakes> read_text(std::string const& text, std::string const& file);

}  // namespace newswired::config
