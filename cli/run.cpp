#include "cli/command.hpp"
#include "cli/config_option.hpp"
#include "core/log.hpp"
#include "daemon/daemon.hpp"
#include "daemon/house.hpp"
#include "daemon/log_settings.hpp"

#include <memory>
#include <string>
#include <utility>

namespace newswired::cli {
namespace {

int run(std::string const& file) {
    auto configuration = read_configuration(file);
    if (!configuration) {
        return kBadConfiguration;
    }
    daemon::start_log(configuration->settings.log);
    for (auto const& warning : configuration->warnings) {
        log::warn("Configuration", {{"warning", warning.text()}});
    }
    auto const plan = std::make_shared<daemon::Plan const>(std::move(configuration->settings));
    auto house = daemon::House::open(plan);
    if (!house) {
        log::error("The state can't be opened",
                   {{"state_dir", plan->settings().state_dir}, {"reason", house.error().message()}});
        return 1;
    }
    daemon::DaemonServices services{.store = (*house)->store(),
                                    .clock = (*house)->clock(),
                                    .make_client = (*house)->client_factory(),
                                    .read_again = [file] { return config::read(file); },
                                    .save_memory = [&house] { (*house)->save_memory(); }};
    daemon::Daemon daemon{std::move(services), plan, daemon::PollMode::keep_going};
    auto const report = daemon.run();
    log::info("Stopped", {{"polls", report.totals.polls}, {"new", report.totals.fresh}});
    return report.interrupted ? 0 : 1;
}

}  // namespace

void add_run(Command& program) {
    auto command = program.add_command("run", "The daemon, in the foreground (systemd starts it so)");
    auto const file = add_config_option(command);
    command.does([file] { return run(*file); });
}

}  // namespace newswired::cli
