// What feeds cost while they rest, by part, and what a start with them takes; without network and store.
//
//     build/bench/newswired_bench_roster [FEEDS]
//
// Prints resident bytes a feed and CPU milliseconds (user and kernel).  "list beside URLs" and "schedule" are
// what counts beside the text of the URLs; a poller adds 4 bytes, the feed's number in the list.

#include "config/feed_list.hpp"
#include "core/heap.hpp"
#include "daemon/schedule/schedule.hpp"

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace {

using newswired::milliseconds;
using newswired::SteadyTime;
using newswired::config::FeedList;
using newswired::daemon::Schedule;

constexpr milliseconds kHour{3'600'000};

double own_bytes() {
    newswired::heap::give_back();
    std::ifstream rollup{"/proc/self/smaps_rollup"};
    for (std::string line; std::getline(rollup, line);) {
        if (line.starts_with("Anonymous:")) {
            return std::strtod(line.c_str() + line.find(':') + 1, nullptr) * 1024;
        }
    }
    return 0;
}

double cpu_ms() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    auto const ms = [](timeval const& time) {
        return double(time.tv_sec) * 1000 + double(time.tv_usec) / 1000;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

// What the step takes and leaves in memory, less `elsewhere` bytes that are counted elsewhere.
template <typename Step>
void measure(char const* name, std::size_t feeds, Step step) {
    auto const memory = own_bytes();
    auto const start = cpu_ms();
    double const elsewhere = step();
    auto const cpu = cpu_ms() - start;
    std::printf("%-18s %8.1f %10.1f\n", name, (own_bytes() - memory - elsewhere) / double(feeds), cpu);
}

std::string url(std::size_t feed) {
    constexpr std::size_t kHosts = 40'000;
    return "https://site-" + std::to_string(feed % kHosts) + ".example/" + std::to_string(feed) + "/feed.xml";
}

}  // namespace

int main(int count, char** arguments) {
    auto const feeds = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 1'000'000;
    std::printf("%-18s %8s %10s\n", "", "bytes", "cpu ms");
    FeedList list;
    measure("list beside URLs", feeds, [&] {
        double text = 0;
        for (std::size_t feed = 0; feed < feeds; ++feed) {
            auto const address = url(feed);
            text += double(address.size());
            list.add(address);
        }
        list.seal();
        return text;
    });
    measure("finding each", feeds, [&] {
        std::size_t found = 0;
        for (std::size_t feed = 0; feed < feeds; ++feed) {
            found += list.find(list.id(feed)) == feed ? 1 : 0;
        }
        return found == feeds ? 0.0 : 1e9;
    });
    measure("reading each", feeds, [&] {
        std::size_t bytes = 0;
        for (std::size_t feed = 0; feed < feeds; ++feed) {
            bytes += list.url(feed).size() + list.options(feed).tags.size();
        }
        return bytes > 0 ? 0.0 : 1e9;
    });
    SteadyTime const start{};
    Schedule schedule{
        {.connections = 4, .delay = milliseconds{0}}, start, [](Schedule::Feed feed) { return feed % 250; }};
    auto const rest = [&](Schedule::Feed feed, SteadyTime from) {
        schedule.rest(feed, from + milliseconds{feed * 7919LL % kHour.count()});
    };
    measure("schedule", feeds, [&] {
        for (std::size_t feed = 0; feed < feeds; ++feed) {
            schedule.resize(feed + 1);
            rest(Schedule::Feed(feed), start);
        }
        return 0.0;
    });
    measure("a round of it", feeds, [&] {
        for (auto now = start; now < start + kHour; now += milliseconds{50}) {
            for (auto ready = schedule.take_ready(now, 64); !ready.empty();
                 ready = schedule.take_ready(now, 64)) {
                for (auto const& one : ready) {
                    schedule.answered(one.host);
                    schedule.rest(one.feed, now + kHour);
                }
            }
        }
        return 0.0;
    });
}
