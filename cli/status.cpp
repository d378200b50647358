#include "cli/ask.hpp"
#include "cli/command.hpp"
#include "cli/config_option.hpp"

#include <memory>

namespace newswired::cli {

void add_status(Command& program) {
    constexpr int kNoneRuns = 3;  // as systemctl
    auto command = program.add_command(
        "status", "The running daemon: feeds, next polls, errors, sinks and how far each lags");
    auto const file = add_config_option(command);
    auto const json = command.add_flag("--json", "As one JSON object");
    command.does([file, json] {
        return ask_daemon(*file, {{"command", "status"}, {"json", *json ? "true" : "false"}}, kNoneRuns);
    });
}

}  // namespace newswired::cli
