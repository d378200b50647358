// What every store promises when its log of articles is full, and what it drops of it.

#include "tests/storage/store_contract_test.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace newswired::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FullStoreTest : public StoreContractTest {
  protected:
    FullStoreTest() { outbox_max_bytes_ = 100; }

    static constexpr TrimPolicy kPolicy{.max_bytes = 100};
};

INSTANTIATE_TEST_SUITE_P(Stores, FullStoreTest, every_store(), name_of_store);

TEST_P(FullStoreTest, RefusesArticlesWhole) {
    commit_many(10, 10);
    auto one = poll(kFeedB, {item(kFeedB, "1", "one")});
    one.state = "never happened";

    auto const receipt = try_commit(one);

    EXPECT_EQ(receipt.error(), errc::full);
    EXPECT_EQ(numbers(), range(1, 10));
    EXPECT_EQ(runner_.run(store_->feeds({kFeedB})).value().at(0).state, "");
}

TEST_P(FullStoreTest, TakesPollsWithoutArticles) {
    commit_many(10, 10);
    // Side by side with one that is refused: each gets its own answer.
    Result<Receipt> refused = errc::closed;
    Result<Receipt> taken = errc::closed;
    auto with_article = [&]() -> Task<void> {
        std::vector<Candidate> items;
        items.push_back(item(kFeedA, "1", "one"));
        refused = co_await store_->commit(poll(kFeedA, std::move(items)));
    };
    auto without = [&]() -> Task<void> { taken = co_await store_->commit(poll(kFeedB, {})); };
    using namespace boost::asio::experimental::awaitable_operators;

    runner_.run(with_article() && without());

    EXPECT_EQ(refused.error(), errc::full);
    EXPECT_TRUE(taken.has_value());
}

TEST_P(FullStoreTest, HasRoomAgainWhenSinksHaveRead) {
    commit_many(10, 10);
    ASSERT_TRUE(advance("file", 0, 10));
    ASSERT_TRUE(trim(kPolicy, {"file"}));

    EXPECT_LT(stats().outbox_bytes, 100u);
    EXPECT_EQ(commit(kFeedB, {item(kFeedB, "1", "one")}).last_seq, 11u);
}

TEST_P(FullStoreTest, IsNeverStuckWithLongArticles) {
    for (int i = 0; i < 5; ++i) {
        for (std::size_t const bytes : {60, 60, 150}) {
            commit_many(1, bytes);
            ASSERT_TRUE(trim(kPolicy, {}));
        }
    }

    EXPECT_EQ(stats().last_seq, 15u);
}

TEST_P(FullStoreTest, IsStillFullWhenOpenedAgain) {
    commit_many(10, 10);

    reopen();

    EXPECT_EQ(stats().outbox_bytes, 100u);
    EXPECT_EQ(try_commit(poll(kFeedB, {item(kFeedB, "1", "one")})).error(), errc::full);
}

// Trimming

class TrimmedStoreTest : public StoreContractTest {};

INSTANTIATE_TEST_SUITE_P(Stores, TrimmedStoreTest, every_store(), name_of_store);

TEST_P(FullStoreTest, DropsAQuarterOfAFullLog) {
    commit_many(10, 10);

    ASSERT_TRUE(trim(kPolicy, {}));

    EXPECT_EQ(stats().first_seq, 4u);
    EXPECT_EQ(stats().outbox_bytes, 70u);
    EXPECT_EQ(stats().last_seq, 10u);
}

TEST_P(FullStoreTest, NeverDropsWhatASinkLacks) {
    commit_many(10, 10);
    ASSERT_TRUE(advance("quick", 0, 10));
    ASSERT_TRUE(advance("slow", 0, 2));

    ASSERT_TRUE(trim(kPolicy, {"quick", "slow"}));
    EXPECT_EQ(stats().first_seq, 3u);

    ASSERT_TRUE(trim(kPolicy, {"quick", "slow", "never begun"}));
    EXPECT_EQ(stats().first_seq, 3u);
    reopen();
    EXPECT_EQ(numbers(), range(3, 10));
}

TEST_P(FullStoreTest, NumbersGoOnWhenAllIsDropped) {
    commit_many(10, 10);
    clock_.advance(std::chrono::hours{24 * 30});
    ASSERT_TRUE(trim({.max_bytes = 1, .retain = seconds{0}}, {}));

    reopen();

    EXPECT_EQ(stats().first_seq, 10u);
    EXPECT_EQ(numbers(), range(10, 10));
    commit_many(1, 10);
    EXPECT_EQ(numbers(), range(10, 11));
    EXPECT_EQ(stats().outbox_bytes, 20u);
}

TEST_P(TrimmedStoreTest, KeepsWhatIsRetained) {
    commit_many(5000);
    clock_.advance(std::chrono::hours{71});

    ASSERT_TRUE(trim({}, {}));

    EXPECT_EQ(stats().first_seq, 1u);
}

TEST_P(TrimmedStoreTest, DropsWhatIsNoLongerRetained) {
    commit_many(5000);
    clock_.advance(std::chrono::hours{71});
    commit_many(5);
    clock_.advance(std::chrono::hours{2});

    ASSERT_TRUE(trim({}, {}));

    EXPECT_EQ(stats().first_seq, 5001u);
    EXPECT_EQ(stats().outbox_bytes, 50u);
}

// Readers pass over the tombstone of every dropped range: were there one for each batch, reading the log
// would cost the square of its length.
TEST_P(TrimmedStoreTest, DropsRarelyAndMuchAtATime) {
    int drops = 0;
    std::uint64_t first = 1;
    for (int batch = 0; batch < 60; ++batch) {
        commit_many(100);
        clock_.advance(std::chrono::hours{1});
        ASSERT_TRUE(trim({.retain = seconds{0}}, {}));
        drops += stats().first_seq != std::exchange(first, stats().first_seq);
    }

    EXPECT_EQ(drops, 1);
    EXPECT_GT(first, 4096u);
}

TEST_P(TrimmedStoreTest, CommitsDropNothing) {
    commit_many(5000);
    clock_.advance(std::chrono::hours{24 * 365});

    commit_many(5000);

    EXPECT_EQ(stats().first_seq, 1u);
    EXPECT_EQ(numbers().size(), 10'000u);
}

}  // namespace
}  // namespace newswired::storage
