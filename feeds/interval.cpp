#include "feeds/interval.hpp"

#include <algorithm>
#include <cmath>

namespace newswired::feeds {
namespace {

constexpr milliseconds kRoundingSlack{20};  // whole-second promises are kept in full
constexpr unsigned kMaxHaste = 6;
// So many polls without a miss, and the interval is doubled again.
constexpr unsigned kCalmPolls = 20;
constexpr std::chrono::hours kLongestBlindInterval{24};
// A rhythm is known by articles, or by days that went by without; before that it is a guess.
constexpr double kEnoughArticles = 3;
constexpr std::chrono::hours kEnoughTime{3 * 24};
// At most this part of a document may be new at the next poll, as far as can be foreseen: the older part
// could not be read any more.
constexpr double kPartOfDocument = 0.4;
constexpr std::chrono::minutes kMostAutoJitter{2};
// A name that does not exist comes back less likely, and less suddenly, than a server that fails.
constexpr int kUnknownNameFactor = 4;
// What a site's robots.txt says holds for a day (RFC 9309, 2.4).
constexpr std::chrono::hours kRobotsHold{24};

bool is_known_to_publish(Rhythm const& rhythm) {
    return rhythm.known() && rhythm.lasting >= kEnoughArticles;
}

bool has_evidence(Rhythm const& rhythm, SystemTime now) {
    return is_known_to_publish(rhythm) || (rhythm.known() && now - rhythm.since >= kEnoughTime);
}

PollPrice price_of(PollEvidence const& evidence) {
    return {.minutes = evidence.price, .care = evidence.care};
}

milliseconds scaled(milliseconds duration, double factor) {
    constexpr double kMost = 1e15;
    return milliseconds{std::int64_t(std::min(double(duration.count()) * factor, kMost))};
}

// Items were missed at longer intervals: the operator's floor holds all the same.
milliseconds hastened(IntervalRules const& rules, FeedState const& state, milliseconds interval) {
    auto const halved = interval / (std::int64_t{1} << std::min<unsigned>(state.haste, kMaxHaste));
    return std::max(halved, std::min(rules.min_interval, interval));
}

// How long a feed with `interval: auto` would rest if it published evenly.
milliseconds usual_rest(IntervalRules const& rules, FeedState const& state, PollEvidence const& evidence) {
    auto const rest = has_evidence(state.rhythm, evidence.now)
                          ? even_interval(state.rhythm, evidence.now, price_of(evidence))
                          : milliseconds{kFirstAutoInterval};
    return std::clamp(rest, rules.min_interval, rules.max_interval);
}

milliseconds own_interval(IntervalRules const& rules, FeedState const& state, PollEvidence const& evidence) {
    auto const interval = rules.interval ? *rules.interval : usual_rest(rules, state, evidence);
    return hastened(rules, state, interval);
}

// A server that gives no means to ask politely is asked less and less, once a day in the end.
milliseconds shortest_rest(IntervalRules const& rules, FeedState const& state) {
    auto shortest = rules.min_interval;
    if (!is_known_to_publish(state.rhythm)) {
        shortest = std::max<milliseconds>(shortest, kFirstAutoInterval);
    }
    if (state.blind_polls > kBlindPollsBorne) {
        constexpr double kStretch = 1.3;
        auto const stretched =
            scaled(kFirstAutoInterval, std::pow(kStretch, state.blind_polls - kBlindPollsBorne));
        shortest = std::max(shortest, std::min<milliseconds>(stretched, kLongestBlindInterval));
    }
    return std::min(shortest, rules.max_interval);
}

// Later than the interval by up to a tenth, never earlier: an interval is a promise to the publisher.
milliseconds with_jitter(milliseconds duration, double jitter) {
    return scaled(duration, 1 + jitter / 10);
}

milliseconds backoff(IntervalRules const& rules, FeedState const& state, double jitter) {
    auto const doublings = std::min(state.errors > 0 ? state.errors - 1 : 0u, 30u);
    auto const grown = std::min(scaled(rules.backoff_base, double(1u << doublings)), rules.backoff_max);
    return scaled(grown, 0.85 + 0.3 * jitter);
}

bool is_skipped(FeedState const& state, SystemTime time) {
    using namespace std::chrono;
    auto const midnight = floor<days>(time);
    auto const hour = unsigned(floor<hours>(time - midnight).count());
    auto const day = weekday{midnight}.c_encoding();
    return (state.skip_hours >> hour & 1) != 0 || (state.skip_days >> day & 1) != 0;
}

// The first full hour from `time` on that the feed does not ask to skip; `time` itself when all are skipped.
SystemTime after_skipped(FeedState const& state, SystemTime time) {
    using namespace std::chrono;
    constexpr int kHoursOfAWeek = 7 * 24;
    auto candidate = time;
    for (int i = 0; i < kHoursOfAWeek; ++i) {
        if (!is_skipped(state, candidate)) {
            return candidate;
        }
        candidate = floor<hours>(candidate) + hours{1};
    }
    return time;
}

NextPoll after_failure(IntervalRules const& rules, FeedState const& state, PollEvidence const& evidence) {
    auto const own = own_interval(rules, state, evidence);
    auto const least = rules.interval ? own : std::min<milliseconds>(own, kFirstAutoInterval);
    auto wait = std::max(backoff(rules, state, evidence.jitter), least);
    if (evidence.too_many) {
        wait = std::max(wait, std::min<milliseconds>(least * 2, std::max(rules.backoff_max, least)));
    }
    if (evidence.name_is_unknown) {
        wait = std::max(wait, std::min(wait * kUnknownNameFactor, rules.backoff_max));
    }
    if (evidence.retry_after) {
        auto const asked =
            std::min<milliseconds>(*evidence.retry_after, rules.max_server_delay) + kRoundingSlack;
        if (asked > wait) {
            return {evidence.now + scaled(asked, 1 + evidence.jitter / 50), WhyThen::retry_after};
        }
    }
    return {evidence.now + wait, WhyThen::backoff};
}

// The redirect is followed as soon as it may be.
NextPoll after_postponement(IntervalRules const& rules, PollEvidence const& evidence) {
    auto const asked =
        std::min<milliseconds>(evidence.retry_after.value_or(seconds{0}), rules.max_server_delay);
    return {evidence.now + asked + kRoundingSlack, WhyThen::retry_after};
}

// How long server and feed ask us to stay away after an answer.
struct Hold {
    milliseconds rest{0};
    WhyThen why = WhyThen::interval;
};

Hold hold(IntervalRules const& rules, FeedState const& state, PollEvidence const& evidence) {
    Hold longest;
    auto ask = [&](milliseconds asked, WhyThen why) {
        auto const capped = std::min(asked, rules.max_server_delay);
        if (capped > longest.rest) {
            longest = {capped, why};
        }
    };
    ask(evidence.fresh_for.value_or(seconds{0}), WhyThen::freshness);
    ask(seconds{state.ttl_seconds}, WhyThen::feed_pace);
    ask(evidence.retry_after.value_or(seconds{0}), WhyThen::retry_after);
    return longest;
}

NextPoll on_its_rhythm(IntervalRules const& rules, FeedState const& state, PollEvidence const& evidence,
                       Hold const& held) {
    auto const now = evidence.now;
    auto const shortest = shortest_rest(rules, state);
    auto rest = usual_rest(rules, state, evidence);
    if (has_evidence(state.rhythm, evidence.now)) {
        PollBounds const bounds{
            .earliest = now + std::max(shortest, held.rest),
            .latest = now + std::max(rules.max_interval, held.rest),
            .most_articles = state.document_items > 0 ? kPartOfDocument * state.document_items : 1e9};
        rest = best_poll(state.rhythm, now, bounds, price_of(evidence)) - now;
    }
    rest = std::max(hastened(rules, state, rest), shortest);
    auto const jitter = std::min<milliseconds>(rest / 10, kMostAutoJitter);
    return {now + rest + scaled(jitter, evidence.jitter), WhyThen::interval};
}

NextPoll after_success(IntervalRules const& rules, FeedState const& state, PollEvidence const& evidence) {
    auto const held = hold(rules, state, evidence);
    auto next =
        rules.interval
            ? NextPoll{evidence.now + with_jitter(own_interval(rules, state, evidence), evidence.jitter),
                       WhyThen::interval}
            : on_its_rhythm(rules, state, evidence, held);
    if (held.rest > milliseconds{0} && evidence.now + held.rest + kRoundingSlack > next.at) {
        next = {evidence.now + scaled(held.rest, 1 + evidence.jitter / 50) + kRoundingSlack, held.why};
    }
    auto const allowed = after_skipped(state, next.at);
    if (allowed != next.at && allowed - evidence.now <= rules.max_server_delay) {
        next = {allowed + scaled(std::chrono::minutes{5}, evidence.jitter), WhyThen::skipped_hours};
    }
    return next;
}

}  // namespace

NextPoll next_poll(IntervalRules const& rules, FeedState const& state, PollEvidence const& evidence) {
    switch (evidence.outcome) {
        case PollOutcome::gone:
            return {kNeverAgain, WhyThen::gone};
        case PollOutcome::postponed:
            return after_postponement(rules, evidence);
        case PollOutcome::disallowed:
            return {evidence.now + with_jitter(evidence.robots_unreadable ? kFirstAutoInterval : kRobotsHold,
                                               evidence.jitter),
                    WhyThen::robots};
        case PollOutcome::document:
        case PollOutcome::not_modified:
            return after_success(rules, state, evidence);
        case PollOutcome::refused:
        case PollOutcome::unreadable:
        case PollOutcome::no_answer:
            break;
    }
    return after_failure(rules, state, evidence);
}

milliseconds longest_rest(IntervalRules const& rules) {
    auto const longest = std::max({rules.interval.value_or(milliseconds{0}), rules.max_interval,
                                   rules.max_server_delay, rules.backoff_max, milliseconds{kRobotsHold}});
    constexpr double kJitterAndMore = 1.25;
    constexpr std::chrono::hours kAWeek{7 * 24};  // of hours that are skipped, at most
    return scaled(longest, kJitterAndMore) + kAWeek;
}

void note_novelty(FeedState& state, Novelty const& novelty, SystemTime now) {
    note_arrivals(state.rhythm, novelty.arrivals, now);
    if (novelty.items > 0) {
        state.document_items = std::uint32_t(std::min<std::size_t>(novelty.items, 0xFFFFFFFF));
    }
    auto const in_vain = novelty.whole_document && novelty.unknown == 0;
    state.blind_polls = in_vain ? std::uint8_t(std::min(state.blind_polls + 1, 0xFF)) : std::uint8_t{0};
    if (state.haste > 0 && ++state.calm_polls >= kCalmPolls) {
        --state.haste;
        state.calm_polls = 0;
    }
}

void note_gap(FeedState& state) {
    state.haste = std::uint8_t(std::min(state.haste + 1u, kMaxHaste));
    state.calm_polls = 0;
}

PollBudget::Feed budget_claim(IntervalRules const& rules, FeedState const& state,
                              PollEvidence const& evidence) {
    using Days = std::chrono::duration<double, std::ratio<86400>>;
    auto const shortest = std::max(shortest_rest(rules, state), hold(rules, state, evidence).rest);
    auto const polls_a_day = [](milliseconds rest) { return 1 / std::max(Days{rest}.count(), 1e-5); };
    return {.worth = has_evidence(state.rhythm, evidence.now)
                         ? worth(state.rhythm, evidence.now, evidence.care)
                         : polls_a_day(kFirstAutoInterval) * std::sqrt(evidence.price),
            .least = polls_a_day(rules.max_interval),
            .most = polls_a_day(shortest)};
}

void note_pace(FeedState& state, Pace const& pace) {
    auto const longest = std::max(pace.ttl.value_or(seconds{0}), pace.update_period.value_or(seconds{0}));
    state.ttl_seconds = std::uint32_t(std::clamp<std::int64_t>(longest.count(), 0, 0xFFFFFFFF));
    constexpr std::uint32_t kAllHours = 0xFFFFFF;
    constexpr std::uint8_t kAllDays = 0x7F;
    // A feed that skips everything says nothing.
    state.skip_hours = (pace.skip_hours & kAllHours) == kAllHours ? 0 : pace.skip_hours & kAllHours;
    state.skip_days =
        (pace.skip_days & kAllDays) == kAllDays ? std::uint8_t{0} : std::uint8_t(pace.skip_days & kAllDays);
}

}  // namespace newswired::feeds
