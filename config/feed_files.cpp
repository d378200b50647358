// feed_files: lists of feeds in files of their own: OPML, YAML, or a URL a line.

#include "config/feed_lists.hpp"
#include "config/file.hpp"
#include "config/sections.hpp"
#include "config/units.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"

#include <pugixml.hpp>

#include <glob.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <variant>

namespace newswired::config {
namespace {

constexpr std::uint64_t kMaxForeignList = 256'000'000;  // two million feeds

// What one file says, with mistakes that name the file.
class FeedFile {
  public:
    FeedFile(Report& outer, std::string path, FeedOptions const& defaults, FeedList& feeds)
        : outer_{outer}, defaults_{defaults}, feeds_{feeds} {
        report_.file = std::move(path);
        report_.some_private_allowed = outer_.some_private_allowed;
        report_.folder = report_.file.substr(0, report_.file.rfind('/'));
        report_.told_unbuilt = outer_.told_unbuilt;
    }
    ~FeedFile() {
        if (passed_over_ > kMaxTold) {
            report_.warning({}, "… and " + std::to_string(passed_over_ - kMaxTold) + " more like these");
        }
        outer_.told_unbuilt = std::move(report_.told_unbuilt);
        std::move(report_.mistakes.begin(), report_.mistakes.end(), std::back_inserter(outer_.mistakes));
        std::move(report_.warnings.begin(), report_.warnings.end(), std::back_inserter(outer_.warnings));
    }
    FeedFile(FeedFile const&) = delete;
    FeedFile& operator=(FeedFile const&) = delete;

    /// A list that came from elsewhere; its form is told by its first character.
    void read_foreign(std::string const& text) {
        auto const first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
        if (first != std::string::npos && text[first] == '<') {
            auto copy = text;
            read_opml(copy);
        } else {
            read_lines(text);
        }
        // A list of someone else's must not make the configuration invalid.
        std::move(report_.mistakes.begin(), report_.mistakes.end(), std::back_inserter(report_.warnings));
        report_.mistakes.clear();
    }
    std::size_t passed_over() const { return passed_over_; }

    void read(YamlNode const& named_at, std::vector<FeedPlace>& named_sinks) {
        auto const name = to_lower(report_.file);
        auto const is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
        auto found = read_file(report_.file, is_yaml ? kMaxYamlFile : kMaxListFile);
        if (auto const* error = std::get_if<FileError>(&found)) {
            outer_.mistake(named_at, report_.file + " " + error->what);
            return;
        }
        auto& text = std::get<std::string>(found);
        if (is_yaml) {
            read_yaml(text, named_sinks);
        } else if (name.ends_with(".opml") || name.ends_with(".xml")) {
            read_opml(text);
        } else {
            read_lines(text);
        }
    }

  private:
    void read_lines(std::string_view text) {
        constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // Windows editors write it
        if (text.starts_with(kByteOrderMark)) {
            text.remove_prefix(kByteOrderMark.size());
        }
        feeds_.expect(text.size());
        std::size_t number = 0;
        for (std::size_t start = 0; start < text.size();) {
            auto const end = std::min(text.find('\n', start), text.size());
            auto const line = trim(text.substr(start, end - start));
            start = end + 1;
            ++number;
            if (!line.empty() && line.front() != '#') {
                if (auto const wrong = add(line, {}); !wrong.empty()) {
                    pass_over(wrong, [&] { return YamlNode{.line = number, .column = 1}; });
                }
            }
        }
    }

    void read_yaml(std::string const& text, std::vector<FeedPlace>& named_sinks) {
        auto parsed = parse_yaml(text);
        if (auto const* error = std::get_if<YamlError>(&parsed)) {
            report_.mistake({.line = error->line, .column = error->column}, "no valid YAML: " + error->what);
            return;
        }
        auto const& document = std::get<YamlNode>(parsed);
        auto const* const inner = document.find("feeds");
        read_feeds(report_, inner != nullptr ? *inner : document, defaults_, feeds_, named_sinks);
    }

