// The option --config, and reading what it names: the same for every command.

#pragma once

#include "cli/command_line.hpp"
#include "config/read.hpp"

#include <memory>
#include <optional>
#include <string>

namespace newswired::cli {

inline constexpr int kBadConfiguration = 2;

/// Adds `--config FILE` to a command; the file's name is there when the command runs.
std::shared_ptr<std::string> add_config_option(Command& command);

/// The configuration in `file`; none after all its mistakes were printed to stderr: exit with
/// kBadConfiguration then.
std::optional<config::Configuration> read_configuration(std::string const& file);

}  // namespace newswired::cli
