// What every store promises when the disk fails.

#include "tests/storage/store_contract_test.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace newswired::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FailingDiskTest : public StoreContractTest {};

INSTANTIATE_TEST_SUITE_P(Stores, FailingDiskTest, every_store(), name_of_store);

TEST_P(FailingDiskTest, AFailedCommitNeverHappened) {
    commit_many(2);
    place_->become(DiskState::full);
    auto one = poll(kFeedB, {item(kFeedB, "1", "one")});
    one.state = "B";

    auto const failed = try_commit(one);
    auto const failed_again = try_commit(one);

    EXPECT_EQ(failed.error(), errc::no_space);
    EXPECT_FALSE(failed_again.has_value());
    place_->become(DiskState::sound);
    reopen();
    EXPECT_EQ(numbers(), range(1, 2));
    EXPECT_EQ(runner_.run(store_->feeds({kFeedB})).value().at(0).state, "");
}

TEST_P(FailingDiskTest, GoesOnByItselfOnceThereIsRoom) {
    commit_many(2);
    auto const name = store_->log();
    place_->become(DiskState::full);
    auto const one = poll(kFeedB, {item(kFeedB, "1", "one")});
    ASSERT_FALSE(try_commit(one).has_value());
    ASSERT_FALSE(try_commit(one).has_value());
    ASSERT_FALSE(advance("file", 0, 1).has_value());

    place_->become(DiskState::sound);
    auto const receipt = try_commit(one);

    ASSERT_TRUE(receipt.has_value()) << receipt.error().message();
    EXPECT_EQ(receipt->last_seq, 3u);
    EXPECT_EQ(numbers(), range(1, 3));
    EXPECT_EQ(store_->log(), name);
    EXPECT_TRUE(advance("file", 0, 1));
}

TEST_P(FailingDiskTest, ACommitInDoubtIsRepeatedWithoutHarm) {
    commit_many(2);
    place_->become(DiskState::cannot_sync);
    auto const one = poll(kFeedB, {item(kFeedB, "1", "one"), item(kFeedB, "2", "two")});
    ASSERT_EQ(try_commit(one).error(), errc::unavailable);
    place_->become(DiskState::sound);

    auto const repeated = try_commit(one);

    ASSERT_TRUE(repeated.has_value()) << repeated.error().message();
    EXPECT_EQ(repeated->last_seq, 4u);
    EXPECT_EQ(numbers(), range(1, 4));
    EXPECT_THAT(bodies(2), ElementsAre("one", "two"));
}

// The sink stood at the end of what was in memory; the articles in doubt must not slip past it.
TEST_P(FailingDiskTest, AReaderMissesNothingThatWasInDoubt) {
    commit_many(2);
    place_->become(DiskState::cannot_sync);
    auto const one = poll(kFeedB, {item(kFeedB, "1", "one"), item(kFeedB, "2", "two")});
    ASSERT_FALSE(try_commit(one).has_value());
    place_->become(DiskState::sound);
    ASSERT_TRUE(try_commit(one).has_value());

    commit_many(2);

    EXPECT_EQ(numbers(2), range(3, 6));
    EXPECT_EQ(numbers(3), range(4, 6));
}

TEST_P(FailingDiskTest, WakesWhoWaitsForAnArticleThatWasInDoubt) {
    auto write = [&]() -> Task<void> {
        place_->become(DiskState::cannot_sync);
        std::vector<Candidate> items;
        items.push_back(item(kFeedA, "1", "one"));
        auto const one = poll(kFeedA, std::move(items));
        auto const failed = co_await store_->commit(one);
        EXPECT_FALSE(failed.has_value());
        place_->become(DiskState::sound);
        auto const repeated = co_await store_->commit(one);
        EXPECT_TRUE(repeated.has_value());
    };
    using namespace boost::asio::experimental::awaitable_operators;

    EXPECT_NO_THROW(runner_.run(store_->wait_for_article(0) && write()));
}

TEST_P(FailingDiskTest, ReadsOnWhileNothingCanBeWritten) {
    commit_many(3);
    place_->become(DiskState::full);
    ASSERT_FALSE(try_commit(poll(kFeedB, {item(kFeedB, "1", "one")})).has_value());

    EXPECT_EQ(numbers(), range(1, 3));
    EXPECT_EQ(cursor("file").seq, 0u);
}

}  // namespace
}  // namespace newswired::storage
