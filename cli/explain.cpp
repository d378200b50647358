#include "cli/ask.hpp"
#include "cli/command.hpp"
#include "cli/config_option.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace newswired::cli {

void add_explain(CLI::App& program, int& exit_code) {
    auto* const command = program.add_subcommand(
        "explain",
        "Of a feed: its state and when it is asked next, and why; of an article: what became of it");
    auto const file = add_config_option(*command);
    auto const url = std::make_shared<std::string>();
    command->add_option("URL", *url, "URL or name of a feed, or URL of an article")->required();
    command->callback([file, url, &exit_code] {
        exit_code = ask_daemon(*file, {{"command", "explain"}, {"url", *url}}, 1);
    });
}

}  // namespace newswired::cli
