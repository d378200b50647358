#include "cli/ask.hpp"
#include "cli/command.hpp"
#include "cli/config_option.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace newswired::cli {

void add_dead(CLI::App& program, int& exit_code) {
    struct Verb {
        char const* name;
        char const* what;
    };
    constexpr Verb kVerbs[] = {
        {"list", "One a line: number, time, attempts, what the receiver answered, URL"},
        {"retry", "Tries them again, each alone"},
        {"drop", "Forgets them"},
    };
    auto* const command = program.add_subcommand("dead", "The articles that a sink refused for good");
    command->require_subcommand(1);
    for (auto const& verb : kVerbs) {
        auto* const one = command->add_subcommand(verb.name, verb.what);
        auto const file = add_config_option(*one);
        auto const sink = std::make_shared<std::string>();
        one->add_option("--sink", *sink, "Name of the sink")->required();
        std::string const name = verb.name;
        one->callback([file, sink, name, &exit_code] {
            exit_code = ask_daemon(*file, {{"command", "dead"}, {"do", name}, {"sink", *sink}}, 1);
        });
    }
}

}  // namespace newswired::cli
