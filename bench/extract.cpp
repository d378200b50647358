// How fast pages become articles: newswired_bench_extract FOLDER [SECONDS [WAY]]
//
// Every .html file below FOLDER again and again, each way for SECONDS (2) of CPU time, in turns, the best
// turn counts: trees of gumbo and libxml2 beside ours, then whole extraction.  The slowest page is told as
// well, since one page holds up a worker.  With WAY, only those whose names hold it: for a profiler.

#include "articles/page/extract.hpp"
#include "articles/page/tree/tree.hpp"
#include "core/text.hpp"

#ifdef NEWSWIRED_BENCH_GUMBO
#include <gumbo.h>
#endif
#ifdef NEWSWIRED_BENCH_LIBXML2
#include <libxml/HTMLparser.h>
#endif

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace newswired;

// CPU time: unlike the wall's, it bears a busy machine.
double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

std::vector<std::string> read_pages(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> paths;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (entry.path().extension() == ".html") {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> pages;
    for (auto const& path : paths) {
        std::ifstream file{path, std::ios::binary};
        pages.push_back(to_valid_utf8(std::string{std::istreambuf_iterator<char>{file}, {}}));
    }
    return pages;
}

// What is counted is printed, so that no compiler finds the work needless.
std::size_t to_tree(std::string const& page) {
    return articles::page::Tree{page}.size();
}

std::size_t to_article(std::string const& page) {
    return articles::page::extract(page, "https://news.example/a", "text/html; charset=utf-8")
        .content_text.size();
}

#ifdef NEWSWIRED_BENCH_GUMBO
std::size_t with_gumbo(std::string const& page) {
    auto* const output = gumbo_parse_with_options(&kGumboDefaultOptions, page.data(), page.size());
    auto const children = output->root->v.element.children.length;
    gumbo_destroy_output(&kGumboDefaultOptions, output);
    return children;
}
#endif

#ifdef NEWSWIRED_BENCH_LIBXML2
std::size_t with_libxml2(std::string const& page) {
    auto* const document = htmlReadMemory(page.data(), static_cast<int>(page.size()), nullptr, "utf-8",
                                          HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
    xmlFreeDoc(document);
    return document == nullptr ? 0 : 1;
}
#endif

struct Way {
    char const* name;
    std::size_t (*run)(std::string const& page);
    double best_seconds = 1e9;  // of one round over all pages
    double slowest_page = 0;    // in its best round
    std::size_t counted = 0;
};

void run_once(Way& way, std::vector<std::string> const& pages) {
    way.counted = 0;
    auto slowest = 0.0;
    auto const start = cpu_seconds();
    auto before = start;
    for (auto const& page : pages) {
        way.counted += way.run(page);
        auto const now = cpu_seconds();
        slowest = std::max(slowest, now - before);
        before = now;
    }
    if (before - start < way.best_seconds) {
        way.best_seconds = before - start;
        way.slowest_page = slowest;
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: newswired_bench_extract FOLDER [SECONDS [WAY]]\n", stderr);
        return 2;
    }
    auto const pages = read_pages(argv[1]);
    auto const seconds = argc > 2 ? std::strtod(argv[2], nullptr) : 2.0;
    std::size_t bytes = 0;
    for (auto const& page : pages) {
        bytes += page.size();
    }
    std::vector<Way> ways{
#ifdef NEWSWIRED_BENCH_GUMBO
        {.name = "gumbo, tree only", .run = with_gumbo},
#endif
#ifdef NEWSWIRED_BENCH_LIBXML2
        {.name = "libxml2, tree only", .run = with_libxml2},
#endif
        {.name = "newswired, tree only", .run = to_tree},
        {.name = "newswired, article", .run = to_article}};
    if (argc > 3) {
        std::erase_if(ways, [&](Way const& way) {
            return std::string_view{way.name}.find(argv[3]) == std::string_view::npos;
        });
    }
    for (auto const end = cpu_seconds() + seconds * double(ways.size()); cpu_seconds() < end;) {
        for (auto& way : ways) {
            run_once(way, pages);
        }
    }
    std::printf("%zu pages, %.1f MB\n", pages.size(), double(bytes) / 1e6);
    for (auto const& way : ways) {
        std::printf("%-24s %7.1f MB/s %8.0f pages/s  slowest %6.1f ms  (%zu)\n", way.name,
                    double(bytes) / way.best_seconds / 1e6, double(pages.size()) / way.best_seconds,
                    way.slowest_page * 1e3, way.counted);
    }
    return 0;
}
