#include "feeds/pace/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace newswired::feeds {
namespace {

using Minutes = std::chrono::duration<double, std::ratio<60>>;

constexpr double kMinutesOfADay = 24 * 60;
// How much of what the last hours were busier than usual is expected to go on.  (That they were quieter says
// little: most feeds rest most of the time.)
constexpr double kPersistence = 0.5;
constexpr double kPersistenceMinutes = 6 * 60;

// Who is silent for long may never speak again: the care that is taken of it halves in this time.
constexpr std::chrono::hours kCareHalfLife{56 * 24};

// What a poll costs a feed, `care` taken of those that publish little.  With c articles a day beside r of its
// own, each article of it counts 1 + c/r times.
double weighed(PollPrice const& price, Rhythm const& rhythm, SystemTime now) {
    auto const silent_since = std::max(rhythm.newest, rhythm.since);
    auto const half_lives = Minutes{now - silent_since} / Minutes{kCareHalfLife};
    auto const care = price.care * std::exp2(-std::max(half_lives, 0.0));
    return price.minutes / (1 + care / lasting_rate(rhythm, now));
}

struct Rates {
    double lasting = 0;  // articles a minute
    double excess = 0;   // what the last hours had more
};

Rates rates_of(Rhythm const& rhythm, SystemTime now) {
    auto const lasting = lasting_rate(rhythm, now) / kMinutesOfADay;
    auto const recent = recent_rate(rhythm, now) / kMinutesOfADay;
    return {.lasting = lasting, .excess = kPersistence * std::max(recent - lasting, 0.0)};
}

// Walks along the rates, five minutes at a time.
class Walk {
  public:
    Walk(Rhythm const& rhythm, SystemTime now)
        : shares_{shares(rhythm)}, rates_{rates_of(rhythm, now)}, minute_of_week_{week_minute(now)} {}

    /// Articles a minute, `minutes` after the beginning.
    double rate(double minutes) const {
        auto const minute = std::size_t(std::fmod(minute_of_week_ + minutes, 7 * kMinutesOfADay));
        auto const share = shares_.hours[minute / 60 % 24] * shares_.weekdays[minute / (24 * 60)] *
                           shares_.twelfths[minute % 60 / 5];
        auto const level = rates_.lasting + rates_.excess * std::exp(-minutes / kPersistenceMinutes);
        return share * level;
    }

  private:
    static double week_minute(SystemTime time) {
        auto const day = std::chrono::floor<std::chrono::days>(time);
        return std::chrono::weekday{day}.c_encoding() * kMinutesOfADay + Minutes{time - day}.count();
    }

    Shares shares_;
    Rates rates_;
    double minute_of_week_;
};

// The plan: the cheapest sequence of polls over the forecast, at a coarser pace than its steps.
class Plan {
  public:
    Plan(Forecast const& forecast, double price, std::size_t pace, double usual_minutes)
        : forecast_{forecast}, price_{price}, pace_{pace}, tail_{usual_minutes / 2} {
        auto const polls = forecast.steps() / pace;
        cost_.assign(polls + 1, 0);
        next_.assign(polls + 1, polls);
        for (std::size_t from = polls; from-- > 1;) {
            settle(from, from + 1, polls);
        }
    }

    /// The first poll, from `earliest` to `latest` in steps, and the one after it.
    std::pair<std::size_t, std::size_t> first(std::size_t earliest, std::size_t latest) {
        auto const last = cost_.size() - 1;
        auto const from = std::clamp<std::size_t>((earliest + pace_ - 1) / pace_, 1, last);
        settle(0, from, std::clamp(latest / pace_, from, last));
        return {next_[0] * pace_, next_[next_[0]] * pace_};
    }

  private:
    void settle(std::size_t poll, std::size_t from, std::size_t to) {
        auto const last = cost_.size() - 1;
        cost_[poll] = 1e300;
        for (auto next = from; next <= to; ++next) {
            auto const waited = forecast_.waiting(poll * pace_, next * pace_);
            // What is unseen at the end of the horizon waits on, half as long as is usual.
            auto const rest =
                next == last ? tail_ * forecast_.items(poll * pace_, next * pace_) : price_ + cost_[next];
            if (waited + rest < cost_[poll]) {
                cost_[poll] = waited + rest;
                next_[poll] = next;
            }
        }
    }

    Forecast const& forecast_;
    double price_;
    std::size_t pace_;
    double tail_;
    std::vector<double> cost_;
    std::vector<std::size_t> next_;
};

// The step between two polls at which the articles wait least.
std::size_t refine(Forecast const& forecast, std::size_t around, std::size_t pace, std::size_t after,
                   std::size_t earliest, std::size_t latest) {
    auto best = std::clamp(around, earliest, latest);
    auto least = 1e300;
    auto const to = std::min({around + pace, latest, after});
    for (auto step = std::max(around > pace ? around - pace : 1, earliest); step <= to; ++step) {
        auto const waited = forecast.waiting(0, step) + forecast.waiting(step, after);
        if (waited < least) {
            least = waited;
            best = step;
        }
    }
    return best;
}

}  // namespace

