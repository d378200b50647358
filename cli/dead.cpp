#include "cli/ask.hpp"
#include "cli/command.hpp"
#include "cli/config_option.hpp"

#include <memory>
#include <string>

namespace newswired::cli {

void add_dead(Command& program) {
    struct Verb {
        char const* name;
        char const* what;
    };
    constexpr Verb kVerbs[] = {
        {"list", "One a line: number, time, attempts, what the receiver answered, URL"},
        {"retry", "Tries them again, each alone"},
        {"drop", "Forgets them"},
    };
    auto command = program.add_command("dead", "The articles that a sink refused for good");
    command.needs_command();
    for (auto const& verb : kVerbs) {
        auto one = command.add_command(verb.name, verb.what);
        auto const file = add_config_option(one);
        auto const sink = one.add_needed_text("--sink", "Name of the sink");
        std::string const name = verb.name;
        one.does([file, sink, name] {
            return ask_daemon(*file, {{"command", "dead"}, {"do", name}, {"sink", *sink}}, 1);
        });
    }
}

}  // namespace newswired::cli
