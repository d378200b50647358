#include "cli/config_option.hpp"

#include <cstdio>
#include <utility>

namespace newswired::cli {

std::shared_ptr<std::string> add_config_option(Command& command) {
    return command.add_text_with_default("--config", "/etc/newswired/newswired.yaml",
                                         "The configuration file (- reads standard input)");
}

std::optional<config::Configuration> read_configuration(std::string const& file) {
    auto outcome = config::read(file);
    if (auto const* mistakes = std::get_if<config::Mistakes>(&outcome)) {
        for (auto const& mistake : *mistakes) {
            std::fprintf(stderr, "%s\n", mistake.text().c_str());
        }
        return {};
    }
    return std::move(std::get<config::Configuration>(outcome));
}

}  // namespace newswired::cli
