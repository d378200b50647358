// newswired: the program.  Each command has a file of its own; commands.inc lists them.

#include "cli/command.hpp"

#include <csignal>
#include <cstdio>
#include <exception>

int main(int count, char** arguments) {
    std::signal(SIGPIPE,
                SIG_IGN);  // a reader of our output that goes away is an error of the write, not our end
    auto const add_commands = [](newswired::cli::Command& program) {
#define NEWSWIRED_COMMAND(name) newswired::cli::add_##name(program);
#include "cli/commands.inc"
#undef NEWSWIRED_COMMAND
    };
    try {
        return newswired::cli::run_program(count, arguments, add_commands);
    } catch (std::exception const& error) {
        std::fprintf(stderr, "newswired: %s\n", error.what());
        return 1;
    }
}
