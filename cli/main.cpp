// newswired: the program.  Each command has a file of its own; commands.inc lists them.

#include "cli/command.hpp"

#include <malloc.h>
#include <csignal>
#include <cstdio>
#include <exception>

namespace {

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
