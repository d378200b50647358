// How fast feeds are read: newswired_bench_parse FOLDER [SECONDS [WAY]]
//
// Every file of FOLDER again and again, each way for SECONDS (2), in turns, best turn (of processor time)
// counts: bare pugixml and expat for comparison (they give a tree or events, no items), ours from bytes to
// items, ours with every body sanitised. With WAY, only those whose names hold it: for a profiler.

#include "feeds/parse.hpp"
#include "articles/body/sanitize.hpp"
#include "bench/folder.hpp"

#include <pugixml.hpp>
#ifdef NEWSWIRED_BENCH_EXPAT
#include <expat.h>
#endif

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace newswired;
using Clock = std::chrono::steady_clock;

// What is counted is printed, so that no compiler finds the work needless.
std::size_t with_pugixml(std::string const& bytes) {
    pugi::xml_document document;
    auto const result = document.load_buffer(bytes.data(), bytes.size());
    return result ? 1 : 0;
}

std::size_t to_items(std::string const& bytes) {
    auto const feed = feeds::parse({.bytes = bytes, .url = "https://news.example/feed"});
    return feed ? feed->items.size() : 0;
}

std::size_t to_sanitized(std::string const& bytes) {
    auto const feed = feeds::parse({.bytes = bytes, .url = "https://news.example/feed"});
    std::size_t size = 0;
    if (feed) {
        for (auto const& item : feed->items) {
            size += articles::to_html(item.content, articles::Policy::article).size();
        }
    }
    return size;
}

#ifdef NEWSWIRED_BENCH_EXPAT
std::size_t with_expat(std::string const& bytes) {
    std::size_t elements = 0;
    auto* const parser = XML_ParserCreateNS(nullptr, ' ');
    XML_SetUserData(parser, &elements);
    XML_SetElementHandler(
        parser, [](void* count, XML_Char const*, XML_Char const**) { ++*static_cast<std::size_t*>(count); },
        [](void*, XML_Char const*) {});
    XML_SetCharacterDataHandler(parser, [](void*, XML_Char const*, int) {});
    XML_Parse(parser, bytes.data(), static_cast<int>(bytes.size()), 1);
    XML_ParserFree(parser);
    return elements;
}
#endif

struct Way {
    char const* name;
    std::size_t (*run)(std::string const& bytes);
    double best_seconds = 1e9;  // of one round over all documents
    std::size_t counted = 0;
};

void run_once(Way& way, std::vector<std::string> const& documents) {
    way.counted = 0;
    auto const start = std::clock();
    for (auto const& document : documents) {
        way.counted += way.run(document);
    }
    auto const taken = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    way.best_seconds = std::min(way.best_seconds, taken);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: newswired_bench_parse FOLDER [SECONDS [WAY]]\n", stderr);
        return 2;
    }
    auto const documents = bench::read_folder(argv[1]);
    auto const limit = std::chrono::duration<double>{argc > 2 ? std::strtod(argv[2], nullptr) : 2.0};
    std::size_t bytes = 0;
    for (auto const& document : documents) {
        bytes += document.size();
    }
    std::vector<Way> ways{{.name = "pugixml, tree only", .run = with_pugixml},
#ifdef NEWSWIRED_BENCH_EXPAT
                          {.name = "expat, events only", .run = with_expat},
#endif
                          {.name = "newswired, to items", .run = to_items},
                          {.name = "newswired, to sanitised bodies", .run = to_sanitized}};
    if (argc > 3) {
        std::erase_if(ways, [&](Way const& way) {
            return std::string_view{way.name}.find(argv[3]) == std::string_view::npos;
        });
    }
    for (auto const start = Clock::now(); Clock::now() - start < limit * static_cast<double>(ways.size());) {
        for (auto& way : ways) {
            run_once(way, documents);
        }
    }
    std::printf("%zu documents, %.1f MB\n", documents.size(), static_cast<double>(bytes) / 1e6);
    for (auto const& way : ways) {
        std::printf("%-32s %7.1f MB/s %9.0f feeds/s  %.2f x pugixml  (%zu)\n", way.name,
                    static_cast<double>(bytes) / way.best_seconds / 1e6,
                    static_cast<double>(documents.size()) / way.best_seconds,
                    ways.front().best_seconds / way.best_seconds, way.counted);
    }
    return 0;
}