Forecast::Forecast(Rhythm const& rhythm, SystemTime now, milliseconds horizon) : start_{now} {
    auto const minutes = std::max(Minutes{horizon}.count(), 1.0);
    step_minutes_ = std::max(1.0, std::ceil(minutes / double(kMaxSteps)));
    auto const steps = std::size_t(std::ceil(minutes / step_minutes_));
    items_.resize(steps + 1);
    moments_.resize(steps + 1);
    Walk const walk{rhythm, now};
    for (std::size_t i = 0; i < steps; ++i) {
        auto const middle = (double(i) + 0.5) * step_minutes_;
        auto const items = walk.rate(middle) * step_minutes_;
        items_[i + 1] = items_[i] + items;
        moments_[i + 1] = moments_[i] + items * middle;
    }
}

SystemTime Forecast::time(double step) const {
    return start_ + std::chrono::ceil<milliseconds>(Minutes{step * step_minutes_});
}

double Forecast::step_at(SystemTime time) const {
    return Minutes{time - start_}.count() / step_minutes_;
}

SystemTime best_poll(Rhythm const& rhythm, SystemTime now, PollBounds const& bounds,
                     PollPrice const& common_price) {
    auto const price = weighed(common_price, rhythm, now);
    auto const usual = Minutes{even_interval(rhythm, now, common_price)}.count();
    auto const shortest = std::max(Minutes{bounds.earliest - now}.count(), 1.0);
    auto const longest = std::max(Minutes{bounds.latest - now}.count(), shortest);
    auto const ahead = std::clamp(6 * usual, std::min(3 * shortest, 2 * longest), 2 * longest);
    Forecast const forecast{rhythm, now,
                            std::chrono::ceil<milliseconds>(Minutes{std::max(ahead, shortest + 5)})};
    auto const last = forecast.steps();
    auto const earliest =
        std::clamp<std::size_t>(std::size_t(std::ceil(forecast.step_at(bounds.earliest))), 1, last);
    auto latest = std::clamp<std::size_t>(std::size_t(forecast.step_at(bounds.latest)), earliest, last);
    while (latest > earliest && forecast.items(0, latest) > bounds.most_articles) {
        --latest;
    }
    constexpr std::size_t kPolls = 64;
    auto const pace = std::max<std::size_t>(1, last / kPolls);
    Plan plan{forecast, price, pace, usual};
    auto const [first, second] = plan.first(earliest, latest);
    auto const best = refine(forecast, first, pace, std::max(second, first), earliest, latest);
    return std::clamp(forecast.time(double(best)), bounds.earliest, std::max(bounds.earliest, bounds.latest));
}

std::optional<SystemTime> next_likely(Rhythm const& rhythm, SystemTime now) {
    constexpr double kMoreLikelyThanNot = 0.693;  // the chance of none is then a half
    constexpr std::chrono::hours kWeek{7 * 24};
    Forecast const forecast{rhythm, now, kWeek};
    for (std::size_t step = 1; step <= forecast.steps(); ++step) {
        if (forecast.items(0, step) >= kMoreLikelyThanNot) {
            return forecast.time(double(step));
        }
    }
    return {};
}

milliseconds even_interval(Rhythm const& rhythm, SystemTime now, PollPrice const& price) {
    auto const rates = rates_of(rhythm, now);
    constexpr double kMostMinutes = 1e6;
    auto const rate = std::max(rates.lasting + rates.excess, 1e-9);
    return std::chrono::ceil<milliseconds>(
        Minutes{std::min(std::sqrt(2 * weighed(price, rhythm, now) / rate), kMostMinutes)});
}

double worth(Rhythm const& rhythm, SystemTime now, double care) {
    auto const parts = shares(rhythm);
    auto mean_root = [](auto const& part) {
        return std::accumulate(part.begin(), part.end(), 0.0,
                               [](double sum, double share) { return sum + std::sqrt(share); }) /
               double(part.size());
    };
    auto const rate = lasting_rate(rhythm, now) / kMinutesOfADay;
    // An even rate r is worth sqrt(r/2) polls a minute; the root of a product of shares is that of each.
    return kMinutesOfADay * std::sqrt(rate / 2 / weighed({.minutes = 1, .care = care}, rhythm, now)) *
           mean_root(parts.hours) * mean_root(parts.weekdays) * mean_root(parts.twelfths);
}

}  // namespace newswired::feeds
