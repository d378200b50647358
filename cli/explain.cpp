#include "cli/ask.hpp"
#include "cli/command.hpp"
#include "cli/config_option.hpp"

#include <memory>
#include <string>

namespace newswired::cli {

void add_explain(Command& program) {
    auto command = program.add_command(
        "explain",
        "Of a feed: its state and when it is asked next, and why; of an article: what became of it");
    auto const file = add_config_option(command);
    auto const url = command.add_needed_text("URL", "URL or name of a feed, or URL of an article");
    command.does([file, url] { return ask_daemon(*file, {{"command", "explain"}, {"url", *url}}, 1); });
}

}  // namespace newswired::cli
