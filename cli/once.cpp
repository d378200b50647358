#include "cli/command.hpp"
#include "cli/config_option.hpp"
#include "cli/progress_bar.hpp"
#include "core/log.hpp"
#include "daemon/daemon.hpp"
#include "daemon/house.hpp"
#include "daemon/log_settings.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newswired::cli {
namespace {

// A state of its own for a run over URLs without any configuration; gone when the run ends.
class TemporaryState {
  public:
    TemporaryState() {
        auto pattern = (std::filesystem::temp_directory_path() / "newswired-once-XXXXXX").string();
        if (::mkdtemp(pattern.data()) != nullptr) {
            path_ = pattern;
        }
    }
    ~TemporaryState() {
        std::error_code ignored;
        if (!path_.empty()) {
            std::filesystem::remove_all(path_, ignored);
        }
    }
    TemporaryState(TemporaryState const&) = delete;
    TemporaryState& operator=(TemporaryState const&) = delete;

    std::string const& path() const { return path_; }

  private:
    std::string path_;
};

// `once URL…`: the operator typed the addresses, so private ones are meant.
config::Settings settings_for(std::vector<std::string> const& urls, std::string const& state) {
    config::Settings settings;
    settings.state_dir = state;
    settings.log.level = config::LogLevel::warn;
    settings.fetch.allow_addresses = {{"0.0.0.0/0"}, {"::/0"}};
    settings.sinks.push_back({.name = "stdout", .type = "stdout"});
    for (auto const& url : urls) {
        settings.feeds.add(url);
    }
    settings.feeds.seal();
    return settings;
}

int run_once(config::Settings settings, std::string const& file = {}) {
    auto const plan = std::make_shared<daemon::Plan const>(std::move(settings));
    auto house = daemon::House::open(plan);
    if (!house) {
        log::error("The state can't be opened",
                   {{"state_dir", plan->settings().state_dir}, {"reason", house.error().message()}});
        return 1;
    }
    daemon::DaemonServices services{
        .store = (*house)->store(), .clock = (*house)->clock(), .make_client = (*house)->client_factory()};
    if (!file.empty()) {
        services.read_again = [file] { return config::read(file); };  // when a list of feeds has changed
    }
    daemon::Daemon daemon{std::move(services), plan, daemon::PollMode::once};
    ProgressBar bar;
    if (bar.is_shown()) {
        daemon.on_progress([&bar](std::size_t asked, std::size_t all, daemon::Totals totals) {
            bar.show(asked, all, std::to_string(totals.fresh) + " new");
        });
    }
    auto const report = daemon.run();
    bar.clear();
    auto const& totals = report.totals;
    std::fprintf(stderr,
                 "%zu feeds: %llu read, %llu not modified, %zu failed; %llu new articles, %llu updates, %llu "
                 "duplicates\n",
                 report.feeds, static_cast<unsigned long long>(totals.documents),
                 static_cast<unsigned long long>(totals.not_modified), report.failed_feeds,
                 static_cast<unsigned long long>(totals.fresh),
                 static_cast<unsigned long long>(totals.updates),
                 static_cast<unsigned long long>(totals.duplicates));
    return report.failed_feeds == 0 && !report.sinks_are_behind ? 0 : 1;
}

int once_configured(std::string const& file) {
    auto configuration = read_configuration(file);
    if (!configuration) {
        return kBadConfiguration;
    }
    daemon::start_log(configuration->settings.log);
    for (auto const& warning : configuration->warnings) {
        log::warn("Configuration", {{"warning", warning.text()}});
    }
    return run_once(std::move(configuration->settings), file);
}

int once_urls(std::vector<std::string> const& urls) {
    TemporaryState const state;
    if (state.path().empty()) {
        std::fprintf(stderr, "newswired: no temporary folder can be made for the state\n");
        return 1;
    }
    auto settings = settings_for(urls, state.path());
    daemon::start_log(settings.log);
    return run_once(std::move(settings));
}

}  // namespace

void add_once(Command& program) {
    auto command = program.add_command(
        "once",
        "Asks every feed now, conditionally, delivers everything, and stops; with URLs: those, to stdout");
    auto const file = add_config_option(command);
    auto const urls = command.add_texts("URL", "Feeds to read without any configuration");
    command.does([file, urls] { return urls->empty() ? once_configured(*file) : once_urls(*urls); });
}

}  // namespace newswired::cli
