#include "cli/ask.hpp"
#include "cli/command.hpp"
#include "cli/config_option.hpp"

#include <memory>
#include <string>

namespace newswired::cli {

void add_replay(Command& program) {
    auto command = program.add_command("replay", "Delivers articles to a sink again, from the retained log");
    auto const file = add_config_option(command);
    auto const sink = command.add_needed_text("--sink", "Name of the sink");
    auto const since =
        command.add_text("--since", "From when on: a time, or how long ago, such as 2h; default: all");
    command.does([file, sink, since] {
        return ask_daemon(*file, {{"command", "replay"}, {"sink", *sink}, {"since", *since}}, 1);
    });
}

}  // namespace newswired::cli
