#include "cli/extract_site.hpp"

#include "articles/site/body.hpp"
#include "cli/batch.hpp"
#include "cli/page_item.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

namespace newswired::cli {
namespace {

struct Source {
    std::string url{};
    std::string file{};
};

struct Entry {
    Error error{};
    std::string site{};
    articles::page::Page page{};
    articles::Article article{};
    articles::site::Sighting sighting{};
};

bool is_page(std::filesystem::path const& file) {
    auto const extension = to_lower(file.extension().string());
    return extension == ".html" || extension == ".htm" || extension == ".xhtml";
}

std::vector<Source> files_in(std::string const& folder, std::error_code& failed) {
    std::vector<Source> sources;
    for (auto const& entry : std::filesystem::directory_iterator{folder, failed}) {
        if (is_page(entry.path())) {
            sources.push_back({.file = entry.path().string()});
        }
    }
    std::sort(sources.begin(), sources.end(), [](auto const& a, auto const& b) { return a.file < b.file; });
    return sources;
}

std::vector<Source> lines_of(std::string_view list) {
    std::vector<Source> sources;
    for (auto line : split(list, '\n')) {
        line = trim(line);
        auto const tab = line.find('\t');
        if (tab != std::string_view::npos) {
            auto const fields = split(line, '\t');
            sources.push_back({.url = std::string{fields[0]}, .file = std::string{fields[1]}});
        }
    }
    return sources;
}

Entry read(Source const& source) {
    Entry entry;
    auto bytes = read_input(source.file);
    if (!bytes) {
        entry.error = bytes.error();
        return entry;
    }
    entry.page = articles::page::extract(std::move(*bytes), source.url);
    auto const& about = entry.page.about;
    entry.article.url = about.url.empty() ? source.url : about.url;
    entry.article.title = about.title;
    entry.article.content_html = entry.page.content_html;
    entry.article.content_text = entry.page.content_text;
    entry.article.authors = about.authors;
    entry.article.tags = about.tags;
    entry.article.body_from = "page";
    entry.site = articles::site::name_of(source.url);  // none: all pages of a folder are of one site
    entry.sighting = articles::site::survey(entry.article);
    return entry;
}

std::string answer(Entry& entry, articles::site::SiteMemory const& memory) {
    if (entry.error) {
        std::string out;
        JsonWriter json{out};
        json.open_object();
        json.member("error", entry.error.message());
        json.close_object();
        return out;
    }
    auto const removed = articles::site::clean(entry.article, entry.sighting, memory);
    entry.page.content_html = std::move(entry.article.content_html);
    entry.page.content_text = std::move(entry.article.content_text);
    return page_to_item(entry.page, removed);
}

int fail(std::string const& place, std::string const& reason) {
    std::fprintf(stderr, "newswired: %s: %s\n", place.c_str(), reason.c_str());
    return 1;
}

}  // namespace

int extract_site(std::string const& place) {
    std::vector<Source> sources;
    std::error_code failed;
    if (std::filesystem::is_directory(place, failed)) {
        sources = files_in(place, failed);
        if (failed) {
            return fail(place, failed.message());
        }
    } else {
        auto const list = read_input(place);
        if (!list) {
            return fail(place, list.error().message());
        }
        sources = lines_of(*list);
    }
    std::map<std::string, articles::site::SiteMemory> memories;
    std::vector<Entry> entries;
    entries.reserve(sources.size());
    for (auto const& source : sources) {
        auto const& entry = entries.emplace_back(read(source));
        memories[entry.site].learn(entry.sighting);
    }
    for (auto& entry : entries) {
        auto const line = answer(entry, memories[entry.site]) + '\n';
        std::fwrite(line.data(), 1, line.size(), stdout);
    }
    return std::fflush(stdout) == 0 ? 0 : 1;
}

}  // namespace newswired::cli
