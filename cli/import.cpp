// import and export: feeds as OPML, into a file that the configuration names, and out.

#include "cli/command.hpp"
#include "cli/config_option.hpp"
#include "config/feed_lists.hpp"
#include "config/file.hpp"
#include "core/text.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace newswired::cli {
namespace {

constexpr std::uint64_t kMaxImport = 256'000'000;  // two million feeds

int fail(std::string const& what) {
    std::fprintf(stderr, "newswired: %s\n", what.c_str());
    return 1;
}

bool is_opml(std::string const& path) {
    auto const name = to_lower(path);
    return name.ends_with(".opml") || name.ends_with(".xml");
}

bool is_yaml(std::string const& path) {
    auto const name = to_lower(path);
    return name.ends_with(".yaml") || name.ends_with(".yml");
}

// The first of feed_files that feeds can be written into; where that is a pattern, a file that it matches.
std::optional<std::string> target_of(config::Settings const& settings) {
    for (auto const want_opml : {true, false}) {
        for (auto const& pattern : settings.feed_files) {
            if (is_opml(pattern) != want_opml || is_yaml(pattern)) {
                continue;
            }
            auto const star = pattern.find_first_of("*?[");
            if (star == std::string::npos) {
                return pattern;
            }
            auto const tail = pattern.substr(star + 1);
            auto const is_simple = pattern[star] == '*' && tail.find_first_of("*?[/") == std::string::npos;
            if (is_simple && (pattern.substr(0, star).ends_with('/'))) {
                return pattern.substr(0, star) + "imported" + tail;
            }
        }
    }
    return {};
}

// Written beside and renamed, so that a daemon that reloads never sees half of it.
bool replace_file(std::string const& path, std::string const& text) {
    std::error_code failed;
    std::filesystem::create_directories(std::filesystem::path{path}.parent_path(), failed);
    auto const temporary = path + ".new";
    {
        std::ofstream file{temporary, std::ios::binary | std::ios::trunc};
        file << text;
        file.flush();
        if (!file) {
            return false;
        }
    }
    std::filesystem::rename(temporary, path, failed);
    return !failed;
}

// `old` with `added` in it; none when there is no telling where.  What else stands in the file stays as it
// is.
std::optional<std::string> text_with(std::string const& path, std::string const& old,
                                     config::FeedList const& added) {
    auto const is_new = trim(old).empty();
    if (!is_opml(path)) {
        auto text = old.empty() || old.ends_with('\n') ? old : old + "\n";
        for (std::size_t feed = 0; feed < added.size(); ++feed) {
            text += std::string{added.url(feed)} + "\n";
        }
        return text;
    }
    constexpr std::string_view kBody = "<body>\n";
    constexpr std::string_view kEnd = "</body>";
    auto const written = config::to_opml(added, "Imported into newswired");
    if (is_new) {
        return written;
    }
    auto const place = old.rfind(kEnd);
    if (place == std::string::npos) {
        return {};
    }
    auto const begin = written.find(kBody) + kBody.size();
    auto const outlines = written.substr(begin, written.rfind(kEnd) - begin);
    auto const before = trim(old.substr(0, place));
    return std::string{before} + "\n" + outlines + old.substr(place);
}

bool has_url(config::FeedList const& feeds, std::string_view url) {
    if (feeds.find(feed_id(url))) {
        return true;
    }
    for (std::size_t feed = 0; feed < feeds.size(); ++feed) {
        if (!feeds.name(feed).empty() && feeds.url(feed) == url) {
            return true;
        }
    }
    return false;
}

int import_feeds(std::string const& config_file, std::string const& file) {
    auto const configuration = read_configuration(config_file);
    if (!configuration) {
        return kBadConfiguration;
    }
    auto const& settings = configuration->settings;
    auto const found = config::read_file(file, kMaxImport);
    if (auto const* const error = std::get_if<config::FileError>(&found)) {
        return fail(file + " " + error->what);
    }
    auto const read = config::read_list(std::get<std::string>(found));
    if (auto const* const error = std::get_if<config::ListError>(&read)) {
        return fail(file + ": " + error->what);
    }
    auto const target = target_of(settings);
    if (!target) {
        return fail(
            "the configuration names no file that feeds can be written into; add  feed_files: "
            "[feeds.d/*.opml]");
    }
    auto const& list = std::get<config::ReadList>(read);
    config::FeedList added;
    for (std::size_t feed = 0; feed < list.feeds.size(); ++feed) {
        if (!has_url(settings.feeds, list.feeds.url(feed))) {
            added.add(list.feeds.url(feed), {}, list.feeds.options(feed));
        }
    }
    auto const known = list.feeds.size() - added.size();
    if (added.size() > 0) {
        auto const old = config::read_file(*target, kMaxImport);
        auto const* const old_text = std::get_if<std::string>(&old);
        auto const text = text_with(*target, old_text != nullptr ? *old_text : "", added);
        if (!text) {
            return fail(*target + " is no OPML; it stays as it is");
        }
        if (!replace_file(*target, *text)) {
            return fail(*target + " can't be written");
        }
    }
    std::printf("%zu feeds added to %s; %zu known already, %zu entries passed over\n", added.size(),
                target->c_str(), known, list.passed_over);
    if (added.size() > 0) {
        std::printf("A running daemon takes them over when it reloads (systemctl reload newswired).\n");
    }
    return 0;
}

int export_feeds(std::string const& config_file) {
    auto const configuration = read_configuration(config_file);
    if (!configuration) {
        return kBadConfiguration;
    }
    auto const text = config::to_opml(configuration->settings.feeds, "Feeds of newswired");
    auto const done =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    return done ? 0 : fail("the list can't be written");
}

}  // namespace

void add_import(Command& program) {
    auto command = program.add_command(
        "import", "Adds the feeds of an OPML file to a feed file that the configuration names");
    auto const config_file = add_config_option(command);
    auto const file = command.add_needed_text("FILE", "OPML, or a URL a line; - for standard input");
    command.does([config_file, file] { return import_feeds(*config_file, *file); });
}

void add_export(Command& program) {
    auto command = program.add_command("export", "Prints all feeds of the configuration as OPML 2.0");
    auto const config_file = add_config_option(command);
    command.does([config_file] { return export_feeds(*config_file); });
}

}  // namespace newswired::cli
