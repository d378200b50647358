#include "bench/schedule/replay.hpp"

#include <algorithm>
#include <numeric>
#include <queue>
#include <utility>

namespace newswired::bench {
namespace {

constexpr double kBusyFromADay = 10;

struct FeedRun {
    std::size_t read = 0;  // articles that were published before the last poll
    Minute last_poll = 0;
    bool begun = false;
    double waited = 0;
    std::size_t emitted = 0;
};

class Replay {
  public:
    Replay(std::vector<Trace> const& traces, Span span, Minute from, Rule& rule)
        : traces_{traces}, span_{span}, from_{from}, rule_{rule}, runs_(traces.size()) {
        for (auto const& trace : traces) {
            auto const [first, last] = measured(trace);
            busy_.push_back(double(last - first) >= kBusyFromADay * (span.to - from) / kDay);
        }
    }

    Outcome run() {
        using Due = std::pair<Minute, std::size_t>;
        std::priority_queue<Due, std::vector<Due>, std::greater<>> due;
        for (std::size_t feed = 0; feed < traces_.size(); ++feed) {
            due.emplace(double(feed % 60), feed);
        }
        while (!due.empty()) {
            auto const [now, feed] = due.top();
            due.pop();
            auto const next = now + poll(feed, now);
            if (next < span_.to) {
                due.emplace(next, feed);
            }
        }
        return finish();
    }

  private:
    std::pair<std::size_t, std::size_t> measured(Trace const& trace) const {
        auto const& times = trace.articles;
        auto const at = [&](Minute time) {
            return std::size_t(std::lower_bound(times.begin(), times.end(), time) - times.begin());
        };
        return {at(from_), at(span_.to)};
    }

    double poll(std::size_t feed, Minute now) {
        auto const& trace = traces_[feed];
        auto& run = runs_[feed];
        auto const& times = trace.articles;
        auto const published = std::size_t(std::upper_bound(times.begin(), times.end(), now) - times.begin());
        auto const oldest = published - std::min(published, trace.window);
        auto const fresh = std::max(run.begun ? run.read : oldest, oldest);
        if (run.begun && now >= from_) {
            ++polls_;
            note(feed, run, fresh, published, now);
            note_gap(run, fresh, oldest, published);
        }
        auto const all = std::span{times};
        auto const rest = rule_.next({.feed = feed,
                                      .now = now,
                                      .last_poll = run.last_poll,
                                      .first = !run.begun,
                                      .fresh = all.subspan(fresh, published - fresh),
                                      .document = all.subspan(oldest, published - oldest)});
        run.read = published;
        run.last_poll = now;
        run.begun = true;
        return rest;
    }

    void note(std::size_t feed, FeedRun& run, std::size_t fresh, std::size_t published, Minute now) {
        auto const& times = traces_[feed].articles;
        if (fresh > run.read) {
            outcome_.lost += fresh - run.read;
        }
        for (auto i = fresh; i < published; ++i) {
            if (times[i] >= from_) {
                auto const delay = now - times[i];
                run.waited += delay;
                ++run.emitted;
                outcome_.delays.push_back(delay);
                if (busy_[feed]) {
                    outcome_.busy_delays.push_back(delay);
                }
            }
        }
    }

    // As the daemon tells a gap: nothing in the document is known.
    void note_gap(FeedRun const& run, std::size_t fresh, std::size_t oldest, std::size_t published) {
        auto const all_is_new = fresh == oldest && published > oldest && run.read > 0;
        outcome_.announced += all_is_new ? fresh - std::min(run.read, fresh) : 0;
    }

    Outcome finish() {
        std::size_t feeds = 0;
        for (auto const& run : runs_) {
            if (run.emitted > 0) {
                outcome_.mean_of_feeds += run.waited / double(run.emitted);
                ++feeds;
            }
        }
        outcome_.mean_of_feeds /= double(std::max<std::size_t>(feeds, 1));
        outcome_.polls_a_day = double(polls_) / double(traces_.size()) / ((span_.to - from_) / kDay);
        std::sort(outcome_.delays.begin(), outcome_.delays.end());
        std::sort(outcome_.busy_delays.begin(), outcome_.busy_delays.end());
        return std::move(outcome_);
    }

    std::vector<Trace> const& traces_;
    Span span_;
    Minute from_;
    Rule& rule_;
    std::vector<FeedRun> runs_;
    std::vector<bool> busy_;
    std::size_t polls_ = 0;
    Outcome outcome_;
};

}  // namespace

double Outcome::mean() const {
    return std::accumulate(delays.begin(), delays.end(), 0.0) /
           double(std::max<std::size_t>(delays.size(), 1));
}

double Outcome::quantile(std::vector<double> const& sorted, double part) {
    return sorted.empty() ? 0
                          : sorted[std::min(sorted.size() - 1, std::size_t(double(sorted.size()) * part))];
}

Outcome replay(std::vector<Trace> const& traces, Span span, Minute from, Rule& rule) {
    return Replay{traces, span, from, rule}.run();
}

}  // namespace newswired::bench
