// newswired: the program.  Each command has a file of its own; commands.inc lists them.

#include "cli/command.hpp"
#include "cli/usage.hpp"

#include <CLI/CLI.hpp>

#include <malloc.h>
#include <csignal>
#include <cstdio>
#include <exception>

namespace {

constexpr int kUsageError = 64;  // EX_USAGE of sysexits.h

// Documents and bodies of some hundred kilobytes come and go: giving each back to the system and asking again
// would cost a page fault for every four of them.  Few arenas, so that what is kept stays little.
void tune_memory() {
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_ARENA_MAX, 4);
}

}  // namespace

int main(int count, char** arguments) {
    tune_memory();
    std::signal(SIGPIPE,
                SIG_IGN);  // a reader of our output that goes away is an error of the write, not our end
    CLI::App program{"newswired: polls feeds, cleans what it finds, and emits each article once"};
    program.name("newswired");
    program.set_version_flag("--version", "newswired " NEWSWIRED_VERSION);
    program.require_subcommand(1);
    program.failure_message(newswired::cli::usage_complaint);
    int exit_code = 0;
#define NEWSWIRED_COMMAND(name) newswired::cli::add_##name(program, exit_code);
#include "cli/commands.inc"
#undef NEWSWIRED_COMMAND
    try {
        program.parse(count, arguments);
    } catch (CLI::ParseError const& error) {
        return program.exit(error) == 0 ? 0 : kUsageError;
    } catch (std::exception const& error) {
        std::fprintf(stderr, "newswired: %s\n", error.what());
        return 1;
    }
    return exit_code;
}
