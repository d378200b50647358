// The faults of the store in memory; what it promises as a store is in store_contract_test.cpp.

#include "storage/memory_store.hpp"

#include "tests/storage/store_test.hpp"

#include <gmock/gmock.h>

namespace newswired::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class MemoryStoreTest : public testing::Test {
  protected:
    PollCommit poll(std::string const& text) const {
        PollCommit poll{.feed = kFeedA, .at = clock_.now(), .state = "state after " + text};
        poll.items.push_back(item(kFeedA, text, text));
        return poll;
    }
    Error commit(PollCommit poll) {
        auto const receipt = runner_.run(store_->commit(std::move(poll)));
        return receipt ? Error{} : receipt.error();
    }
    std::vector<std::string> bodies() {
        std::vector<std::string> found;
        for (auto const& entry : runner_.run(store_->read(0, 100, 1000)).value()) {
            found.emplace_back(entry.body.view());
        }
        return found;
    }
    std::string state() { return runner_.run(store_->feeds({kFeedA})).value().at(0).state; }
    void reopen_after_power_cut() {
        store_.reset();
        disk_.cut_power();
        store_ = open_memory_store({}, disk_, clock_).value();
    }

    newswired::test::FakeClock clock_;
    newswired::test::TaskRunner runner_;
    MemoryDisk disk_;
    std::unique_ptr<Store> store_ = open_memory_store({}, disk_, clock_).value();
};

TEST_F(MemoryStoreTest, FailsBeforeItDoesAnything) {
    disk_.fail_next(Operation::commit, Fault::before);

    EXPECT_EQ(commit(poll("one")), errc::unavailable);
    EXPECT_THAT(bodies(), IsEmpty());
    EXPECT_EQ(state(), "");
    EXPECT_EQ(commit(poll("one")), Error{});
    EXPECT_THAT(bodies(), ElementsAre("one"));
}

TEST_F(MemoryStoreTest, FailsAfterItHasDoneEverything) {
    disk_.fail_next(Operation::commit, Fault::after);

    EXPECT_EQ(commit(poll("one")), errc::unavailable);
    EXPECT_THAT(bodies(), ElementsAre("one"));
    EXPECT_EQ(commit(poll("one")), Error{});
    EXPECT_THAT(bodies(), ElementsAre("one"));
}

TEST_F(MemoryStoreTest, SaysThatItIsFull) {
    disk_.fail_next(Operation::commit, Fault::full);

    EXPECT_EQ(commit(poll("one")), errc::full);
    EXPECT_THAT(bodies(), IsEmpty());
}

TEST_F(MemoryStoreTest, TakesFaultsInTheOrderPlanned) {
    disk_.fail_next(Operation::commit, Fault::no_space);
    disk_.fail_next(Operation::commit, Fault::none);
    disk_.fail_next(Operation::commit, Fault::full);
    disk_.fail_next(Operation::read, Fault::before);

    EXPECT_EQ(commit(poll("one")), errc::no_space);
    EXPECT_EQ(commit(poll("one")), Error{});
    EXPECT_EQ(commit(poll("two")), errc::full);
    EXPECT_EQ(runner_.run(store_->read(0, 1, 1)).error(), errc::unavailable);
    EXPECT_THAT(bodies(), ElementsAre("one"));
}

TEST_F(MemoryStoreTest, FollowsAScript) {
    std::vector<std::uint64_t> numbers;
    disk_.script([&](Operation operation, std::uint64_t number) {
        numbers.push_back(number);
        return operation == Operation::advance ? Fault::after : Fault::none;
    });

    EXPECT_EQ(commit(poll("one")), Error{});
    EXPECT_EQ(runner_.run(store_->advance("file", {}, {.seq = 1})).error(), errc::unavailable);

    disk_.script({});
    EXPECT_EQ(runner_.run(store_->cursor("file")).value().seq, 1u);
    EXPECT_THAT(numbers, ElementsAre(1, 2));
    EXPECT_EQ(disk_.operations(), 3u);
}

TEST_F(MemoryStoreTest, KeepsArticlesThroughAPowerCut) {
    ASSERT_EQ(commit(poll("one")), Error{});

    reopen_after_power_cut();

    EXPECT_THAT(bodies(), ElementsAre("one"));
    EXPECT_EQ(state(), "state after one");
}

TEST_F(MemoryStoreTest, LosesCursorsAndEmptyPollsInAPowerCut) {
    ASSERT_EQ(commit(poll("one")), Error{});
    ASSERT_TRUE(runner_.run(store_->advance("file", {}, {.seq = 1})));
    auto const name = store_->log();
    PollCommit empty{.feed = kFeedA, .at = clock_.now(), .state = "not modified"};
    ASSERT_EQ(commit(empty), Error{});

    reopen_after_power_cut();

    EXPECT_EQ(runner_.run(store_->cursor("file")).value().seq, 0u);
    EXPECT_EQ(state(), "state after one");
    EXPECT_EQ(store_->log(), name);
}

TEST_F(MemoryStoreTest, LosesNothingInAPowerCutAfterAFlush) {
    ASSERT_TRUE(runner_.run(store_->advance("file", {}, {.seq = 1})));
    ASSERT_TRUE(runner_.run(store_->flush()));

    reopen_after_power_cut();

    EXPECT_EQ(runner_.run(store_->cursor("file")).value().seq, 1u);
}

TEST_F(MemoryStoreTest, AnswersAtALaterTurn) {
    std::vector<std::string> order;
    auto asks = [&]() -> Task<void> {
        auto const stats = co_await store_->stats();
        EXPECT_TRUE(stats.has_value());
        order.push_back("answer");
    };
    spawn(runner_.context().get_executor(), asks());
    boost::asio::post(runner_.context(), [&] { order.push_back("others"); });

    runner_.context().run();

    EXPECT_THAT(order, ElementsAre("others", "answer"));
}

}  // namespace
}  // namespace newswired::storage
