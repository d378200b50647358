#include "bench/schedule/rules.hpp"

#include "feeds/interval.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace newswired::bench {
namespace {

SystemTime time_of(Minute minute) {
    return kBeginning + milliseconds{std::llround(minute * 60'000)};
}

double bounded(double minutes) {
    return std::clamp(minutes, kShortest, kLongest);
}

// `interval: auto`, by the very functions that the daemon calls.
class Ours final : public Rule {
  public:
    Ours(std::size_t feeds, double care) : states_(feeds), care_{care} {}

    double next(Seen const& seen) override {
        auto& state = states_[seen.feed];
        auto const now = time_of(seen.now);
        std::vector<feeds::Arrival> arrivals;
        if (seen.first) {
            std::vector<SystemTime> dates;
            for (auto const minute : seen.document) {
                dates.push_back(time_of(minute));
            }
            arrivals = feeds::arrivals_of_backlog(dates, now);
        } else {
            for (auto const minute : seen.fresh) {
                auto const date = time_of(minute);
                arrivals.push_back(feeds::arrival_of_new(&date, time_of(seen.last_poll), now));
            }
        }
        if (!seen.first && !seen.document.empty() && seen.fresh.size() == seen.document.size()) {
            feeds::note_gap(state);
        }
        auto const news = !seen.fresh.empty();
        feeds::note_novelty(
            state,
            {.items = news ? seen.document.size() : 0, .unknown = seen.fresh.size(), .arrivals = arrivals},
            now);
        feeds::PollEvidence const evidence{
            .now = now,
            .outcome = news ? feeds::PollOutcome::document : feeds::PollOutcome::not_modified,
            .jitter = std::uniform_real_distribution{0.0, 1.0}(random_),
            .price = budget_.price(),
            .care = care_};
        auto const planned = feeds::next_poll({}, state, evidence);
        auto const minutes = std::chrono::duration<double, std::ratio<60>>{planned.at - now}.count();
        budget_.count(state.share, feeds::budget_claim({}, state, evidence), minutes / kDay);
        // As the daemon does between two polls: through storage.
        state = feeds::decode_feed_state(feeds::encode(state));
        return minutes;
    }

  private:
    std::vector<feeds::FeedState> states_;
    double care_;
    feeds::PollBudget budget_{1};
    std::mt19937_64 random_{7};
};

class Fixed final : public Rule {
  public:
    explicit Fixed(double dial) : dial_{dial} {}
    double next(Seen const&) override { return bounded(60 * dial_); }

  private:
    double dial_;
};

// miniflux, "entry frequency" (its Feed.ScheduleNextCheck and WeeklyFeedEntryCount): a week divided by a
// virtual count of a week, which is a week divided by the average gap of the last week's entries; with one or
// none the longest interval.
class Miniflux final : public Rule {
  public:
    explicit Miniflux(double dial) : dial_{dial} {}
    double next(Seen const& seen) override {
        constexpr double kWeek = 7 * kDay;
        auto& known = known_[seen.feed];
        known.insert(known.end(), seen.fresh.begin(), seen.fresh.end());
        std::erase_if(known, [&](Minute date) { return date < seen.now - kWeek; });
        if (known.size() < 2 || known.back() - known.front() <= 0) {
            return kLongest;
        }
        auto const gap = (known.back() - known.front()) / double(known.size() - 1);
        return bounded(dial_ * kWeek / std::ceil(kWeek / gap));
    }

  private:
    double dial_;
    std::map<std::size_t, std::vector<Minute>> known_;
};

// CommaFeed (its FeedRefreshIntervalCalculator): half the average gap of the document's entries, a quarter of
// the longest interval at most; quiet feeds by steps.
class CommaFeed final : public Rule {
  public:
    CommaFeed(double dial, double longest) : dial_{dial}, longest_{longest} {}
    double next(Seen const& seen) override {
        auto const& document = seen.document;
        auto const quiet_days = document.empty() ? 1e9 : std::floor((seen.now - document.back()) / kDay);
        if (quiet_days >= 30) {
            return longest_;
        }
        if (quiet_days >= 14) {
            return longest_ / 2;
        }
        if (quiet_days >= 7) {
            return longest_ / 4;
        }
        if (document.size() < 2) {
            return longest_;
        }
        auto const gap = (document.back() - document.front()) / double(document.size() - 1);
        return std::clamp(dial_ * gap / 2, kShortest, longest_ / 4);
    }

  private:
    double dial_;
    double longest_;
};

// StormCrawler (its AdaptiveScheduler): half as long again when nothing changed; a fifth shorter when
// something did, less than that near the shortest interval.
class StormCrawler final : public Rule {
  public:
    explicit StormCrawler(double dial) : dial_{dial} {}
    double next(Seen const& seen) override {
        auto const [place, is_new] = intervals_.try_emplace(seen.feed, 60.0);
        auto& interval = place->second;
        if (!is_new) {
            interval =
                seen.fresh.empty() ? std::min(interval * 1.5, kLongest) : 0.8 * interval + 0.2 * kShortest;
        }
        return bounded(interval * dial_);
    }

  private:
    double dial_;
    std::map<std::size_t, double> intervals_;
};

// Knows every article beforehand, asks right after it, and spends the same number of polls on those gaps that
// save most: what no rule can do better.
class Clairvoyant final : public Rule {
  public:
    Clairvoyant(std::vector<Trace> const& traces, double dial) : traces_{traces}, price_{dial * 60} {}
    double next(Seen const& seen) override {
        auto const& times = traces_[seen.feed].articles;
        auto const begin = std::upper_bound(times.begin(), times.end(), seen.now);
        if (begin == times.end()) {
            return kLongest;
        }
        // Wait for further articles while that costs those at hand less than a poll.
        double waited = 0;
        auto at = begin;
        for (auto more = begin + 1; more != times.end(); ++more) {
            waited += (*more - *at) * double(more - begin);
            if (waited > price_ || *more - seen.now > kLongest) {
                break;
            }
            at = more;
        }
        return bounded(*at - seen.now);
    }

  private:
    std::vector<Trace> const& traces_;
    double price_;
};

template <typename Kind>
std::unique_ptr<Rule> make(std::vector<Trace> const&, double dial) {
    return std::make_unique<Kind>(dial);
}

template <int kLongestRest>
std::unique_ptr<Rule> make_comma_feed(std::vector<Trace> const&, double dial) {
    return std::make_unique<CommaFeed>(dial, kLongestRest);
}

}  // namespace

std::unique_ptr<Rule> auto_with_care(std::vector<Trace> const& traces, double care) {
    return std::make_unique<Ours>(traces.size(), care);
}

std::vector<NamedRule> rules() {
    return {
        {"newswired auto",
         [](std::vector<Trace> const& traces, double) {
             return auto_with_care(traces, feeds::PollPrice::kCare);
         },
         false},
        {"fixed interval", make<Fixed>},
        {"miniflux, entry frequency", make<Miniflux>},
        {"CommaFeed, average gap / 2", make_comma_feed<24 * 60>},
        {"CommaFeed, 4 h at most", make_comma_feed<4 * 60>},
        {"StormCrawler, +50 % / -20 %", make<StormCrawler>},
        {"clairvoyant",
         [](std::vector<Trace> const& traces, double dial) -> std::unique_ptr<Rule> {
             return std::make_unique<Clairvoyant>(traces, dial);
         }},
    };
}

}  // namespace newswired::bench
