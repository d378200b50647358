#include "cli/config_option.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <utility>

namespace newswired::cli {

std::shared_ptr<std::string> add_config_option(CLI::App& command) {
    auto file = std::make_shared<std::string>("/etc/newswired/newswired.yaml");
    command.add_option("--config", *file, "The configuration file (- reads standard input)")
        ->capture_default_str();
    return file;
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
