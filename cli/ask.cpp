#include "cli/ask.hpp"

#include "cli/config_option.hpp"

#include <cstdio>

namespace newswired::cli {

int ask_daemon(std::string const& file, daemon::ControlQuestion const& question, int none_runs) {
    auto const configuration = read_configuration(file);
    if (!configuration) {
        return kBadConfiguration;
    }
    auto const path = daemon::control_path(configuration->settings.state_dir);
    auto const answer = daemon::ask_control(path, question);
    if (!answer) {
        std::fprintf(stderr, "newswired: no daemon answers at %s: %s\n", path.c_str(),
                     answer.error().message().c_str());
        return none_runs;
    }
    std::fputs(answer->out.c_str(), stdout);
    std::fputs(answer->err.c_str(), stderr);
    return answer->exit;
}

}  // namespace newswired::cli