    // Where lines begin, taken down before the text is parsed in place, which alters it.
    class Lines {
      public:
        explicit Lines(std::string_view text) {
            for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
                starts_.push_back(end + 1);
            }
        }
        YamlNode place(std::ptrdiff_t offset) const {
            auto const at = std::size_t(std::max<std::ptrdiff_t>(offset, 0));
            auto const line = std::upper_bound(starts_.begin(), starts_.end(), at) - starts_.begin();
            return {.line = std::size_t(line) + 1,
                    .column = at - (line == 0 ? 0 : starts_[std::size_t(line) - 1]) + 1};
        }

      private:
        std::vector<std::size_t> starts_;
    };

    // Folders, and the options of the feed before: a million feeds share a few thousand.
    struct Folders {
        std::vector<std::string> names{};
        std::optional<std::uint32_t> options{};  // of those in the same folder with the same `category`
        std::string category{};

        void enter(char const* name) {
            names.emplace_back(name);
            options.reset();
        }
        void leave() {
            names.pop_back();
            options.reset();
        }
    };

    // OPML 2.0: outlines with an xmlUrl are feeds; the outlines around them are folders, which become tags.
    // `text` is used up: a list of a million feeds has 170 MB, and a copy would cost as much as the parsing.
    void read_opml(std::string& text) {
        Lines const lines{text};
        feeds_.expect(text.size());
        pugi::xml_document document;
        auto const parsed = document.load_buffer_inplace(text.data(), text.size());
        if (!parsed) {
            report_.mistake(lines.place(parsed.offset),
                            std::string{"no valid OPML: "} + parsed.description());
            return;
        }
        auto const body = document.child("opml").child("body");
        if (!body) {
            report_.mistake({.line = 1, .column = 1}, "no OPML: there is no <opml> with a <body>");
            return;
        }
        constexpr std::size_t kMaxDepth = 100;  // folders in folders
        Folders folders;
        auto node = body.first_child();
        while (node) {
            read_outline(lines, node, folders);
            auto const is_too_deep = folders.names.size() == kMaxDepth;
            if (node.first_child() && !is_too_deep) {
                auto const name = node.attribute("text") ? node.attribute("text") : node.attribute("title");
                folders.enter(name.value());
                node = node.first_child();
                continue;
            }
            if (node.first_child()) {
                pass_over("folders this deep in folders are passed over",
                          [&] { return lines.place(node.offset_debug()); });
            }
            while (node && !node.next_sibling() && !folders.names.empty()) {
                folders.leave();
                node = node.parent();
            }
            node = node.next_sibling();
        }
    }

    void read_outline(Lines const& lines, pugi::xml_node outline, Folders& folders) {
        std::string_view url = outline.attribute("xmlUrl").value();
        if (url.empty()) {
            url = outline.attribute("xmlurl").value();
        }
        if (url.empty()) {
            return;
        }
        auto const* const category = outline.attribute("category").value();
        if (!folders.options || folders.category != category) {
            folders.options = options_in(folders.names, category);
            folders.category = category;
        }
        if (auto const wrong = add(trim(url), folders.options); !wrong.empty()) {
            pass_over(wrong, [&] { return lines.place(outline.offset_debug()); });
        }
    }

    // The number of the options of feeds in these folders and categories.
    std::uint32_t options_in(std::vector<std::string> const& folders, std::string_view categories) {
        auto options = defaults_;
        auto add_tag = [&](std::string_view tag) {
            if (!tag.empty() &&
                std::find(options.tags.begin(), options.tags.end(), tag) == options.tags.end()) {
                options.tags.emplace_back(tag);
            }
        };
        std::for_each(folders.begin(), folders.end(), add_tag);
        for (auto const category : split(categories, ',')) {
            add_tag(trim(category));
        }
        return feeds_.option_number(options);
    }

    // What is wrong with the feed; empty when it was added.
    std::string add(std::string_view url, std::optional<std::uint32_t> options) {
        constexpr std::size_t kMaxShown = 200;  // the "line" may be a whole binary file
        if (!is_feed_url(url) || url.size() > FeedList::kMaxText) {
            return "'" + to_valid_utf8(url.substr(0, kMaxShown)) +
                   "' is no address of a feed and is passed over";
        }
        if (!(options ? feeds_.add(url, *options) : feeds_.add(url))) {
            return "'" + std::string{url} + "' is there already";
        }
        return {};
    }

