#include "feeds/long_failure.hpp"

#include <gtest/gtest.h>

namespace newswired::feeds {
namespace {

using std::chrono::hours;

SystemTime const kNow{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

FeedState failing_since(SystemTime since, std::uint32_t errors) {
    FeedState state;
    state.succeeded = since;
    state.errors = errors;
    return state;
}

TEST(LongFailureTest, IsToldOnceAndOnceMoreWhenTheFeedIsBack) {
    auto state = failing_since(kNow - hours{24 * 6}, 9);
    EXPECT_EQ(note_long_failure(state, kNow), Tidings::none);

    EXPECT_EQ(note_long_failure(state, kNow + hours{24}), Tidings::fails_for_long);
    EXPECT_EQ(note_long_failure(state, kNow + hours{48}), Tidings::none);
    state = decode_feed_state(encode(state));
    EXPECT_EQ(note_long_failure(state, kNow + hours{72}), Tidings::none) << "over a restart";

    state.errors = 0;
    EXPECT_EQ(note_long_failure(state, kNow + hours{96}), Tidings::is_back);
    EXPECT_EQ(note_long_failure(state, kNow + hours{120}), Tidings::none);
}

TEST(LongFailureTest, CountsFromTheFirstFailureWhereItNeverAnswered) {
    FeedState state;
    state.errors = 5;
    for (auto const day : {1, 3, 5, 7}) {
        state.history.add({.at = kNow + hours{24 * day}, .outcome = PollOutcome::no_answer});
    }

    EXPECT_EQ(fails_since(state), kNow + hours{24});
    EXPECT_EQ(note_long_failure(state, kNow + hours{24 * 7}), Tidings::none);
    EXPECT_EQ(note_long_failure(state, kNow + hours{24 * 8}), Tidings::fails_for_long);
}

TEST(LongFailureTest, IsNoneWhenWeWereAwayOurselves) {
    auto state = failing_since(kNow - hours{24 * 30}, 1);

    EXPECT_EQ(note_long_failure(state, kNow), Tidings::none);
}

TEST(LongFailureTest, AFeedThatIsGoneIsNotBack) {
    auto state = failing_since(kNow, 0);
    state.told_failing_for_long = true;
    state.gone = true;

    EXPECT_EQ(note_long_failure(state, kNow), Tidings::none);
}

}  // namespace
}  // namespace newswired::feeds
