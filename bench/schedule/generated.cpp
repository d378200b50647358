#include "bench/schedule/trace.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace newswired::bench {
namespace {

using Random = std::mt19937_64;

double uniform(Random& random, double from, double to) {
    return std::uniform_real_distribution{from, to}(random);
}

double log_uniform(Random& random, double from, double to) {
    return std::exp(uniform(random, std::log(from), std::log(to)));
}

bool is_weekend(Minute minute) {
    auto const day = std::int64_t(std::floor(minute / kDay)) % 7;  // 0: Monday
    return (day + 7) % 7 >= 5;
}

// A day as people live it: little at night, a peak some hours wide, less on weekends.
struct Habits {
    double peak_hour = 12;
    double sharpness = 1.5;
    double weekend = 0.5;

    double share(Minute minute) const {
        auto const hour = std::fmod(std::fmod(minute, kDay) + kDay, kDay) / 60;
        auto const angle = (hour - peak_hour) / 24 * 2 * std::numbers::pi;
        // exp(k cos x) has the mean I0(k) over a day.
        return std::exp(sharpness * std::cos(angle)) / std::cyl_bessel_i(0, sharpness) *
               (is_weekend(minute) ? weekend : 1);
    }
};

Habits some_habits(Random& random) {
    return {.peak_hour = uniform(random, 0, 24),
            .sharpness = uniform(random, 0.5, 2.5),
            .weekend = uniform(random, 0.2, 1)};
}

// A Poisson process by thinning.
std::vector<Minute> poisson(double a_day, Habits const& habits, Span span, Random& random) {
    std::vector<Minute> times;
    auto const most = std::exp(habits.sharpness) / std::cyl_bessel_i(0, habits.sharpness);
    std::exponential_distribution<double> gap{a_day * most / kDay};
    for (auto time = span.from + gap(random); time < span.to; time += gap(random)) {
        if (uniform(random, 0, most) < habits.share(time)) {
            times.push_back(time);
        }
    }
    return times;
}

Trace blog(Span span, Random& random) {
    auto const rate = log_uniform(random, 0.02, 2);
    return {.name = "blog", .articles = poisson(rate, some_habits(random), span, random), .window = 10};
}

Trace news(Span span, Random& random) {
    auto const rate = log_uniform(random, 5, 100);
    auto const window = std::size_t(std::max(20.0, rate * uniform(random, 0.4, 1.5)));
    return {.name = "news", .articles = poisson(rate, some_habits(random), span, random), .window = window};
}

// One to three set times a day, kept within minutes, some days left out.
Trace set_times(Span span, Random& random) {
    Trace trace{.name = "set times", .window = 15};
    auto const count = std::uniform_int_distribution{1, 3}(random);
    auto const weekdays_only = uniform(random, 0, 1) < 0.5;
    auto const kept = uniform(random, 0.8, 1);
    std::normal_distribution<double> late{0, uniform(random, 1, 10)};
    for (int i = 0; i < count; ++i) {
        auto const at = std::floor(uniform(random, 0, 96)) * 15;
        for (auto day = std::floor(span.from / kDay) * kDay; day < span.to; day += kDay) {
            auto const time = day + at + std::abs(late(random));
            if (time < span.to && !(weekdays_only && is_weekend(day)) && uniform(random, 0, 1) < kept) {
                trace.articles.push_back(time);
            }
        }
    }
    return trace;
}

// Now and then something happens, and several articles follow within an hour or two.
Trace bunches(Span span, Random& random) {
    Trace trace{.name = "bunches", .window = 25};
    auto const follow = uniform(random, 0.6, 0.9);
    std::exponential_distribution<double> gap{1 / uniform(random, 5, 40)};
    for (auto time : poisson(log_uniform(random, 0.1, 3), some_habits(random), span, random)) {
        do {
            trace.articles.push_back(time);
            time += gap(random);
        } while (uniform(random, 0, 1) < follow && time < span.to);
    }
    return trace;
}

Trace on_the_hour(Span span, Random& random) {
    Trace trace{.name = "on the hour", .window = 30};
    auto const every = double(std::uniform_int_distribution{1, 6}(random)) * 60;
    for (auto time = std::floor(span.from / kDay) * kDay; time < span.to; time += every) {
        trace.articles.push_back(time + uniform(random, 0, 1));
    }
    return trace;
}

// An issue a week, on its day, with a handful of articles.
Trace weekly(Span span, Random& random) {
    Trace trace{.name = "weekly", .window = 20};
    auto const weekday = std::uniform_int_distribution{0, 6}(random);
    auto const at = uniform(random, 6 * 60, 20 * 60);
    auto const articles = std::uniform_int_distribution{1, 6}(random);
    std::normal_distribution<double> late{0, uniform(random, 5, 60)};
    for (auto day = std::floor(span.from / kDay / 7) * 7 * kDay; day < span.to; day += 7 * kDay) {
        auto time = day + weekday * kDay + at + std::abs(late(random));
        for (int i = 0; i < articles; ++i, time += uniform(random, 0, 20)) {
            trace.articles.push_back(time);
        }
    }
    return trace;
}

// Falls silent, for weeks, and wakes.
Trace dies_and_wakes(Span span, Random& random) {
    Trace trace{.name = "dies and wakes", .window = 20};
    auto const silent_from = uniform(random, -30, 10) * kDay;
    auto const awake_from = uniform(random, 22, 40) * kDay;
    for (auto const time : poisson(log_uniform(random, 1, 20), some_habits(random), span, random)) {
        if (time < silent_from || time >= awake_from) {
            trace.articles.push_back(time);
        }
    }
    return trace;
}

// From one day on other people write it, at other hours, more of it or less.
Trace changes_rhythm(Span span, Random& random) {
    Trace trace{.name = "changes rhythm", .window = 20};
    auto const change = uniform(random, 15, 35) * kDay;
    auto before = span;
    auto after = span;
    before.to = change;
    after.from = change;
    trace.articles = poisson(log_uniform(random, 0.3, 20), some_habits(random), before, random);
    auto const later = poisson(log_uniform(random, 0.3, 20), some_habits(random), after, random);
    trace.articles.insert(trace.articles.end(), later.begin(), later.end());
    return trace;
}

Trace some_feed(std::size_t kind, Span span, Random& random) {
    if (kind < 9) {
        return blog(span, random);
    }
    if (kind < 12) {
        return news(span, random);
    }
    if (kind < 15) {
        return set_times(span, random);
    }
    switch (kind) {
        case 15:
        case 16:
            return bunches(span, random);
        case 17:
            return on_the_hour(span, random);
        case 18:
            return weekly(span, random);
        case 19:
            return dies_and_wakes(span, random);
        default:
            return changes_rhythm(span, random);
    }
}

}  // namespace

std::vector<Trace> generated_traces(std::size_t count, Span span, Random& random) {
    std::vector<Trace> traces;
    for (std::size_t i = 0; i < count; ++i) {
        auto trace = some_feed(i % 21, span, random);
        std::sort(trace.articles.begin(), trace.articles.end());
        traces.push_back(std::move(trace));
    }
    return traces;
}

}  // namespace newswired::bench
