// feed_files: lists of feeds in files of their own: OPML, YAML, or a URL a line.

#include "config/sections.hpp"
#include "core/text.hpp"

#include <pugixml.hpp>

#include <glob.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

namespace newswired::config {
namespace {

// What one file says, with mistakes that name the file.
class FeedFile {
  public:
    FeedFile(Report& outer, std::string path, FeedOptions const& defaults, FeedList& feeds)
        : outer_{outer}, defaults_{defaults}, feeds_{feeds} {
        report_.file = std::move(path);
        report_.folder = report_.file.substr(0, report_.file.rfind('/'));
    }
    ~FeedFile() {
        std::move(report_.mistakes.begin(), report_.mistakes.end(), std::back_inserter(outer_.mistakes));
        std::move(report_.warnings.begin(), report_.warnings.end(), std::back_inserter(outer_.warnings));
    }
    FeedFile(FeedFile const&) = delete;
    FeedFile& operator=(FeedFile const&) = delete;

    void read(YamlNode const& named_at, std::vector<FeedPlace>& named_sinks) {
        std::ifstream in{report_.file, std::ios::binary};
        std::string text;
        if (in) {
            text.assign(std::istreambuf_iterator<char>{in}, {});
        }
        if (!in) {
            outer_.mistake(named_at, report_.file + " can't be read");
        } else if (report_.file.ends_with(".opml") || report_.file.ends_with(".xml")) {
            read_opml(text);
        } else if (report_.file.ends_with(".yaml") || report_.file.ends_with(".yml")) {
            read_yaml(text, named_sinks);
        } else {
            read_lines(text);
        }
    }

  private:
    void read_lines(std::string_view text) {
        std::size_t number = 0;
        for (std::size_t start = 0; start < text.size();) {
            auto const end = std::min(text.find('\n', start), text.size());
            auto const line = trim(text.substr(start, end - start));
            start = end + 1;
            ++number;
            if (!line.empty() && line.front() != '#') {
                add(line, {}, {.line = number, .column = 1});
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

    // OPML 2.0: outlines with an xmlUrl are feeds; the outlines around them are folders, which become tags.
    void read_opml(std::string const& text) {
        pugi::xml_document document;
        auto const parsed = document.load_buffer(text.data(), text.size());
        if (!parsed) {
            auto const offset = std::min<std::size_t>(std::size_t(parsed.offset), text.size());
            auto const line =
                std::size_t(std::count(text.begin(), text.begin() + std::ptrdiff_t(offset), '\n')) + 1;
            report_.mistake({.line = line, .column = 1},
                            std::string{"no valid OPML: "} + parsed.description());
            return;
        }
        auto const body = document.child("opml").child("body");
        if (!body) {
            report_.mistake({.line = 1, .column = 1}, "no OPML: there is no <opml> with a <body>");
            return;
        }
        constexpr std::size_t kMaxDepth = 100;  // folders in folders
        std::vector<std::string> folders;
        auto node = body.first_child();
        while (node) {
            read_outline(node, folders);
            if (node.first_child() && folders.size() < kMaxDepth) {
                folders.emplace_back(node.attribute("text").value());
                node = node.first_child();
                continue;
            }
            while (node && !node.next_sibling() && !folders.empty()) {
                folders.pop_back();
                node = node.parent();
            }
            node = node.next_sibling();
        }
    }

    void read_outline(pugi::xml_node outline, std::vector<std::string> const& folders) {
        std::string_view url = outline.attribute("xmlUrl").value();
        if (url.empty()) {
            url = outline.attribute("xmlurl").value();
        }
        if (url.empty()) {
            return;
        }
        auto options = defaults_;
        auto add_tag = [&](std::string_view tag) {
            if (!tag.empty() &&
                std::find(options.tags.begin(), options.tags.end(), tag) == options.tags.end()) {
                options.tags.emplace_back(tag);
            }
        };
        std::for_each(folders.begin(), folders.end(), add_tag);
        for (auto const category : split(outline.attribute("category").value(), ',')) {
            add_tag(trim(category));
        }
        add(trim(url), options.tags == defaults_.tags ? std::nullopt : std::optional{options},
            {.line = 0, .column = 0});
    }

    void add(std::string_view url, std::optional<FeedOptions> const& options, YamlNode const& place) {
        constexpr std::size_t kMaxWarnings = 20;
        std::string wrong;
        if (!is_feed_url(url)) {
            wrong = "'" + std::string{url} + "' is no address of a feed and is passed over";
        } else if (!(options ? feeds_.add(url, {}, *options) : feeds_.add(url))) {
            wrong = "'" + std::string{url} + "' is there already";
        }
        if (!wrong.empty() && report_.warnings.size() < kMaxWarnings) {
            report_.warning(place, wrong);
        }
    }

    Report& outer_;
    Report report_;
    FeedOptions const& defaults_;
    FeedList& feeds_;
};

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

void read_feed_files(Report& report, YamlNode const& list, FeedOptions const& defaults, FeedList& feeds,
                     std::vector<FeedPlace>& named_sinks) {
    if (list.kind != YamlNode::Kind::list) {
        report.mistake(list,
                       std::string{"'feed_files' must be a list of files, but is "} + list.kind_in_words());
        return;
    }
    for (auto const& node : list.items) {
        if (starts_with_ignoring_case(node.text, "https://") ||
            starts_with_ignoring_case(node.text, "http://")) {
            report.unbuilt(node, "a list of feeds at a URL");
            continue;
        }
        auto const pattern = absolute_path(report.folder, node.text);
        auto const is_glob = pattern.find_first_of("*?[") != std::string::npos;
        auto const paths = is_glob ? expand_glob(pattern) : std::vector<std::string>{pattern};
        if (paths.empty()) {
            report.warning(node, "no file matches " + pattern);
        }
        for (auto const& path : paths) {
            FeedFile{report, path, defaults, feeds}.read(node, named_sinks);
        }
    }
}

}  // namespace newswired::config
