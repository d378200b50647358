// Commands: one file and one line in commands.inc add one.
//
// A command's file defines `void add_NAME(CLI::App& program, int& exit_code)`: it adds a subcommand with its
// options and help, whose callback does the work and sets `exit_code`.  Usage errors are 64, for all commands
// (main.cpp).

#pragma once

namespace CLI {
class App;
}

namespace newswired::cli {

#define NEWSWIRED_COMMAND(name) void add_##name(CLI::App& program, int& exit_code);
#include "cli/commands.inc"
#undef NEWSWIRED_COMMAND

}  // namespace newswired::cli
