// What a command line that can't be understood is answered with: one line that says what is wrong and where,
// and the way to the help.

#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace newswired::cli {

// For CLI::App::failure_message of the whole program: "newswired parse: FILE is required", and a second line
// that names the help of that command.  A word that is no command is named, with the command it resembles, if
// any.
std::string usage_complaint(CLI::App const* program, CLI::Error const& error);

}  // namespace newswired::cli
