// How fast articles are cleaned: newswired_bench_clean FOLDER [SECONDS [WAY]]
//
// Every body of every feed in FOLDER again and again, each way for SECONDS (2), in turns, best turn counts.
// A body is what an article's content is made of.  Each way prints a digest of all that it made: what is to
// be faster and nothing else must leave it as it was.  With WAY, only those whose names hold it: for a
// profiler.

#include "articles/clean.hpp"
#include "articles/body/sanitize.hpp"
#include "articles/identity/fingerprint.hpp"
#include "articles/identity/h1_text.hpp"
#include "articles/record.hpp"
#include "bench/folder.hpp"
#include "core/hash.hpp"
#include "feeds/parse.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace newswired;
using Clock = std::chrono::steady_clock;

struct Feed {
    feeds::ParsedFeed document;
    std::vector<std::string> sanitized{};
};

feeds::Text const& body_of(feeds::ParsedItem const& item) {
    return item.content.empty() ? item.summary : item.content;
}

std::vector<Feed> read_feeds(std::string const& folder) {
    std::vector<Feed> feeds;
    for (auto const& bytes : bench::read_folder(folder)) {
        auto parsed = feeds::parse({.bytes = bytes, .url = "https://news.example/feed"});
        if (!parsed) {
            continue;
        }
        feeds.push_back({.document = std::move(*parsed)});
        for (auto const& item : feeds.back().document.items) {
            feeds.back().sanitized.push_back(articles::to_html(body_of(item), articles::Policy::article));
        }
    }
    return feeds;
}

std::uint64_t sanitise(Feed const& feed, std::uint64_t digest) {
    for (auto const& item : feed.document.items) {
        digest = xxh3(articles::to_html(body_of(item), articles::Policy::article), digest);
    }
    return digest;
}

std::uint64_t sanitise_faithfully(Feed const& feed, std::uint64_t digest) {
    for (auto const& item : feed.document.items) {
        digest = xxh3(articles::to_html(body_of(item), articles::Policy::faithful), digest);
    }
    return digest;
}

std::uint64_t to_text(Feed const& feed, std::uint64_t digest) {
    for (auto const& html : feed.sanitized) {
        digest = xxh3(articles::to_readable_text(html), digest);
    }
    return digest;
}

std::uint64_t fingerprints(Feed const& feed, std::uint64_t digest) {
    for (auto const& item : feed.document.items) {
        auto const fingerprint = articles::fingerprint(item);
        digest =
            xxh3({reinterpret_cast<char const*>(fingerprint.hash.data()), fingerprint.hash.size()}, digest);
    }
    return digest;
}

std::uint64_t records(Feed const& feed, std::uint64_t digest) {
    articles::FeedInfo const info{.name = "news", .url = "https://news.example/feed", .title = "News"};
    for (auto const& item : feed.document.items) {
        digest = xxh3(articles::record_body(info, articles::clean(feed.document, item), Sha256{}), digest);
    }
    return digest;
}

struct Way {
    char const* name;
    std::uint64_t (*run)(Feed const& feed, std::uint64_t digest);
    double best_seconds = 1e9;  // of one round over all feeds
    std::uint64_t digest = 0;
};

void run_once(Way& way, std::vector<Feed> const& feeds) {
    way.digest = 0;
    auto const start = Clock::now();
    for (auto const& feed : feeds) {
        way.digest = way.run(feed, way.digest);
    }
    std::chrono::duration<double> const taken = Clock::now() - start;
    way.best_seconds = std::min(way.best_seconds, taken.count());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: newswired_bench_clean FOLDER [SECONDS [WAY]]\n", stderr);
        return 2;
    }
    auto const feeds = read_feeds(argv[1]);
    auto const limit = std::chrono::duration<double>{argc > 2 ? std::strtod(argv[2], nullptr) : 2.0};
    std::size_t bodies = 0;
    std::size_t bytes = 0;
    for (auto const& feed : feeds) {
        for (auto const& item : feed.document.items) {
            ++bodies;
            bytes += body_of(item).value.size();
        }
    }
    std::vector<Way> ways{{.name = "sanitise", .run = sanitise},
                          {.name = "sanitise faithfully", .run = sanitise_faithfully},
                          {.name = "readable text of it", .run = to_text},
                          {.name = "fingerprint", .run = fingerprints},
                          {.name = "whole record", .run = records}};
    if (argc > 3) {
        std::erase_if(ways, [&](Way const& way) {
            return std::string_view{way.name}.find(argv[3]) == std::string_view::npos;
        });
    }
    for (auto const start = Clock::now(); Clock::now() - start < limit * static_cast<double>(ways.size());) {
        for (auto& way : ways) {
            run_once(way, feeds);
        }
    }
    std::printf("%zu bodies, %.1f MB\n", bodies, static_cast<double>(bytes) / 1e6);
    for (auto const& way : ways) {
        std::printf("%-24s %7.1f MB/s %9.0f bodies/s  digest %016llx\n", way.name,
                    static_cast<double>(bytes) / way.best_seconds / 1e6,
                    static_cast<double>(bodies) / way.best_seconds,
                    static_cast<unsigned long long>(way.digest));
    }
    return 0;
}
