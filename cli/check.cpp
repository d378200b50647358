#include "cli/command.hpp"
#include "cli/config_option.hpp"
#include "core/time.hpp"

#include <cstdio>
#include <string>

namespace newswired::cli {
namespace {

std::string interval_of(config::FeedOptions const& options) {
    return options.interval ? "every " + in_words(*options.interval)
                            : "auto (from " + in_words(options.min_interval) + " to " +
                                  in_words(options.max_interval) + ")";
}

void print_feeds(config::FeedList const& feeds) {
    constexpr std::size_t kShown = 20;
    std::printf("feeds: %zu\n", feeds.size());
    for (std::size_t feed = 0; feed < feeds.size() && feed < kShown; ++feed) {
        auto const name = std::string{feeds.name(feed)};
        auto const url = std::string{feeds.url(feed)};
        std::printf("  %s%s%s  %s\n", name.c_str(), name.empty() ? "" : "  ", url.c_str(),
                    interval_of(feeds.options(feed)).c_str());
    }
    if (feeds.size() > kShown) {
        std::printf("  … and %zu more\n", feeds.size() - kShown);
    }
}

void print_sinks(std::vector<config::Sink> const& sinks) {
    std::printf("sinks:\n");
    for (auto const& sink : sinks) {
        auto const& target = sink.path.empty() ? sink.url : sink.path;
        std::printf("  %s  %s  %s\n", sink.name.c_str(), sink.type.c_str(), target.c_str());
    }
}

int check(std::string const& file) {
    auto const configuration = read_configuration(file);
    if (!configuration) {
        return kBadConfiguration;
    }
    for (auto const& warning : configuration->warnings) {
        std::fprintf(stderr, "warning: %s\n", warning.text().c_str());
    }
    auto const& settings = configuration->settings;
    std::printf("state: %s\n", settings.state_dir.c_str());
    std::printf("log: %s\n", settings.log.file.empty() ? "stderr" : settings.log.file.c_str());
    print_feeds(settings.feeds);
    for (auto const& list : settings.feed_lists) {
        std::printf("  and what the list %s names; its last good copy counts\n", list.c_str());
    }
    if (settings.websub.wanted) {
        std::printf("hubs: told to come to %s, listening at %s\n", settings.websub.callback.c_str(),
                    settings.websub.listen.c_str());
    }
    print_sinks(settings.sinks);
    if (!settings.rules.empty()) {
        std::printf("rules:\n");
    }
    for (std::size_t i = 0; i < settings.rules.size(); ++i) {
        std::printf("  %zu. %s\n", i + 1, settings.rules[i].text.c_str());
    }
    return 0;
}

}  // namespace

void add_check(Command& program) {
    auto command = program.add_command(
        "check", "Reads the configuration, prints what it means, warns of what is foolish");
    auto const file = add_config_option(command);
    command.does([file] { return check(*file); });
}

}  // namespace newswired::cli
