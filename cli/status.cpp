#include "cli/ask.hpp"
#include "cli/command.hpp"
#include "cli/config_option.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace newswired::cli {

void add_status(CLI::App& program, int& exit_code) {
    constexpr int kNoneRuns = 3;  // as systemctl
    auto* const command = program.add_subcommand(
        "status", "The running daemon: feeds, next polls, errors, sinks and how far each lags");
    auto const file = add_config_option(*command);
    auto const json = std::make_shared<bool>(false);
    command->add_flag("--json", *json, "As one JSON object");
    command->callback([file, json, &exit_code] {
        exit_code = ask_daemon(*file, {{"command", "status"}, {"json", *json ? "true" : "false"}}, kNoneRuns);
    });
}

}  // namespace newswired::cli
