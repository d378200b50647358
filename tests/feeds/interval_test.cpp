#include "feeds/interval.hpp"

#include <gtest/gtest.h>

namespace newswired::feeds {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// A Thursday, 12:00:00 GMT.
SystemTime const kNow{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + hours{12}};

IntervalRules const kTenMinutes{.interval = minutes{10}};

milliseconds wait(NextPoll const& next) {
    return next.at - kNow;
}

TEST(IntervalTest, KeepsTheOperatorsIntervalAndAddsJitterOnlyUpwards) {
    FeedState const state;

    EXPECT_EQ(wait(next_poll(kTenMinutes, state, {.now = kNow, .jitter = 0})), minutes{10});
    EXPECT_EQ(wait(next_poll(kTenMinutes, state, {.now = kNow, .jitter = 1})), minutes{11});
}

TEST(IntervalTest, StartsAtAnHourWhenNobodySaidOtherwise) {
    EXPECT_EQ(wait(next_poll({}, {}, {.now = kNow})), hours{1});
}

// A feed whose document showed articles at these times, before kNow.
FeedState state_with(std::vector<SystemTime> const& dates, SystemTime now = kNow) {
    FeedState state;
    auto const arrivals = arrivals_of_backlog(dates, now);
    note_novelty(state, {.items = dates.size(), .unknown = dates.size(), .arrivals = arrivals}, now);
    return state;
}

std::vector<SystemTime> every(milliseconds gap, int count, SystemTime last = kNow) {
    std::vector<SystemTime> dates;
    for (int i = 0; i < count; ++i) {
        dates.push_back(last - gap * i);
    }
    return dates;
}

TEST(IntervalTest, StaysWithinTheOperatorsBounds) {
    auto const busy = state_with(every(minutes{1}, 500));
    auto const quiet = state_with(every(hours{24 * 30}, 12));

    EXPECT_GE(wait(next_poll({}, busy, {.now = kNow, .price = 1e-9})), minutes{5});
    EXPECT_LE(wait(next_poll({}, busy, {.now = kNow, .price = 0.1})), minutes{10});
    EXPECT_GE(wait(next_poll({}, quiet, {.now = kNow, .price = 1e9})), hours{12});
    EXPECT_LE(wait(next_poll({}, quiet, {.now = kNow, .jitter = 1, .price = 1e9})), hours{24} + minutes{2});
}

TEST(IntervalTest, AsksBusyFeedsMoreOftenButNotInProportion) {
    auto const daily = state_with(every(hours{23} + minutes{7}, 60));
    auto const hourly = state_with(every(minutes{57}, 300));

    auto const slow = wait(next_poll({}, daily, {.now = kNow, .price = 20}));
    auto const fast = wait(next_poll({}, hourly, {.now = kNow, .price = 20}));

    EXPECT_LT(fast * 2, slow);
    EXPECT_GT(fast * 24, slow);
}

TEST(IntervalTest, AsksAFeedThatPublishesInTheMorningRightAfterThat) {
    auto const morning = floor<std::chrono::days>(kNow) + hours{8};
    auto const state = state_with(every(hours{24}, 60, morning + minutes{2}));

    auto const next = next_poll({}, state, {.now = morning + hours{20}, .price = 20});
    auto const then = next.at - (morning + hours{24});

    EXPECT_GE(then, minutes{2});
    EXPECT_LE(then, minutes{20});
}

// What the daemon does over the days: asks when it is told to, notes what it sees.
std::vector<SystemTime> polls_of(FeedState& state, std::vector<SystemTime> const& posts, SystemTime from,
                                 SystemTime to, double price = 60) {
    std::vector<SystemTime> polls;
    auto last = from;
    for (auto now = from; now < to;) {
        std::vector<Arrival> arrivals;
        for (auto const post : posts) {
            if (post > last && post <= now) {
                arrivals.push_back(arrival_of_new(&post, last, now));
            }
        }
        note_novelty(state, {.items = 20, .unknown = arrivals.size(), .arrivals = arrivals}, now);
        polls.push_back(now);
        last = now;
        now = next_poll({}, state, {.now = now, .jitter = 0.5, .price = price}).at;
    }
    return polls;
}

TEST(IntervalTest, ConcentratesItsPollsOnTheHoursInWhichAFeedPublishes) {
    auto const day = floor<std::chrono::days>(kNow);
    std::vector<SystemTime> posts;
    for (int i = 0; i < 40 * 6; ++i) {
        posts.push_back(day + hours{24} * (i / 6) + hours{8} + minutes{i * 37 % 60});
    }
    FeedState state;

    auto const polls = polls_of(state, posts, day, day + hours{24 * 40});

    std::size_t in_time = 0;
    std::size_t of_last_week = 0;
    for (auto const poll : polls) {
        if (poll > day + hours{24 * 33}) {
            ++of_last_week;
            auto const hour = floor<hours>(poll - floor<std::chrono::days>(poll));
            in_time += hour >= hours{8} && hour <= hours{9};
        }
    }
    EXPECT_GT(in_time * 10, of_last_week * 4) << "an even schedule would spend a twelfth on them";
}

TEST(IntervalTest, AsksAnIdleFeedRarelyAndComesBackWithItsNextArticle) {
    auto state = state_with(every(hours{6}, 40));
    auto const later = kNow + hours{24 * 365};
    auto const idle = polls_of(state, {}, kNow, later);
    EXPECT_GE(idle.back() - idle[idle.size() - 2], hours{12});

    Arrival const one{.at = later};
    note_novelty(state, {.items = 20, .unknown = 1, .arrivals = std::span{&one, 1}}, later);
    auto const next = next_poll({}, state, {.now = later, .price = 60});

    EXPECT_LE(next.at - later, hours{9});
}

TEST(IntervalTest, AsksAQuietFeedMoreThanItsFewArticlesAreWorth) {
    auto const weekly = state_with(every(minutes{7 * 1440 + 397}, 20));

    auto const careless = wait(next_poll({}, weekly, {.now = kNow, .price = 500, .care = 0}));
    auto const careful = wait(next_poll({}, weekly, {.now = kNow, .price = 500, .care = 5}));

    EXPECT_LT(careful, careless / 2);
}

TEST(IntervalTest, AsksNoMoreThanHourlyWithoutEvidence) {
    auto const state = state_with(every(minutes{1}, 2));

    EXPECT_GE(wait(next_poll({}, state, {.now = kNow, .price = 1e-6})), hours{1});
}

TEST(IntervalTest, AsksAServerThatAlwaysSendsEverythingForNothingOnceADayInTheEnd) {
    auto state = state_with(every(hours{1}, 100));
    auto const usual = wait(next_poll({}, state, {.now = kNow, .price = 5}));
    ASSERT_LE(usual, hours{1});
    for (int i = 0; i < 40; ++i) {
        note_novelty(state, {.whole_document = true, .items = 20, .unknown = 0}, kNow);
        auto const next = wait(next_poll({}, state, {.now = kNow, .price = 5}));
        if (i == 9) {
            EXPECT_EQ(next, usual) << "ten are borne";
        }
    }
    EXPECT_GE(wait(next_poll({}, state, {.now = kNow, .price = 5})), hours{24});

    note_novelty(state, {.whole_document = true, .items = 20, .unknown = 1}, kNow);
    EXPECT_LE(wait(next_poll({}, state, {.now = kNow, .price = 5})), hours{1});
}

TEST(IntervalTest, HalvesTheIntervalAfterAMissAndDoublesItAgainWhenAllIsCalm) {
    IntervalRules const hour{.interval = hours{1}};
    FeedState state;
    note_gap(state);
    EXPECT_EQ(wait(next_poll(hour, state, {.now = kNow})), minutes{30});
    for (int i = 0; i < 10; ++i) {
        note_gap(state);
    }
    EXPECT_EQ(wait(next_poll(hour, state, {.now = kNow})), minutes{5}) << "the floor";

    for (int i = 0; i < 500; ++i) {
        note_novelty(state, {}, kNow);
    }
    EXPECT_EQ(wait(next_poll(hour, state, {.now = kNow})), hours{1});
}

TEST(IntervalTest, AsksBeforeADocumentIsLikelyToHaveMovedOnCompletely) {
    auto state = state_with(every(minutes{10}, 300));
    state.document_items = 10;

    EXPECT_LE(wait(next_poll({}, state, {.now = kNow, .price = 1e6})), minutes{60});
}

TEST(IntervalTest, KeepsAwayFromAFeedOnItsRhythmAsLongAsTheServerAsks) {
    auto const state = state_with(every(minutes{10}, 300));

    auto const next = next_poll({}, state, {.now = kNow, .fresh_for = seconds{7200}});

    EXPECT_GE(wait(next), hours{2});
    EXPECT_LE(wait(next), hours{2} + minutes{20});
}

TEST(IntervalTest, WaitsUntilTheDocumentIsStaleButNotForYears) {
    auto const fresh = next_poll(kTenMinutes, {}, {.now = kNow, .fresh_for = seconds{7200}});
    auto const absurd = next_poll(kTenMinutes, {}, {.now = kNow, .fresh_for = seconds{315360000}});

    EXPECT_GE(wait(fresh), hours{2});
    EXPECT_EQ(fresh.why, WhyThen::freshness);
    EXPECT_LE(wait(absurd), hours{24 * 7} + minutes{1});
}

TEST(IntervalTest, HonoursTheFeedsOwnPace) {
    FeedState state;
    state.ttl_seconds = 3600;

    auto const next = next_poll(kTenMinutes, state, {.now = kNow});

    EXPECT_GE(wait(next), hours{1});
    EXPECT_EQ(next.why, WhyThen::feed_pace);
}

TEST(IntervalTest, AvoidsHoursAndDaysThatTheFeedSkips) {
    FeedState state;
    state.skip_hours = 1u << 12 | 1u << 13;
    auto const next = next_poll(kTenMinutes, state, {.now = kNow});
    EXPECT_EQ(wait(next), hours{2});
    EXPECT_EQ(next.why, WhyThen::skipped_hours);

    FeedState not_today;
    not_today.skip_days = 1u << 4;
    EXPECT_EQ(wait(next_poll(kTenMinutes, not_today, {.now = kNow})), hours{12});
}

TEST(IntervalTest, BacksOffFurtherWithEachErrorAndNeverGivesUp) {
    FeedState state;
    milliseconds last{0};
    for (state.errors = 1; state.errors < 60; ++state.errors) {
        auto const next =
            next_poll(kTenMinutes, state, {.now = kNow, .outcome = PollOutcome::refused, .jitter = 0.5});
        EXPECT_EQ(next.why, WhyThen::backoff);
        EXPECT_GE(wait(next), last);
        EXPECT_LE(wait(next), hours{48});
        last = wait(next);
    }
    EXPECT_EQ(last, hours{48});
}

TEST(IntervalTest, NeverRetriesFasterThanTheIntervalWhateverRetryAfterSays) {
    FeedState state;
    state.errors = 1;
    auto const next = next_poll(kTenMinutes, state,
                                {.now = kNow, .outcome = PollOutcome::refused, .retry_after = seconds{0}});
    EXPECT_GE(wait(next), minutes{10});
}

TEST(IntervalTest, ObeysRetryAfterInFull) {
    FeedState state;
    state.errors = 1;
    auto const next = next_poll(
        kTenMinutes, state, {.now = kNow, .outcome = PollOutcome::refused, .retry_after = seconds{86400}});
    EXPECT_GE(wait(next), hours{24});
    EXPECT_LE(wait(next), hours{25});
    EXPECT_EQ(next.why, WhyThen::retry_after);
}

TEST(IntervalTest, AsksNoMoreWhatIsGone) {
    EXPECT_EQ(next_poll(kTenMinutes, {}, {.now = kNow, .outcome = PollOutcome::gone}).at, kNeverAgain);
}

TEST(IntervalTest, TakesAFeedThatSkipsEverythingForOneThatSkipsNothing) {
    FeedState state;
    note_pace(state, {.skip_hours = 0xFFFFFF, .skip_days = 0x7F});
    EXPECT_EQ(state.skip_hours, 0u);
    EXPECT_EQ(state.skip_days, 0u);
}

TEST(IntervalTest, SlowsDownAtOnceWhenItAsksTooMuch) {
    FeedState state;
    state.errors = 1;
    IntervalRules rules{.interval = minutes{60}};
    PollEvidence evidence{.now = kNow, .outcome = PollOutcome::refused, .too_many = true};

    EXPECT_GE(wait(next_poll(rules, state, evidence)), minutes{120});
    evidence.retry_after = seconds{0};
    EXPECT_GE(wait(next_poll(rules, state, evidence)), minutes{120}) << "whatever Retry-After says";
    rules.interval = hours{24 * 30};
    EXPECT_LE(wait(next_poll(rules, state, evidence)), hours{24 * 30}) << "slow enough";
}

TEST(IntervalTest, AsksForANameThatDoesNotExistMoreRarelyThanAServerThatFails) {
    FeedState state;
    state.errors = 1;
    PollEvidence evidence{.now = kNow, .outcome = PollOutcome::no_answer, .jitter = 0.5};
    auto const failing = wait(next_poll(kTenMinutes, state, evidence));

    evidence.name_is_unknown = true;
    EXPECT_GE(wait(next_poll(kTenMinutes, state, evidence)), failing * 4);

    state.errors = 40;
    EXPECT_LE(wait(next_poll(kTenMinutes, state, evidence)), hours{24 * 3}) << "and never gives up";
}

TEST(IntervalTest, FollowsAPostponedRedirectAsSoonAsItMay) {
    PollEvidence evidence{.now = kNow, .outcome = PollOutcome::postponed, .retry_after = seconds{90}};

    auto const next = next_poll(kTenMinutes, {}, evidence);

    EXPECT_GE(wait(next), seconds{90});
    EXPECT_LE(wait(next), seconds{91});
    EXPECT_EQ(next.why, WhyThen::retry_after);
    evidence.retry_after = seconds{86'400 * 365};
    EXPECT_LE(wait(next_poll(kTenMinutes, {}, evidence)), hours{7 * 24} + seconds{1}) << "max_server_delay";
}

TEST(IntervalTest, LooksAtRobotsTxtAgainTheNextDay) {
    PollEvidence evidence{.now = kNow, .outcome = PollOutcome::disallowed};
    EXPECT_GE(wait(next_poll(kTenMinutes, {}, evidence)), hours{24});
    EXPECT_EQ(next_poll(kTenMinutes, {}, evidence).why, WhyThen::robots);

    evidence.robots_unreadable = true;
    EXPECT_LE(wait(next_poll(kTenMinutes, {}, evidence)), hours{2});
}

TEST(IntervalTest, PlansNothingBeyondTheLongestRest) {
    FeedState state;
    state.errors = 60;
    state.ttl_seconds = 0xFFFFFFFF;
    state.skip_hours = 0xFFFFFE;
    state.skip_days = 0x7E;
    for (auto const outcome : {PollOutcome::document, PollOutcome::refused, PollOutcome::no_answer,
                               PollOutcome::postponed, PollOutcome::disallowed}) {
        PollEvidence const evidence{.now = kNow,
                                    .outcome = outcome,
                                    .fresh_for = seconds{1'000'000'000},
                                    .retry_after = seconds{1'000'000'000},
                                    .name_is_unknown = true,
                                    .jitter = 1};
        EXPECT_LE(wait(next_poll({}, state, evidence)), longest_rest({})) << int(outcome);
    }
}

}  // namespace
}  // namespace newswired::feeds
