#include "cli/ask.hpp"
#include "cli/command.hpp"
#include "cli/config_option.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace newswired::cli {

void add_replay(CLI::App& program, int& exit_code) {
    auto* const command =
        program.add_subcommand("replay", "Delivers articles to a sink again, from the retained log");
    auto const file = add_config_option(*command);
    auto const sink = std::make_shared<std::string>();
    auto const since = std::make_shared<std::string>();
    command->add_option("--sink", *sink, "Name of the sink")->required();
    command->add_option("--since", *since, "From when on: a time, or how long ago, such as 2h; default: all");
    command->callback([file, sink, since, &exit_code] {
        exit_code = ask_daemon(*file, {{"command", "replay"}, {"sink", *sink}, {"since", *since}}, 1);
    });
}

}  // namespace newswired::cli
