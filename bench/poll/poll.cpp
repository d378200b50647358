// What a poll costs: newswired_bench_poll [POLLS [WAY [ROUNDS]]]
//
// Polls a server of its own (server.hpp, another process), and prints the CPU time of the client's side for
// each poll: user and kernel, all threads, state and re-scheduling included.  The clients are
//
//     raw        epoll and nothing else (raw_client.hpp)
//     libraries  Asio, Beast and RocksDB and nothing else (library_client.hpp): what they cost by themselves
//     newswired  scheduler, pass, HTTP client, parser, RocksDB in memory, as the daemon runs them
//     OpenSSL    handshakes over TLS and nothing else (raw_tls_client.hpp)
//     curl       curl -Z, a process of its own
//     wrk        wrk, likewise, which keeps no state and looks at nothing
//
// each for a cold 304 (new TCP connection) and for a document of 30 kB that says nothing new; newswired over
// TLS too, with full and with resumed handshakes, and with ten thousand hosts over a restart.  With WAY, only
// those whose names hold it: for a profiler. Two runs that differ in POLLS alone tell the instructions of a
// poll: the start costs the same in both.
//
// A machine that others use as well runs twice as slow in one minute as in the next, so the ways take turns
// for ROUNDS rounds, and each is compared with the first of its kind within the same round.  Printed are
// medians, and the lowest and the highest ratio.  Caches that others keep cold cost a large program more than
// a small one: on a busy machine the lowest ratio says most.

#include "bench/poll/library_client.hpp"
#include "bench/poll/raw_client.hpp"
#include "bench/poll/raw_tls_client.hpp"
#include "bench/poll/server.hpp"
#include "core/clock.hpp"
#include "daemon/io_thread.hpp"
#include "daemon/plan.hpp"
#include "http/beast_client.hpp"
#include "storage/rocks_store.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace newswired;

constexpr std::size_t kParallel = 64;

