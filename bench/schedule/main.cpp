// How punctual the schedule is: newswired_bench_schedule [FOLDER]
//
// Replays seven weeks of a list of feeds, the first three for learning, by different rules that ask equally
// often, and prints how long articles waited between their publication and the poll that saw them, in
// minutes.  The list is generated, and with FOLDER (of feed documents) also made from real dates.  The
// schedule's constants were found on half of the feeds and one seed; the others are held out.

#include "bench/schedule/rules.hpp"

#include "core/hash.hpp"

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
    std::printf("%-28s %6.1f %8.1f %8.1f %8.1f %9.1f %9.1f %9.1f %10.3f %9zu\n", name.c_str(),
                outcome.polls_a_day, outcome.mean(), Outcome::quantile(all, 0.5),
                Outcome::quantile(all, 0.95), Outcome::quantile(busy, 0.5), Outcome::quantile(busy, 0.95),
                outcome.mean_of_feeds, 100 * emitted / (emitted + double(outcome.lost)),
                outcome.lost - outcome.announced);
}

// What asking the quiet feeds more costs the busy ones.
void show_frontier(std::vector<Trace> const& traces) {
    for (auto const care : {0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0}) {
        auto const rule = auto_with_care(traces, care);
        char name[32];
        std::snprintf(name, sizeof name, "auto, care %.2f", care);
        print(name, replay(traces, kSpan, kMeasuredFrom, *rule));
    }
}

void compare(std::string const& title, std::vector<Trace> const& traces) {
    std::size_t articles = 0;
    for (auto const& trace : traces) {
        articles += trace.articles.size();
    }
    std::printf("\n%s: %zu feeds, %.1f articles a feed and day\n", title.c_str(), traces.size(),
                double(articles) / double(traces.size()) / ((kSpan.to - kSpan.from) / kDay));
    std::printf("%-28s %6s %8s %8s %8s %9s %9s %9s %10s %9s\n", "", "polls", "mean", "median", "95 %",
                "median*", "95 %*", "by feed", "complete %", "unnoticed");
    double polls = 0;
    for (auto const& rule : rules()) {
        auto const outcome = rule.has_dial ? run_at(rule, traces, polls) : run(rule, traces, 1);
        if (polls == 0) {
            polls = outcome.polls_a_day;
        }
        print(rule.name, outcome);
    }
    show_frontier(traces);
}

// The feeds by whose traces the schedule was tuned, and those that it had not seen.
std::vector<Trace> half(std::vector<Trace> const& traces, bool held_out) {
    std::vector<Trace> chosen;
    for (auto const& trace : traces) {
        if ((newswired::xxh3(trace.name) % 2 == 1) == held_out) {
            chosen.push_back(trace);
        }
    }
    return chosen;
}

std::vector<Trace> generated(std::uint64_t seed) {
    std::mt19937_64 random{seed};
    return generated_traces(210, kSpan, random);
}

constexpr std::uint64_t kTrainingSeed = 20260105;

bool compare_real(char const* folder) {
    std::mt19937_64 random{kTrainingSeed};
    auto const training = half(real_traces(folder, kSpan, random), false);
    random.seed(kTrainingSeed + 1);
    auto const held_out = half(real_traces(folder, kSpan, random), true);
    if (training.empty() || held_out.empty()) {
        return false;
    }
    compare("real dates, held out", held_out);
    compare("real dates, tuned by", training);
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && !compare_real(argv[1])) {
        std::fprintf(stderr, "%s: no feeds with dates\n", argv[1]);
        return 1;
    }
    compare("generated, held out", generated(kTrainingSeed + 2));
    compare("generated, held out, another seed", generated(kTrainingSeed + 3));
    compare("generated, tuned by", generated(kTrainingSeed));
    std::puts("\n* feeds with ten articles a day and more");
    return 0;
}
