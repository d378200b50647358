// The newest articles in memory: what they give, and when they go.

#include "storage/tail.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::storage {
namespace {

constexpr SystemTime kStart{milliseconds{1'700'000'000'000}};

class TailTest : public testing::Test {
  protected:
    void append(milliseconds at, std::size_t bytes = 10) {
        OutboxEntry entry;
        entry.seq = ++seq_;
        entry.time = kStart + at;
        entry.body = SharedText{std::string(bytes, 'x')};
        std::vector<OutboxEntry> entries;
        entries.push_back(std::move(entry));
        tail_.append(std::move(entries));
    }

    // The first number that is given after `after`; 0 when the log itself is to be read.
    std::uint64_t first_after(std::uint64_t after) const {
        auto const found = tail_.read(after, 1, 1000);
        return found && !found->empty() ? found->front().seq : 0;
    }

    std::uint64_t seq_ = 0;
    Tail tail_{0, 100};
};

TEST_F(TailTest, GivesWhatFollows) {
    append(milliseconds{0});
    append(milliseconds{0});
    EXPECT_EQ(first_after(0), 1u);
    EXPECT_EQ(first_after(1), 2u);
    EXPECT_TRUE(tail_.read(2, 1, 1000)->empty());
}

TEST_F(TailTest, KeepsNoMoreThanItsBytes) {
    append(milliseconds{0}, 60);
    append(milliseconds{0}, 60);
    EXPECT_EQ(first_after(0), 0u);
    EXPECT_EQ(first_after(1), 2u);
}

TEST_F(TailTest, LetsGoOfWhatIsOlderThanAMinute) {
    append(milliseconds{0});
    append(Tail::kKept);
    EXPECT_EQ(first_after(0), 1u);
    append(Tail::kKept + milliseconds{1});
    EXPECT_EQ(first_after(0), 0u);
    EXPECT_EQ(first_after(1), 2u);
}

TEST_F(TailTest, AClockThatWasSetBackLosesNothing) {
    append(milliseconds{3'600'000});
    append(milliseconds{0});
    EXPECT_EQ(first_after(0), 1u);
}

}  // namespace
}  // namespace newswired::storage
