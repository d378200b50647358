#include "bench/schedule/trace.hpp"

#include "feeds/parse.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

namespace newswired::bench {
namespace {

using Random = std::mt19937_64;

// What is published at each hour of the day, of all feeds that show it: for those that don't.
using Hours = std::array<double, 24>;

struct Document {
    std::string name{};
    std::vector<Minute> dates{};  // in order, the last one as old as it may be
    std::size_t items = 0;
    bool has_times = true;  // else only days
};

std::optional<Document> read(std::filesystem::path const& path) {
    std::ifstream file{path, std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    auto const feed = feeds::parse({.bytes = std::move(bytes), .url = "https://news.example/feed"});
    if (!feed) {
        return {};
    }
    Document document{.name = path.filename().string(), .items = feed->items.size()};
    std::size_t at_midnight = 0;
    for (auto const& item : feed->items) {
        if (item.date_published && *item.date_published > SystemTime{}) {
            auto const since = *item.date_published - kBeginning;
            document.dates.push_back(std::chrono::duration<double, std::ratio<60>>{since}.count());
            at_midnight += std::fmod(document.dates.back(), kDay) == 0;
        }
    }
    constexpr std::size_t kLeastDates = 5;
    if (document.dates.size() < kLeastDates) {
        return {};
    }
    document.has_times = at_midnight * 2 < document.dates.size();
    std::sort(document.dates.begin(), document.dates.end());
    // What is older than half a year before the last tells of another time.
    std::erase_if(document.dates,
                  [last = document.dates.back()](Minute date) { return last - date > 180 * kDay; });
    return document;
}

double hour_of(Minute minute) {
    return std::fmod(std::fmod(minute, kDay) + kDay, kDay) / 60;
}

Hours hours_of(std::vector<Document> const& documents) {
    Hours hours{};
    hours.fill(1);
    for (auto const& document : documents) {
        for (auto const date : document.dates) {
            hours[std::size_t(hour_of(date))] += document.has_times ? 1 / double(document.dates.size()) : 0;
        }
    }
    return hours;
}

Minute some_time_of_day(Hours const& hours, Random& random) {
    std::discrete_distribution<int> hour{hours.begin(), hours.end()};
    return hour(random) * 60 + std::uniform_real_distribution{0.0, 60.0}(random);
}

// Whole days, drawn from those that the document shows: the same weekday, its articles at their times, give
// or take some minutes where they are not at a round one.
std::vector<Minute> draw_days(Document const& document, Hours const& hours, Span span, Random& random) {
    auto const first = std::int64_t(std::floor(document.dates.front() / kDay));
    auto const last = std::int64_t(std::floor(document.dates.back() / kDay));
    std::map<std::int64_t, std::vector<Minute>> days;
    for (auto const date : document.dates) {
        days[std::int64_t(std::floor(date / kDay))].push_back(date);
    }
    std::vector<Minute> times;
    std::normal_distribution<double> about{0, 10};
    for (auto day = std::int64_t(span.from / kDay); double(day) * kDay < span.to; ++day) {
        auto const weekday = ((day - first) % 7 + 7) % 7;
        auto const weeks = (last - first - weekday) / 7;
        auto const pick = first + weekday + 7 * std::uniform_int_distribution<std::int64_t>{0, weeks}(random);
        auto const found = days.find(pick);
        if (found == days.end()) {
            continue;
        }
        for (auto const date : found->second) {
            auto time = date - double(pick) * kDay;
            if (!document.has_times) {
                time = some_time_of_day(hours, random);
            } else if (std::fmod(time, 5) >= 1) {
                time = std::clamp(time + about(random), 0.0, kDay - 1);
            }
            times.push_back(double(day) * kDay + time);
        }
    }
    return times;
}

// The gaps between the articles, in an order drawn, at the pace of the hour.
std::vector<Minute> draw_gaps(Document const& document, Hours const& hours, Span span, Random& random) {
    std::vector<double> gaps;
    for (std::size_t i = 1; i < document.dates.size(); ++i) {
        gaps.push_back(document.dates[i] - document.dates[i - 1]);
    }
    double mean = 0;
    for (auto const share : hours) {
        mean += share / 24;
    }
    std::vector<Minute> times;
    std::uniform_int_distribution<std::size_t> pick{0, gaps.size() - 1};
    auto time = span.from;
    while (time < span.to) {
        // A tenth of a minute at least: a whole document of one instant would never end.
        auto rest = std::max(gaps[pick(random)], 0.1);
        while (rest > 0 && time < span.to) {
            auto const pace = hours[std::size_t(hour_of(time))] / mean;
            auto const until_hour = 60 - std::fmod(std::fmod(time, 60) + 60, 60) + 1e-6;
            auto const step = std::min(rest / pace, until_hour);
            rest -= step * pace;
            time += step;
        }
        times.push_back(time);
    }
    return times;
}

}  // namespace

std::vector<Trace> real_traces(std::filesystem::path const& folder, Span span, Random& random) {
    std::vector<std::filesystem::path> paths;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (entry.is_regular_file()) {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    std::vector<Document> documents;
    for (auto const& path : paths) {
        if (auto document = read(path)) {
            documents.push_back(std::move(*document));
        }
    }
    auto const hours = hours_of(documents);
    std::vector<Trace> traces;
    for (auto const& document : documents) {
        auto const shown = document.dates.back() - document.dates.front();
        if (shown <= 60) {
            continue;  // the hour in which the document was made: it shows nothing
        }
        Trace trace{.name = document.name, .window = document.items};
        trace.articles = shown >= 14 * kDay ? draw_days(document, hours, span, random)
                                            : draw_gaps(document, hours, span, random);
        std::sort(trace.articles.begin(), trace.articles.end());
        traces.push_back(std::move(trace));
    }
    return traces;
}

}  // namespace newswired::bench