// Feeds, each on a host of its own: more than connections are kept.
std::size_t host_count(std::size_t polls) {
    return std::clamp<std::size_t>(polls / 10, 200, 2'000);
}

double seconds_of(rusage const& usage) {
    auto const one = [](timeval const& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return one(usage.ru_utime) + one(usage.ru_stime);
}

double cpu_of_this_process() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return seconds_of(usage);
}

std::string url_of(std::string const& scheme, std::uint16_t port, std::size_t host, std::string const& path) {
    return scheme + "://h" + std::to_string(host) + ".bench.example:" + std::to_string(port) + path;
}

std::string url_of_address(std::uint16_t port, std::size_t host, std::string const& path) {
    auto const address = boost::asio::ip::address_v4{bench::address_of_host(host)};
    return "http://" + address.to_string() + ":" + std::to_string(port) + path;
}

/// The address of "h12.bench.example" is that of host 12.
Result<http::Addresses> look_up(std::string const& name) {
    auto const host = std::strtoul(name.c_str() + 1, nullptr, 10);
    return http::Addresses{boost::asio::ip::address_v4{bench::address_of_host(host)}};
}

/// What one way came to: microseconds of CPU a poll.
struct Cost {
    std::string name{};
    double microseconds = 0;
    std::string remark{};
};

/// The daemon's polling, without its sinks.
class Newswired {
  public:
    Newswired(std::string const& scheme, std::uint16_t port, std::string const& path, std::size_t hosts,
              std::string const& folder, std::shared_ptr<http::SharedNetwork> const& network) {
        config::Settings settings;
        settings.fetch.host_delay = milliseconds{0};
        settings.fetch.allow_addresses = {{"127.0.0.0/8"}};
        settings.fetch.contact = "https://bot.example/about";
        config::FeedOptions often;
        often.interval = often.min_interval = milliseconds{1};
        settings.feeds.set_defaults(often);
        for (std::size_t host = 0; host < hosts; ++host) {
            settings.feeds.add(url_of(scheme, port, host, path));
        }
        settings.feeds.seal();
        std::filesystem::remove_all(folder);
        store_ = std::move(storage::open_rocks_store({.path = folder}, clock_).value());
        http::BeastClientOptions options{
            .contact = settings.fetch.contact, .allow_addresses = {"127.0.0.0/8"}, .clock = &clock_};
        auto make_client = [network, options](boost::asio::io_context& context,
                                              std::size_t connections_max) mutable {
            options.connections_max = connections_max;
            return std::make_unique<http::BeastClient>(context.get_executor(), network, options);
        };
        plan_ = std::make_shared<daemon::Plan const>(std::move(settings));
        thread_ =
            std::make_unique<daemon::IoThread>(make_client, *store_, workers_, clock_, budget_, nullptr,
                                               desks_, "newswired", daemon::PollMode::keep_going, kParallel);
        std::vector<daemon::Assignment> feeds(hosts);
        for (std::size_t host = 0; host < hosts; ++host) {
            feeds[host].feed = std::uint32_t(host);
        }
        thread_->start(plan_, std::move(feeds), [] {});
    }
    ~Newswired() {
        thread_->stop();
        thread_->join();
        workers_.stop();
    }
    Newswired(Newswired const&) = delete;
    Newswired& operator=(Newswired const&) = delete;

    daemon::Totals totals() const { return thread_->totals(); }

    daemon::Totals wait_for(std::uint64_t polls) const {
        while (totals().polls < polls) {
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
        }
        return totals();
    }

  private:
    SystemClock clock_;
    WorkerPool workers_{1};
    std::unique_ptr<storage::Store> store_;
    daemon::SharedPlan plan_;
    feeds::PollBudget budget_{1};
    daemon::PageDesks desks_;
    std::unique_ptr<daemon::IoThread> thread_;
};

/// Everything is measured after two rounds over all hosts: the documents are known, names and sessions too.
Cost newswired_cost(std::string name, bench::Server const& server, std::string const& scheme,
                    std::uint16_t port, std::string const& path, std::size_t polls,
                    std::string const& folder) {
    auto const hosts = host_count(polls);
    Newswired polling{scheme, port,   path,
                      hosts,  folder, http::make_shared_network(server.authority, look_up)};
    auto const before = polling.wait_for(2 * hosts);
    auto const cpu = cpu_of_this_process();
    auto const after = polling.wait_for(before.polls + polls);
    auto const spent = cpu_of_this_process() - cpu;
    auto const done = after - before;
    std::string remark = std::to_string(done.not_modified) + " not modified, " +
                         std::to_string(done.documents) + " read, " + std::to_string(done.failures) +
                         " failed";
    return {std::move(name), spent / double(done.polls) * 1e6, std::move(remark)};
}

/// Each host is asked at least once, then again by a process that knows of the first only what it kept.
Cost restart_cost(std::string name, bench::Server const& server, std::string const& folder) {
    constexpr std::size_t kHosts = 10'000;
    auto const ask_all = [&](std::shared_ptr<http::SharedNetwork> const& network) {
        Newswired const polling{"https", server.tls, "/small", kHosts, folder, network};
        polling.wait_for(kHosts);
        return http::tls_counts(*network);
    };
    auto network = http::make_shared_network(server.authority, look_up);
    ask_all(network);
    SystemClock const clock;
    auto const start = clock.steady_now();
    auto const memory = http::memory_of(*network, clock.now());
    network = http::make_shared_network(server.authority, look_up);
    http::recall(*network, memory, clock.now());
    auto const took = std::chrono::duration<double, std::milli>(clock.steady_now() - start).count();

    auto const cpu = cpu_of_this_process();
    auto const counts = ask_all(network);
    auto const spent = cpu_of_this_process() - cpu;
    char remark[160];
    std::snprintf(remark, sizeof remark,
                  "%.1f %% of %llu handshakes resumed; kept %zu bytes, saved and recalled in %.1f ms",
                  100.0 * double(counts.resumed) / double(std::max<std::uint64_t>(counts.handshakes, 1)),
                  static_cast<unsigned long long>(counts.handshakes), memory.size(), took);
    return {std::move(name), spent / double(counts.handshakes) * 1e6, remark};
}

Cost raw_cost(std::string name, std::uint16_t port, std::string const& path, std::size_t polls) {
    bench::ask_raw(port, path, 200, kParallel);
    auto const cpu = cpu_of_this_process();
    bench::ask_raw(port, path, polls, kParallel);
    return {std::move(name), (cpu_of_this_process() - cpu) / double(polls) * 1e6};
}

Cost library_cost(std::string name, std::uint16_t port, std::string const& path, std::size_t polls,
                  std::string const& folder) {
    auto const run = [&](std::size_t count) {
        std::filesystem::remove_all(folder);
        auto const cpu = cpu_of_this_process();
        bench::ask_by_libraries(port, path, count, kParallel, folder);
        return cpu_of_this_process() - cpu;
    };
    constexpr std::size_t kFirst = 2'000;  // with what it costs to open a database
    auto const start = run(kFirst);
    return {std::move(name), (run(kFirst + polls) - start) / double(polls) * 1e6};
}

Cost raw_tls_cost(std::string name, std::uint16_t port, std::string const& authority, std::size_t polls,
                  bool resume) {
    bench::ask_raw_tls(port, authority, "/small", 20, resume);
    auto const cpu = cpu_of_this_process();
    bench::ask_raw_tls(port, authority, "/small", polls, resume);
    return {std::move(name), (cpu_of_this_process() - cpu) / double(polls) * 1e6};
}

/// CPU time of a program; its output goes to `output`.  None when it can't be run.
std::optional<double> cpu_of(std::vector<std::string> command, std::string const& output) {
    auto const child = fork();
    if (child == 0) {
        auto const file = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(file, 1);
        dup2(file, 2);
        std::vector<char*> arguments;
        for (auto& part : command) {
            arguments.push_back(part.data());
        }
        arguments.push_back(nullptr);
        execvp(arguments[0], arguments.data());
        std::_Exit(127);
    }
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    if (!WIFEXITED(status) || WEXITSTATUS(status) == 127) {
        return {};
    }
    return seconds_of(usage);
}

Cost curl_cost(std::string name, std::string const& scheme, std::uint16_t port, std::string const& path,
               std::size_t polls, bench::Server const& server, std::string const& folder) {
    auto const run = [&](std::size_t count) {
        std::ofstream list{folder + "/curl.txt"};
        // Names stand for the certificate; without one, addresses spare curl the look-up.
        auto const by_name = scheme == "https";
        list << (by_name ? "connect-to = \"::127.0.0.1:\"\n" : "") << "cacert = \"" << server.authority
             << "\"\nheader = \"If-None-Match: \\\"one\\\"\"\nheader = \"Connection: close\"\n";
        for (std::size_t i = 0; i < count; ++i) {
            auto const url = by_name ? url_of(scheme, port, i, path) : url_of_address(port, i, path);
            list << "url = \"" << url << "\"\noutput = \"/dev/null\"\n";
        }
        list.close();
        return cpu_of(
            {"curl", "-sSZ", "--parallel-max", std::to_string(kParallel), "-K", folder + "/curl.txt"},
            folder + "/curl.out");
    };
    auto const start = run(1);
    auto const all = run(polls);
    if (!start || !all) {
        return {std::move(name), 0, "curl can't be run"};
    }
    return {std::move(name), (*all - *start) / double(polls) * 1e6};
}

Cost wrk_cost(std::string name, std::uint16_t port, std::string const& path, std::string const& folder) {
    auto const output = folder + "/wrk.out";
    auto const spent =
        cpu_of({"wrk", "-t1", "-c" + std::to_string(kParallel), "-d2s", "-H", "If-None-Match: \"one\"", "-H",
                "Connection: close", "http://127.0.0.1:" + std::to_string(port) + path},
               output);
    std::ifstream report{output};
    std::string line;
    double requests = 0;
    while (std::getline(report, line)) {
        if (line.find(" requests in ") != std::string::npos) {
            requests = std::strtod(line.c_str(), nullptr);
        }
    }
    if (!spent || requests == 0) {
        return {std::move(name), 0, "wrk can't be run"};
    }
    return {std::move(name), *spent / requests * 1e6, "from the ports of one address"};
}

/// What one way came to in all rounds.
class Rounds {
  public:
    /// `first`: what the first of its kind came to in this round.
    void add(Cost cost, double first) {
        costs_.push_back(cost.microseconds);
        ratios_.push_back(first > 0 ? cost.microseconds / first : 0);
        last_ = std::move(cost);
    }

    void print() {
        std::sort(costs_.begin(), costs_.end());
        std::sort(ratios_.begin(), ratios_.end());
        std::printf("%-24s %8.1f us a poll  %5.2f times (%.2f to %.2f)  %s\n", last_.name.c_str(),
                    costs_[costs_.size() / 2], ratios_[ratios_.size() / 2], ratios_.front(), ratios_.back(),
                    last_.remark.c_str());
    }

  private:
    std::vector<double> costs_{};
    std::vector<double> ratios_{};
    Cost last_{};
};

}  // namespace

