#include "daemon/polling/record_shelf.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::daemon {
namespace {

constexpr std::chrono::minutes kSoon{10};

storage::FeedRecord record(std::string state, std::string window = {}) {
    return {.state = std::move(state), .window = std::move(window)};
}

TEST(RecordShelfTest, GivesBackOnceWhatWasPut) {
    RecordShelf shelf;
    shelf.put(1, record("a", "w"), kSoon);
    shelf.put(2, record("b"), kSoon);

    auto const first = shelf.take(1);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->state, "a");
    EXPECT_EQ(first->window, "w");
    EXPECT_FALSE(shelf.take(1));
    EXPECT_EQ(shelf.take(2)->state, "b");
    EXPECT_EQ(shelf.bytes(), 0u);
}

TEST(RecordShelfTest, KeepsTheNewest) {
    RecordShelf shelf;
    shelf.put(1, record("old"), kSoon);
    shelf.put(1, record("new"), kSoon);
    EXPECT_EQ(shelf.take(1)->state, "new");

    shelf.put(1, record("old"), kSoon);
    shelf.put(1, record("new"), RecordShelf::kLongestRest + seconds{1});
    EXPECT_FALSE(shelf.take(1)) << "what is not worth keeping takes the place of nothing, but ends what was";
}

TEST(RecordShelfTest, KeepsNothingOfFeedsThatWereNeverRead) {
    RecordShelf shelf;
    shelf.put(1, record(""), kSoon);

    EXPECT_FALSE(shelf.take(1));
}

TEST(RecordShelfTest, IsFullAtItsBoundAndThenKeepsWhatItHas) {
    RecordShelf shelf;
    std::string const large(100'000, 'x');
    RecordShelf::Slot count = 0;
    for (; count < 1'000; ++count) {
        shelf.put(count, record(large), kSoon);
        EXPECT_LE(shelf.bytes(), RecordShelf::kMaxBytes);
    }

    EXPECT_TRUE(shelf.take(0));
    EXPECT_FALSE(shelf.take(count - 1));
}

TEST(RecordShelfTest, ForgetsOnDemand) {
    RecordShelf shelf;
    shelf.put(1, record("a"), kSoon);
    shelf.forget(1);

    EXPECT_FALSE(shelf.take(1));
    EXPECT_EQ(shelf.bytes(), 0u);
}

}  // namespace
}  // namespace newswired::daemon
