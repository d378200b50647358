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
    explicit Ours(std::size_t feeds) : states_(feeds) {}

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
            .price = budget_.price()};
        auto const planned = feeds::next_poll({}, state, evidence);
        auto const minutes = std::chrono::duration<double, std::ratio<60>>{planned.at - now}.count();
        budget_.count(state.share, feeds::budget_claim({}, state, evidence), minutes / kDay);
        // As the daemon does between two polls: through storage.
        state = feeds::decode_feed_state(feeds::encode(state));
        return minutes;
    }

  private:
    std::vector<feeds::FeedState> states_;
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

// miniflux, "entry frequency": a week divided by the articles of the last week.
class Miniflux final : public Rule {
  public:
    explicit Miniflux(double dial) : dial_{dial} {}
    double next(Seen const& seen) override {
        auto& known = known_[seen.feed];
        known.insert(known.end(), seen.fresh.begin(), seen.fresh.end());
        std::erase_if(known, [&](Minute date) { return date < seen.now - 7 * kDay; });
        return known.empty() ? kLongest : bounded(dial_ * 7 * kDay / double(known.size()));
    }

  private:
    double dial_;
    std::map<std::size_t, std::vector<Minute>> known_;
};

// CommaFeed: half the average gap of the document's entries; quiet feeds by steps.
class CommaFeed final : public Rule {
  public:
    explicit CommaFeed(double dial) : dial_{dial} {}
    double next(Seen const& seen) override {
        auto const& document = seen.document;
        if (document.empty() || seen.now - document.back() > 30 * kDay) {
            return kLongest;
        }
        if (seen.now - document.back() > 14 * kDay) {
            return bounded(dial_ * kLongest / 2);
        }
        if (seen.now - document.back() > 7 * kDay) {
            return bounded(dial_ * kLongest / 4);
        }
        if (document.size() < 2) {
            return bounded(dial_ * 60);
        }
        auto const gap = (document.back() - document.front()) / double(document.size() - 1);
        return bounded(dial_ * gap / 2);
    }

  private:
    double dial_;
};

// StormCrawler, adaptive: half as long again when nothing changed, a fifth shorter when something did.
class StormCrawler final : public Rule {
  public:
    explicit StormCrawler(double dial) : dial_{dial} {}
    double next(Seen const& seen) override {
        auto const [place, is_new] = intervals_.try_emplace(seen.feed, 60.0);
        if (!is_new) {
            place->second = bounded(place->second * (seen.fresh.empty() ? 1.5 : 0.8));
        }
        return bounded(place->second * dial_);
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

}  // namespace

std::vector<NamedRule> rules() {
    return {
        {"newswired auto",
         [](std::vector<Trace> const& traces, double) -> std::unique_ptr<Rule> {
             return std::make_unique<Ours>(traces.size());
         },
         false},
        {"fixed interval", make<Fixed>},
        {"miniflux, entry frequency", make<Miniflux>},
        {"CommaFeed, average gap / 2", make<CommaFeed>},
        {"StormCrawler, +50 % / -20 %", make<StormCrawler>},
        {"clairvoyant",
         [](std::vector<Trace> const& traces, double dial) -> std::unique_ptr<Rule> {
             return std::make_unique<Clairvoyant>(traces, dial);
         }},
    };
}

}  // namespace newswired::bench
