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

TEST(IntervalTest, StaysWithinTheBoundsOfTheLearntInterval) {
    FeedState busy;
    busy.learnt_interval_seconds = 20;
    FeedState quiet;
    quiet.learnt_interval_seconds = 90 * 86400;

    EXPECT_EQ(wait(next_poll({}, busy, {.now = kNow})), minutes{5});
    EXPECT_EQ(wait(next_poll({}, quiet, {.now = kNow})), hours{24});
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

TEST(IntervalTest, LearnsFromTheDatesOfTheItems) {
    std::vector<SystemTime> hourly;
    for (int i = 0; i < 12; ++i) {
        hourly.push_back(kNow - hours{i});
    }
    EXPECT_EQ(learn_interval(hourly, kNow), seconds{1800});
    EXPECT_FALSE(learn_interval(std::span{hourly}.first(2), kNow));

    std::vector<SystemTime> const long_ago{kNow - hours{1000}, kNow - hours{1001}, kNow - hours{1002}};
    EXPECT_EQ(learn_interval(long_ago, kNow), seconds{100 * 3600});
}

TEST(IntervalTest, TakesAFeedThatSkipsEverythingForOneThatSkipsNothing) {
    FeedState state;
    note_pace(state, {.skip_hours = 0xFFFFFF, .skip_days = 0x7F});
    EXPECT_EQ(state.skip_hours, 0u);
    EXPECT_EQ(state.skip_days, 0u);
}

}  // namespace
}  // namespace newswired::feeds