int main(int count, char** arguments) {
    auto const polls = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 20'000;
    std::string const only = count > 2 ? arguments[2] : "";
    auto pattern = std::string{"/dev/shm/newswired-bench-XXXXXX"};
    if (mkdtemp(pattern.data()) == nullptr) {
        std::perror("mkdtemp");
        return 1;
    }
    std::string const folder = pattern;
    auto const server = bench::start_server(folder);
    auto const state = folder + "/db";

    struct Way {
        std::string name;
        std::function<Cost(std::string)> run;
    };
    using std::string;
    std::vector<Way> const ways{
        {"304 raw", [&](string n) { return raw_cost(n, server.plain, "/small", polls); }},
        {"304 libraries", [&](string n) { return library_cost(n, server.plain, "/small", polls, state); }},
        {"304 newswired",
         [&](string n) { return newswired_cost(n, server, "http", server.plain, "/small", polls, state); }},
        {"304 curl",
         [&](string n) { return curl_cost(n, "http", server.plain, "/small", polls / 4, server, folder); }},
        {"304 wrk", [&](string n) { return wrk_cost(n, server.plain, "/small", folder); }},
        {"30kB raw", [&](string n) { return raw_cost(n, server.plain, "/large", polls); }},
        {"30kB libraries", [&](string n) { return library_cost(n, server.plain, "/large", polls, state); }},
        {"30kB newswired",
         [&](string n) { return newswired_cost(n, server, "http", server.plain, "/large", polls, state); }},
        {"30kB curl",
         [&](string n) { return curl_cost(n, "http", server.plain, "/large", polls / 4, server, folder); }},
        {"30kB wrk", [&](string n) { return wrk_cost(n, server.plain, "/large", folder); }},
        {"TLS newswired, full",
         [&](string n) {
             return newswired_cost(n, server, "https", server.tls_full, "/small", polls / 4, state);
         }},
        {"TLS newswired, resumed",
         [&](string n) {
             return newswired_cost(n, server, "https", server.tls, "/small", polls / 4, state);
         }},
        {"TLS newswired, restart", [&](string n) { return restart_cost(n, server, state); }},
        {"TLS OpenSSL, full",
         [&](string n) { return raw_tls_cost(n, server.tls_full, server.authority, polls / 4, false); }},
        {"TLS OpenSSL, resumed",
         [&](string n) { return raw_tls_cost(n, server.tls, server.authority, polls / 4, true); }},
        {"TLS curl",
         [&](string n) { return curl_cost(n, "https", server.tls, "/small", polls / 10, server, folder); }},
    };
    auto const rounds = count > 3 ? std::strtoul(arguments[3], nullptr, 10) : 1;
    std::vector<Way> taking_turns;
    std::copy_if(ways.begin(), ways.end(), std::back_inserter(taking_turns),
                 [&](Way const& way) { return way.name.find(only) != string::npos; });
    std::vector<Rounds> results(taking_turns.size());
    for (std::size_t round = 0; round < rounds; ++round) {
        std::string kind;
        double first = 0;
        for (std::size_t i = 0; i < taking_turns.size(); ++i) {
            auto const cost = taking_turns[i].run(taking_turns[i].name);
            if (auto const its_kind = cost.name.substr(0, cost.name.find(' ')); its_kind != kind) {
                kind = its_kind;
                first = cost.microseconds;
            }
            results[i].add(cost, first);
        }
    }
    for (auto& result : results) {
        result.print();
    }
    bench::stop_server(server);
    std::filesystem::remove_all(folder);
    return 0;
}
