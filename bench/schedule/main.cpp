// How punctual the schedule is: newswired_bench_schedule [FOLDER]
//
// Replays seven weeks of a list of feeds, the first three for learning, by different rules that ask equally
// often, and prints how long articles waited between their publication and the poll that saw them, in
// minutes.  The list is generated, and with FOLDER (of feed documents) also made from real dates.

#include "bench/schedule/rules.hpp"

#include <cmath>
#include <cstdio>
#include <string>

namespace {

using namespace newswired::bench;

constexpr Span kSpan{};
constexpr Minute kMeasuredFrom = 21 * kDay;

Outcome run(NamedRule const& rule, std::vector<Trace> const& traces, double dial) {
    auto const made = rule.make(traces, dial);
    return replay(traces, kSpan, kMeasuredFrom, *made);
}

// Turns the rule's dial until it asks `polls` times a day.
Outcome run_at(NamedRule const& rule, std::vector<Trace> const& traces, double polls) {
    double low = 1e-4;
    double high = 1e4;
    for (int i = 0; i < 24; ++i) {
        auto const dial = std::sqrt(low * high);
        (run(rule, traces, dial).polls_a_day > polls ? low : high) = dial;
    }
    return run(rule, traces, high);
}

void print(std::string const& name, Outcome const& outcome) {
    auto const& all = outcome.delays;
    auto const& busy = outcome.busy_delays;
    auto const emitted = double(all.size());
    std::printf("%-28s %6.1f %8.1f %8.1f %8.1f %9.1f %9.1f %9.1f %10.3f\n", name.c_str(), outcome.polls_a_day,
                outcome.mean(), Outcome::quantile(all, 0.5), Outcome::quantile(all, 0.95),
                Outcome::quantile(busy, 0.5), Outcome::quantile(busy, 0.95), outcome.mean_of_feeds,
                100 * emitted / (emitted + double(outcome.lost)));
}

void compare(std::string const& title, std::vector<Trace> const& traces) {
    std::size_t articles = 0;
    for (auto const& trace : traces) {
        articles += trace.articles.size();
    }
    std::printf("\n%s: %zu feeds, %.1f articles a feed and day\n", title.c_str(), traces.size(),
                double(articles) / double(traces.size()) / ((kSpan.to - kSpan.from) / kDay));
    std::printf("%-28s %6s %8s %8s %8s %9s %9s %9s %10s\n", "", "polls", "mean", "median", "95 %", "median*",
                "95 %*", "by feed", "complete %");
    double polls = 0;
    for (auto const& rule : rules()) {
        auto const outcome = rule.has_dial ? run_at(rule, traces, polls) : run(rule, traces, 1);
        if (polls == 0) {
            polls = outcome.polls_a_day;
        }
        print(rule.name, outcome);
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::mt19937_64 random{20260105};
    if (argc > 1) {
        auto const traces = real_traces(argv[1], kSpan, random);
        if (traces.empty()) {
            std::fprintf(stderr, "%s: no feed with dates\n", argv[1]);
            return 1;
        }
        compare("real dates", traces);
    }
    compare("generated", generated_traces(200, kSpan, random));
    std::puts("\n* feeds with ten articles a day and more");
    return 0;
}
