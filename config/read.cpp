#include "config/read.hpp"

#include "config/file.hpp"
#include "config/sections.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <tuple>
#include <utility>

namespace newswired::config {
namespace {

void read_log(Section& root, Log& log) {
    Section section{root.report(), root.get("log"), "log"};
    section.choice<LogLevel>("level", log.level,
                             {{"trace", LogLevel::trace},
                              {"debug", LogLevel::debug},
                              {"info", LogLevel::info},
                              {"warn", LogLevel::warn},
                              {"error", LogLevel::error}});
    std::string target = "stderr";
    section.text("target", target);
    section.path("file", log.file);
    section.flag("articles", log.articles);
    if (target.find('/') != std::string::npos) {
        log.file = absolute_path(root.report().folder, target);
    } else if (target != "stderr") {
        root.report().mistake(*section.get("target"),
                              "'log.target' must be stderr or a path, but is '" + target + "'");
    }
    section.finish();
}

void read_dedup(Section& root, Dedup& dedup) {
    Section section{root.report(), root.get("dedup"), "dedup"};
    section.choice<Scope>("scope", dedup.scope,
                          {{"all", Scope::all}, {"site", Scope::site}, {"feed", Scope::feed}});
    section.choice<Match>("match", dedup.match, {{"drop", Match::drop}, {"mark", Match::mark}});
    section.duration("keep", dedup.keep);
    section.choice<Near>("near", dedup.near, {{"mark", Near::mark}, {"off", Near::off}});
    section.duration("near_window", dedup.near_window);
    section.finish();
}

void read_outbox(Section& root, Outbox& outbox) {
    Section section{root.report(), root.get("outbox"), "outbox"};
    section.size("max_bytes", outbox.max_bytes);
    section.duration("retain", outbox.retain);
    section.choice<Outbox::OnFull>("on_full", outbox.on_full,
                                   {{"park", Outbox::OnFull::park}, {"stop", Outbox::OnFull::stop}});
    section.finish();
}

void read_threads(Section& root, std::uint32_t& threads) {
    auto const* const node = root.get("threads");
    constexpr std::uint32_t kMost = 256;
    if (node != nullptr && node->text != "auto") {
        root.count("threads", threads, 1, kMost);
    }
}

void read_listen(Section& root, std::string& listen) {
    auto const* const node = root.get("listen");
    root.text("listen", listen);
    if (listen == "off" || listen == "false" || listen == "no") {
        listen.clear();
    } else if (node != nullptr) {
        root.report().unbuilt(*node, "'listen'");
    }
}

void check_sink_names(Report& report, std::vector<Sink> const& sinks, std::vector<FeedPlace> const& places) {
    std::vector<std::string> names;
    for (auto const& sink : sinks) {
        names.push_back(sink.name);
    }
    for (auto const& place : places) {
        for (auto const& name : place.sinks) {
            if (std::find(names.begin(), names.end(), name) == names.end()) {
                report.mistakes.push_back({.file = place.file,
                                           .line = place.place.line,
                                           .column = place.place.column,
                                           .what = "there is no sink '" + name + "'" + nearest(name, names)});
            }
        }
    }
}

void read_all(Report& report, YamlNode const& document, Settings& settings) {
    Section root{report, &document, ""};
    if (!report.mistakes.empty()) {
        return;
    }
    root.path("state_dir", settings.state_dir);
    read_threads(root, settings.threads);
    read_log(root, settings.log);
    read_listen(root, settings.listen);
    root.duration("shutdown_timeout", settings.shutdown_timeout);
    read_fetch(root, settings.fetch);
    report.some_private_allowed = !settings.fetch.allow_addresses.empty();
    read_websub(root, settings.websub);
    read_dedup(root, settings.dedup);
    read_rules(root, settings.rules);
    read_outbox(root, settings.outbox);
    read_sinks(root, settings.state_dir, settings.sinks);

    FeedOptions defaults{.websub = settings.websub.enabled};
    auto const* const defaults_node = root.get("defaults");
    Section defaults_section{report, defaults_node, "defaults"};
    read_feed_options(defaults_section, defaults);
    defaults_section.finish();
    settings.feeds.set_defaults(defaults);
    std::vector<FeedPlace> places;
    if (defaults_node != nullptr && !defaults.sinks.empty()) {
        places.push_back({.file = report.file,
                          .place = place_of(*defaults_section.get("sinks")),
                          .sinks = defaults.sinks});
    }
    auto const* const feeds = root.get("feeds");
    auto const* const feed_files = root.get("feed_files");
    if (feeds != nullptr) {
        read_feeds(report, *feeds, defaults, settings.feeds, places);
    }
    if (feed_files != nullptr) {
        read_feed_files(report, *feed_files, defaults, settings, places);
    }
    auto const* const websub = root.get("websub");
    root.finish();
    check_websub(report, websub != nullptr ? *websub : document, settings);
    check_sink_names(report, settings.sinks, places);
    if (settings.feeds.size() == 0 && settings.feed_lists.empty() && report.mistakes.empty()) {
        report.mistake(document, feeds == nullptr && feed_files == nullptr
                                     ? "there are no feeds; add 'feeds:' with a URL, or 'feed_files:'"
                                     : "'feeds' and 'feed_files' name no feed at all");
    }
    if (settings.fetch.contact.empty() && settings.fetch.user_agent.empty()) {
        report.warning(document,
                       "'fetch.contact' is not set: publishers who wonder who asks can only block you");
    }
    settings.feeds.seal();
}

}  // namespace

std::string Mistake::text() const {
    if (line == 0) {
        return file + ": " + what;
    }
    return file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + what;
}

std::variant<Configuration, Mistakes> read_text(std::string const& text, std::string const& file) {
    Report report{.file = file,
                  .folder = file == "-" ? std::filesystem::current_path().string()
                                        : std::filesystem::absolute(file).parent_path().string()};
    auto parsed = parse_yaml(text);
    if (auto const* error = std::get_if<YamlError>(&parsed)) {
        return Mistakes{{.file = file,
                         .line = error->line,
                         .column = error->column,
                         .what = "no valid YAML: " + error->what}};
    }
    auto document = std::move(std::get<YamlNode>(parsed));
    document.line = std::max<std::size_t>(document.line, 1);
    document.column = std::max<std::size_t>(document.column, 1);
    Configuration configuration;
    read_all(report, document, configuration.settings);
    // File by file, this one first.
    auto const in_order = [&file](Mistake const& a, Mistake const& b) {
        return std::tuple{a.file != file, std::string_view{a.file}, a.line, a.column} <
               std::tuple{b.file != file, std::string_view{b.file}, b.line, b.column};
    };
    std::stable_sort(report.mistakes.begin(), report.mistakes.end(), in_order);
    if (!report.mistakes.empty()) {
        return std::move(report.mistakes);
    }
    configuration.warnings = std::move(report.warnings);
    return configuration;
}

std::variant<Configuration, Mistakes> read(std::string const& file) {
    auto const text = read_file(file, kMaxYamlFile);
    if (auto const* error = std::get_if<FileError>(&text)) {
        return Mistakes{{.file = file, .what = error->what}};
    }
    return read_text(std::get<std::string>(text), file);
}

}  // namespace newswired::config
