#include "cli/usage.hpp"

#include "config/section.hpp"

#include <vector>

namespace newswired::cli {
namespace {

std::vector<std::string> command_names(CLI::App const& program) {
    std::vector<std::string> names;
    for (auto const* command : program.get_subcommands([](CLI::App const*) { return true; })) {
        names.push_back(command->get_name());
    }
    return names;
}

// "newswired dead retry", as far as the words were understood.
std::string understood(CLI::App const& program) {
    auto text = program.get_name();
    auto const* command = &program;
    while (!command->get_subcommands().empty()) {
        command = command->get_subcommands().front();
        text += " " + command->get_name();
    }
    return text;
}

CLI::App const& innermost(CLI::App const& program) {
    auto const* command = &program;
    while (!command->get_subcommands().empty()) {
        command = command->get_subcommands().front();
    }
    return *command;
}

std::string no_command(CLI::App const& program) {
    auto const words = program.remaining(true);
    auto const names = command_names(innermost(program));
    if (words.empty() || names.empty()) {
        return "a command is missing";
    }
    return "'" + words.front() + "' is no command" + config::nearest(words.front(), names);
}

}  // namespace

std::string usage_complaint(CLI::App const* program, CLI::Error const& error) {
    auto const where = understood(*program);
    auto const lacks_command =
        error.get_name() == "RequiredError" && !command_names(innermost(*program)).empty();
    auto const what = lacks_command ? no_command(*program) : std::string{error.what()};
    return where + ": " + what + "\nTry '" + where + " --help'.\n";
}

}  // namespace newswired::cli
