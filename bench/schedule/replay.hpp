// The replay: asks every feed of a list when a rule says so, and measures how long its articles waited.

#pragma once

#include "bench/schedule/trace.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace newswired::bench {

/// What a poll showed.
struct Seen {
    std::size_t feed = 0;
    Minute now = 0;
    Minute last_poll = 0;
    bool first = false;
    std::span<Minute const> fresh{};     ///< articles that were not there at the last poll, oldest first
    std::span<Minute const> document{};  ///< the whole document, oldest first
};

/// A rule by which feeds are asked.
class Rule {
  public:
    virtual ~Rule() = default;
    /// When the feed is asked next, in minutes from now.
    virtual double next(Seen const& seen) = 0;
};

struct Outcome {
    double polls_a_day = 0;             ///< a mean of the feeds
    std::vector<double> delays{};       ///< of each article, in order of length
    std::vector<double> busy_delays{};  ///< of those in feeds with ten a day and more
    double mean_of_feeds = 0;           ///< each feed counting as much as any other
    std::size_t lost = 0;               ///< articles that had left the document before a poll
    std::size_t announced = 0;          ///< of these, those of which two polls without common articles tell

    double mean() const;
    static double quantile(std::vector<double> const& sorted, double part);
};

/// Measures from `from` on: what comes before is for learning.
Outcome replay(std::vector<Trace> const& traces, Span span, Minute from, Rule& rule);

}  // namespace newswired::bench
