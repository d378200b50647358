// Commands: one file and one line in commands.inc add one.
//
// A command's file defines `void add_NAME(Command& program)`: it adds a command with its options and help,
// whose action does the work and returns the exit code.  Usage errors are 64, for all commands
// (command_line.hpp).

#pragma once

#include "cli/command_line.hpp"

namespace newswired::cli {

#define NEWSWIRED_COMMAND(name) void add_##name(Command& program);
#include "cli/commands.inc"
#undef NEWSWIRED_COMMAND

}  // namespace newswired::cli