    // One line among a million is no reason to refuse the others.  `place` is asked only when it is told.
    template <typename Place>
    void pass_over(std::string const& why, Place place) {
        if (++passed_over_ <= kMaxTold) {
            report_.warning(place(), why);
        }
    }

    static constexpr std::size_t kMaxTold = 20;                   // of each file: more would bury the rest
    static constexpr std::uint64_t kMaxListFile = 1'000'000'000;  // ten million feeds

    Report& outer_;
    Report report_;
    FeedOptions const& defaults_;
    FeedList& feeds_;
    std::size_t passed_over_ = 0;
};

// The last good copy, if one was ever fetched.
void read_list_at_url(Report& report, YamlNode const& node, std::string const& url, Settings& settings,
                      FeedOptions const& defaults) {
    if (starts_with_ignoring_case(url, "http://")) {
        report.warning(node, "anyone on the way can change a list that is asked for over http; better https");
    }
    if (std::find(settings.feed_lists.begin(), settings.feed_lists.end(), url) != settings.feed_lists.end()) {
        report.mistake(node, "the list " + url + " stands here a second time");
        return;
    }
    settings.feed_lists.push_back(url);
    auto const found = read_file(list_copy_path(settings.state_dir, url), kMaxForeignList);
    if (auto const* text = std::get_if<std::string>(&found)) {
        FeedFile{report, url, defaults, settings.feeds}.read_foreign(*text);
    }
}

std::vector<std::string> expand_glob(std::string const& pattern) {
    glob_t found{};
    std::vector<std::string> paths;
    if (::glob(pattern.c_str(), 0, nullptr, &found) == 0) {
        paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    }
    ::globfree(&found);
    return paths;
}

}  // namespace

std::string list_copy_path(std::string const& state_dir, std::string_view url) {
    auto const digest = sha256(url);
    constexpr std::size_t kEnough = 16;
    return state_dir + "/lists/" + to_hex({reinterpret_cast<char const*>(digest.data()), kEnough});
}

std::variant<ReadList, ListError> read_list(std::string const& text) {
    Report report;
    ReadList read;
    FeedOptions const defaults;  // outlives the file, which refers to it
    {
        FeedFile file{report, "the list", defaults, read.feeds};
        file.read_foreign(text);
        read.passed_over = file.passed_over();
    }
    if (read.feeds.size() == 0) {
        return ListError{report.warnings.empty() ? "it names no feeds" : report.warnings.front().what};
    }
    return read;
}

void read_feed_files(Report& report, YamlNode const& list, FeedOptions const& defaults, Settings& settings,
                     std::vector<FeedPlace>& named_sinks) {
    if (list.kind != YamlNode::Kind::list) {
        report.mistake(list,
                       std::string{"'feed_files' must be a list of files, but is "} + list.kind_in_words());
        return;
    }
    for (auto const& node : list.items) {
        std::string missing;
        auto const written = expand(node.text, missing);
        if (!written) {
            report.mistake(node, "'feed_files' uses ${" + missing + "}, which is not set in the environment");
            continue;
        }
        if (written->empty()) {
            report.mistake(node, std::string{"'feed_files' must be a list of files, but this is "} +
                                     (node.kind == YamlNode::Kind::scalar ? "empty" : node.kind_in_words()));
            continue;
        }
        if (starts_with_ignoring_case(*written, "https://") ||
            starts_with_ignoring_case(*written, "http://")) {
            read_list_at_url(report, node, *written, settings, defaults);
            continue;
        }
        auto const pattern = absolute_path(report.folder, *written);
        settings.feed_files.push_back(pattern);
        auto const is_glob = pattern.find_first_of("*?[") != std::string::npos;
        auto const paths = is_glob ? expand_glob(pattern) : std::vector<std::string>{pattern};
        if (paths.empty()) {
            report.warning(node, "no file matches " + pattern);
        }
        for (auto const& path : paths) {
            FeedFile{report, path, defaults, settings.feeds}.read(node, named_sinks);
        }
    }
}

}  // namespace newswired::config
