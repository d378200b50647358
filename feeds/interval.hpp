// When a feed is asked next, and why then.
//
// A pure function over what the poll showed: the operator's interval (or, for `auto`, when the feed's rhythm
// makes the next article likely, at the price that a poll has now), what server and feed ask for
// (Cache-Control, Retry-After, ttl, sy:, skipHours), and growing back-off after errors, which never gives up.
// Everything has jitter, so that feeds with equal intervals drift apart.

#pragma once

#include "core/time.hpp"
#include "feeds/feed_state.hpp"
#include "feeds/pace/forecast.hpp"
#include "feeds/pace/poll_budget.hpp"
#include "feeds/pace/rhythm.hpp"
#include "feeds/parsed_feed.hpp"

#include <optional>
#include <span>

namespace newswired::feeds {

/// The operator's bounds.
struct IntervalRules {
    std::optional<milliseconds> interval{};  ///< none: auto
    milliseconds min_interval{5 * 60'000};
    milliseconds max_interval{24 * 3'600'000};
    milliseconds max_server_delay{7 * 86'400'000};  ///< the longest that server or feed may hold us back
    milliseconds backoff_base{5 * 60'000};
    milliseconds backoff_max{2 * 86'400'000};
};

/// What one poll showed.
struct PollEvidence {
    SystemTime now{};
    PollOutcome outcome = PollOutcome::document;
    std::optional<seconds> fresh_for{};    ///< freshness() of the response
    std::optional<seconds> retry_after{};  ///< retry_after() of the response
    bool too_many = false;                 ///< 429
    bool name_is_unknown = false;          ///< no answer, because DNS knows no such host
    bool robots_unreadable = false;        ///< not allowed for now, because robots.txt can't be read
    double jitter = 0;                     ///< a random number from 0 to 1
    double price = 60;                     ///< of a poll (pace/poll_budget.hpp), for `auto`
    double care = PollPrice::kCare;        ///< for quiet feeds (pace/forecast.hpp)
};

/// When a feed that is gone is asked next: far enough to mean never.
inline constexpr SystemTime kNeverAgain{std::chrono::sys_days{std::chrono::year{2100} / 1 / 1}};

struct NextPoll {
    SystemTime at{};
    WhyThen why = WhyThen::interval;
};

/// Starting point of `interval: auto`: one poll an hour is what publishers take for polite.
inline constexpr seconds kFirstAutoInterval{3600};

/// So many times a whole document may come for nothing before the feed is asked less.
inline constexpr int kBlindPollsBorne = 10;

/// `state` as after the poll: errors counted, ttl and skip hours noted.
NextPoll next_poll(IntervalRules const& rules, FeedState const& state, PollEvidence const& evidence);

/// No poll is ever planned further ahead than this, but for feeds that are gone.
milliseconds longest_rest(IntervalRules const& rules);

/// What a poll that was answered well showed of the feed's pace.
struct Novelty {
    bool whole_document = false;  ///< it came, though neither validators nor max-age spared us from it
    std::size_t items = 0;        ///< in the document; 0 when none came
    std::size_t unknown = 0;      ///< of these, not known to be unchanged
    std::span<Arrival const> arrivals{};  ///< items that were not there before, oldest first
};

/// Takes over what a poll that was answered well showed.
void note_novelty(FeedState& state, Novelty const& novelty, SystemTime now);

/// Items were missed: the interval is halved, until a while has gone by without a miss.
void note_gap(FeedState& state);

/// What the feed brings to the common budget of polls.
PollBudget::Feed budget_claim(IntervalRules const& rules, FeedState const& state,
                              PollEvidence const& evidence);

/// Takes over what a document says about its own pace.
void note_pace(FeedState& state, Pace const& pace);

}  // namespace newswired::feeds
