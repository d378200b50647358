// What a feed is expected to publish in the near future, and when it is best asked.
//
// The rate at a time is the average rate times the shares of its hour, weekday and minutes (rhythm.hpp).  The
// last hours count more for the next few: news comes in bursts.  A poll has a price, in minutes that an
// article waits; best_poll() finds the plan with the lowest sum of waiting and price.  With an even rate r
// that is a poll every sqrt(2 price / r) minutes: a busy feed is asked more often, but not in proportion. The
// price is common to all feeds of a list, which spends a budget of polls where they gain most
// (poll_budget.hpp).  After Sia, Cho and Cho, "Efficient monitoring algorithm for fast news alerts".

#pragma once

#include "feeds/pace/rhythm.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace newswired::feeds {

/// What a poll is worth, and what is done for feeds that publish little.
struct PollPrice {
    /// Every feed counts as if it published so many articles a day more.  0: articles alone count, and quiet
    /// feeds hardly do; the larger, the more all are asked alike.  With half an article, the mean feed waits
    /// about as long as by a fixed interval (on some lists a tenth longer), and the busy ones lose little:
    /// docs/schedule.md has what lies between.
    static constexpr double kCare = 0.5;

    double minutes = 60;  ///< of an article's waiting
    double care = kCare;
};

/// Expectations in steps of equal length, from `now` on.
class Forecast {
  public:
    static constexpr std::size_t kMaxSteps = 600;

    /// Reaches up to `horizon` from now, or a little further.
    Forecast(Rhythm const& rhythm, SystemTime now, milliseconds horizon);

    std::size_t steps() const { return items_.size() - 1; }
    double step_minutes() const { return step_minutes_; }
    SystemTime time(double step) const;
    double step_at(SystemTime time) const;

    /// Articles expected between two steps.
    double items(std::size_t from, std::size_t to) const { return items_[to] - items_[from]; }
    /// Minutes that these articles are expected to wait for a poll at `to`, all together.
    double waiting(std::size_t from, std::size_t to) const {
        return double(to) * step_minutes_ * items(from, to) - (moments_[to] - moments_[from]);
    }

  private:
    SystemTime start_;
    double step_minutes_;
    std::vector<double> items_;    // expected from the start to each step
    std::vector<double> moments_;  // the same, each article times the minute it is expected in
};

struct PollBounds {
    SystemTime earliest{};
    SystemTime latest{};
    /// Articles that may be expected between two polls: when more come, the first leave the document unseen.
    double most_articles = 1e9;
};

/// The best time for the next poll, when the last one was `now`.
SystemTime best_poll(Rhythm const& rhythm, SystemTime now, PollBounds const& bounds, PollPrice const& price);

/// By when the next article has come more likely than not; none when that is more than a week away.
std::optional<SystemTime> next_likely(Rhythm const& rhythm, SystemTime now);

/// How long a feed would rest between two polls if it published as much as lately, evenly.
milliseconds even_interval(Rhythm const& rhythm, SystemTime now, PollPrice const& price);

/// Polls a day that a feed is worth at a price of 1; at another price, that divided by the price's root.
double worth(Rhythm const& rhythm, SystemTime now, double care = PollPrice::kCare);

}  // namespace newswired::feeds
