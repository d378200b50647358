#include "feeds/poll_history.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::feeds {
namespace {

PastPoll poll(std::uint32_t number) {
    return {.at = SystemTime{milliseconds{1'700'000'000'000 + number}},
            .outcome = PollOutcome::refused,
            .status = 503,
            .items = number,
            .unknown = 2,
            .bytes = 30'000,
            .milliseconds_taken = 120};
}

TEST(PollHistoryTest, TellsWhatWasAdded) {
    PollHistory history;
    EXPECT_FALSE(history.newest() || history.oldest());

    history.add(poll(1));
    history.add(poll(2));

    EXPECT_EQ(history.oldest(), poll(1));
    EXPECT_EQ(history.newest(), poll(2));
    EXPECT_EQ(history.all(), (std::vector{poll(1), poll(2)}));
}

TEST(PollHistoryTest, ForgetsTheOldest) {
    PollHistory history;
    for (std::uint32_t i = 0; i < 50; ++i) {
        history.add(poll(i));
    }

    EXPECT_EQ(history.all().size(), PollHistory::kMost);
    EXPECT_EQ(history.oldest(), poll(40));
    EXPECT_EQ(history.newest(), poll(49));
}

TEST(PollHistoryTest, HoldsTheLargestNumbers) {
    PastPoll const largest{.at = SystemTime{milliseconds{-(std::int64_t{1} << 60)}},
                           .status = 0xFFFF,
                           .items = 0xFFFFFFFF,
                           .unknown = 0xFFFFFFFF,
                           .bytes = ~std::uint64_t{0},
                           .milliseconds_taken = 0xFFFFFFFF};
    PollHistory history;
    history.add(largest);

    EXPECT_EQ(history.newest(), largest);
    EXPECT_LE(history.bytes().size(), PollHistory::kMostBytes);
}

TEST(PollHistoryTest, LeavesOutWhatIsCutOrTooMuch) {
    PollHistory history;
    history.add(poll(1));
    auto const one = std::string{history.bytes()};
    history.add(poll(2));
    std::string const bytes{history.bytes()};

    for (std::size_t length = 0; length < bytes.size(); ++length) {
        auto const cut = PollHistory::of_bytes(std::string_view{bytes}.substr(0, length));
        EXPECT_EQ(cut.all().size(), length < one.size() ? 0u : 1u) << length;
    }
    std::string many;
    for (std::size_t i = 0; i < PollHistory::kMost + 3; ++i) {
        many += one;
    }
    EXPECT_EQ(PollHistory::of_bytes(many).all().size(), PollHistory::kMost);
    EXPECT_EQ(PollHistory::of_bytes(std::string(3, '\0')).all(), std::vector<PastPoll>(3));
}

}  // namespace
}  // namespace newswired::feeds
