// What every store promises.

#include "tests/storage/store_contract_test.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <thread>

namespace newswired::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

INSTANTIATE_TEST_SUITE_P(Stores, StoreContractTest, every_store(), name_of_store);

// Opening

TEST_P(StoreContractTest, BeginsWithNothing) {
    EXPECT_EQ(stats().first_seq, 1u);
    EXPECT_EQ(stats().last_seq, 0u);
    EXPECT_EQ(stats().born, clock_.now());
    EXPECT_THAT(read(), IsEmpty());
    EXPECT_EQ(cursor("file").seq, 0u);
    EXPECT_EQ(cursor("file").position, "");
    EXPECT_THAT(runner_.run(store_->due_times(nullptr)).value(), IsEmpty());
}

TEST_P(StoreContractTest, KeepsTheNameOfItsLogWhenOpenedAgain) {
    auto const name = store_->log();
    auto const born = stats().born;
    clock_.advance(std::chrono::hours{1});

    reopen();

    EXPECT_EQ(name.size(), 26u);
    EXPECT_EQ(store_->log(), name);
    EXPECT_EQ(stats().log, name);
    EXPECT_EQ(stats().born, born);
}

TEST_P(StoreContractTest, HasAnotherNameInAnotherPlace) {
    auto const other = make_place(GetParam());
    auto const second = other->open(kNoLimit, clock_).value();

    EXPECT_NE(second->log(), store_->log());
}

TEST_P(StoreContractTest, IsOpenedOnceOnly) {
    auto const second = place_->open(kNoLimit, clock_);

    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error(), errc::in_use);
    EXPECT_EQ(second.error().message(), "another newswired is using this state_dir");
    EXPECT_EQ(outcome(item(kFeedA, "guid", "text")), Outcome::fresh);
}

TEST_P(StoreContractTest, HasEverythingWhenOpenedAgain) {
    auto first = item(kFeedA, "guid", "text", "https://a.example/1");
    first.backlog = true;
    auto one = poll(kFeedA, {first});
    one.window = "window";
    one.route = "file\nhook";
    commit(one);
    commit(kFeedA, {item(kFeedA, "guid", "other text")});
    ASSERT_TRUE(advance("file", 0, 1, "inode 7"));

    reopen();

    auto const entries = read();
    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries[0].seq, 1u);
    EXPECT_EQ(entries[0].time, clock_.now());
    EXPECT_EQ(entries[0].key, first.key);
    EXPECT_EQ(entries[0].feed, kFeedA);
    EXPECT_FALSE(entries[0].update);
    EXPECT_TRUE(entries[0].backlog);
    EXPECT_EQ(entries[0].route, "file\nhook");
    EXPECT_EQ(entries[0].body, "text");
    EXPECT_TRUE(entries[1].update);
    EXPECT_EQ(entries[1].revision, 2u);
    EXPECT_EQ(entries[1].changed, kText);
    EXPECT_EQ(cursor("file").position, "inode 7");
    EXPECT_EQ(runner_.run(store_->feeds({kFeedA})).value().at(0).window, "window");
    EXPECT_EQ(outcome(item(kFeedA, "guid", "other text")), Outcome::unchanged);
    EXPECT_EQ(commit(kFeedA, {item(kFeedA, "new", "new")}).last_seq, 3u);
}

// Committing

TEST_P(StoreContractTest, CommitsStateWindowScheduleAndArticlesTogether) {
    auto one = poll(kFeedA, {item(kFeedA, "1", "one"), item(kFeedA, "2", "two")});
    one.state = "validators";
    one.window = "window";

    auto const receipt = commit(one);

    EXPECT_EQ(receipt.last_seq, 2u);
    ASSERT_EQ(receipt.verdicts.size(), 2u);
    EXPECT_EQ(receipt.verdicts[0].seq, 1u);
    EXPECT_EQ(receipt.verdicts[1].seq, 2u);
    auto const records = runner_.run(store_->feeds({kFeedB, kFeedA})).value();
    ASSERT_EQ(records.size(), 2u);
    EXPECT_EQ(records[0].state, "");
    EXPECT_EQ(records[1].state, "validators");
    EXPECT_EQ(records[1].window, "window");
    auto const due = runner_.run(store_->due_times(nullptr)).value();
    ASSERT_EQ(due.size(), 1u);
    EXPECT_EQ(due[0].feed, kFeedA);
    EXPECT_EQ(due[0].next_poll, one.next_poll);
    EXPECT_THAT(bodies(), ElementsAre("one", "two"));
    EXPECT_EQ(stats().outbox_bytes, 6u);
}

TEST_P(StoreContractTest, GlancesAtTheStatesOfAllFeeds) {
    auto one = poll(kFeedA, {});
    one.state = "three";
    commit(one);
    auto other = poll(kFeedB, {});
    other.state.clear();
    commit(other);
    auto const length = [](std::string_view state) -> std::uint64_t { return state.size(); };

    auto const due = runner_.run(store_->due_times(length)).value();

    ASSERT_EQ(due.size(), 2u);
    EXPECT_EQ(due[0].seen + due[1].seen, 5u);
    EXPECT_EQ(due[0].feed == kFeedA ? due[0].seen : due[1].seen, 5u);
}

TEST_P(StoreContractTest, RemembersSitesUntilTheirTimeIsOver) {
    auto first = poll(kFeedA, {});
    first.sites = {{.site = 1, .memory = "one"}, {.site = 2, .memory = "two"}};
    commit(first);
    auto second = poll(kFeedB, {});
    second.sites = {{.site = 2, .memory = "newer"}};
    commit(second);

    reopen();

    EXPECT_THAT(runner_.run(store_->sites({2, 3, 1})).value(), ElementsAre("newer", "", "one"));
    clock_.advance(first.keep + std::chrono::hours{1});
    EXPECT_THAT(runner_.run(store_->sites({2, 1})).value(), ElementsAre("", ""));
}

TEST_P(StoreContractTest, KeepsTheWindowOfAFeedThatWasNotModified) {
    auto first = poll(kFeedA, {});
    first.window = "window";
    commit(first);
    auto second = poll(kFeedA, {});
    second.state = "newer";

    commit(second);

    auto const record = runner_.run(store_->feeds({kFeedA})).value().at(0);
    EXPECT_EQ(record.state, "newer");
    EXPECT_EQ(record.window, "window");
}

TEST_P(StoreContractTest, NumbersArticlesWithoutGapsWhenManyPollsComeAtOnce) {
    constexpr std::uint64_t kPolls = 200;
    std::vector<Receipt> receipts;
    auto one = [&](std::uint64_t number) -> Task<void> {
        auto const name = std::to_string(number);
        FeedId const feed{number + 1};
        std::vector<Candidate> items;
        items.push_back(item(feed, "1", name + " one"));
        items.push_back(item(feed, "2", "in every feed"));
        items.push_back(item(feed, "3", name + " three"));
        auto receipt = co_await store_->commit(poll(feed, std::move(items)));
        receipts.push_back(std::move(receipt.value()));
    };
    for (std::uint64_t i = 0; i < kPolls; ++i) {
        spawn(runner_.context().get_executor(), one(i),
              [](std::exception_ptr error) { EXPECT_FALSE(error); });
    }
    runner_.context().run();

    EXPECT_EQ(receipts.size(), kPolls);
    EXPECT_EQ(numbers(), range(1, 2 * kPolls + 1));
    auto const all = bodies();
    EXPECT_EQ(std::count(all.begin(), all.end(), "in every feed"), 1);
    for (auto const& receipt : receipts) {
        EXPECT_LT(receipt.verdicts[0].seq, receipt.verdicts[2].seq);
        EXPECT_LE(receipt.verdicts[2].seq, receipt.last_seq);
    }
}

TEST_P(StoreContractTest, MayBeCalledFromAnyThread) {
    constexpr std::uint64_t kThreads = 4;
    constexpr std::uint64_t kPolls = 50;
    auto work = [&](std::uint64_t thread) {
        newswired::test::TaskRunner runner;
        FeedId const feed{thread + 1};
        for (std::uint64_t i = 0; i < kPolls; ++i) {
            auto const name = std::to_string(thread) + ' ' + std::to_string(i);
            auto const receipt = runner.run(store_->commit(poll(feed, {item(feed, name, name)})));
            EXPECT_EQ(receipt.value().verdicts.at(0).outcome, Outcome::fresh);
            EXPECT_TRUE(runner.run(store_->read(i, 10, 1000)).has_value());
            EXPECT_GE(runner.run(store_->stats()).value().last_seq, i + 1);
            runner.run(store_->wait_for_article(i));
        }
    };
    std::vector<std::thread> threads;
    for (std::uint64_t thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back(work, thread);
    }
    for (auto& thread : threads) {
        thread.join();
    }

    EXPECT_EQ(numbers(), range(1, kThreads * kPolls));
}

TEST_P(StoreContractTest, TakesTheSameBatchTwiceWithoutHarm) {
    auto withheld = item(kFeedA, "3", "three");
    withheld.withheld = Withheld::rule;
    commit(kFeedA, {item(kFeedA, "1", "old")});
    auto const batch = poll(
        kFeedA, {item(kFeedA, "1", "one"), item(kFeedA, "2", "two"), withheld, item(kFeedA, "4", "two")});
    auto const first = commit(batch);

    auto const second = commit(batch);

    EXPECT_EQ(second.last_seq, first.last_seq);
    for (auto const& verdict : second.verdicts) {
        EXPECT_EQ(verdict.outcome, Outcome::unchanged);
    }
    EXPECT_THAT(bodies(), ElementsAre("old", "one", "two"));
}

TEST_P(StoreContractTest, TellsAGapBehindTheItemsOfItsPoll) {
    auto batch = poll_with_gap({item(kFeedA, "1", "one"), item(kFeedA, "2", "two")});
    batch.route = "file";

    auto const receipt = commit(batch);
    commit(kFeedA, {item(kFeedA, "3", "three")});
    reopen();

    EXPECT_EQ(receipt.gap_seq, 3u);
    EXPECT_EQ(receipt.last_seq, 3u);
    EXPECT_THAT(bodies(), ElementsAre("one", "two", "gap", "three"));
    auto const gap = read(2, 1).at(0);
    EXPECT_EQ(gap.kind, Kind::gap);
    EXPECT_EQ(gap.key, article_key("a", ""));
    EXPECT_EQ(gap.route, "file");
    EXPECT_EQ(numbers(), range(1, 4));
}

TEST_P(StoreContractTest, TellsNoGapWhenAnyOfTheItemsWasKnown) {
    commit(kFeedA, {item(kFeedA, "1", "one")});

    EXPECT_EQ(commit(poll_with_gap({item(kFeedA, "1", "one"), item(kFeedA, "2", "two")})).gap_seq, 0u);
    EXPECT_EQ(commit(poll_with_gap({item(kFeedA, "other name", "one"), item(kFeedA, "3", "three")})).gap_seq,
              0u);
    EXPECT_EQ(commit(poll_with_gap({item(kFeedA, "2", "changed"), item(kFeedA, "4", "four")})).gap_seq, 0u);
    EXPECT_EQ(commit(poll_with_gap({})).gap_seq, 0u);

    auto filled = poll_with_gap({item(kFeedA, "1", "one"), item(kFeedA, "5", "five")});
    filled.gap->unless_known_from = 1;
    EXPECT_NE(commit(filled).gap_seq, 0u) << "only what is behind the filling counts";
}

TEST_P(StoreContractTest, TellsAGapOnceWhenTheBatchIsRepeated) {
    auto const batch = poll_with_gap({item(kFeedA, "1", "one")});

    EXPECT_EQ(commit(batch).gap_seq, 2u);
    EXPECT_EQ(commit(batch).gap_seq, 0u);
}

TEST_P(StoreContractTest, TellsNoGapBehindABatchThatTellsNothing) {
    auto dropped = item(kFeedA, "1", "one");
    dropped.withheld = Withheld::rule;

    EXPECT_EQ(commit(poll_with_gap({dropped})).gap_seq, 0u);
}

TEST_P(StoreContractTest, ForgetsFeedsButNotTheirArticles) {
    commit(kFeedA, {item(kFeedA, "1", "one")});
    commit(kFeedB, {item(kFeedB, "2", "two")});

    ASSERT_TRUE(runner_.run(store_->remove_feeds({kFeedA})));

    auto const records = runner_.run(store_->feeds({kFeedA, kFeedB})).value();
    EXPECT_EQ(records[0].state, "");
    EXPECT_EQ(records[1].state, "state");
    EXPECT_EQ(runner_.run(store_->due_times(nullptr)).value().size(), 1u);
    EXPECT_THAT(bodies(), ElementsAre("one", "two"));
    EXPECT_EQ(outcome(item(kFeedA, "1", "one")), Outcome::unchanged);
}

TEST_P(StoreContractTest, FindsItemsByTheirUrl) {
    commit(kFeedA, {item(kFeedA, "1", "text", "https://a.example/")});
    commit(kFeedB, {item(kFeedB, "2", "text", "https://a.example/")});

    auto const records = runner_.run(store_->items_by_url(xxh3("https://a.example/"))).value();

    ASSERT_EQ(records.size(), 2u);
    EXPECT_EQ(records[0].feed, kFeedA);
    EXPECT_EQ(records[0].outcome, Outcome::fresh);
    EXPECT_EQ(records[0].seq, 1u);
    EXPECT_EQ(records[0].first_seen, clock_.now());
    EXPECT_EQ(records[0].url, "https://a.example/");
    EXPECT_EQ(records[1].feed, kFeedB);
    EXPECT_EQ(records[1].outcome, Outcome::duplicate);
    EXPECT_EQ(records[1].duplicate_of, records[0].key);
    EXPECT_EQ(records[1].duplicate_url, "https://a.example/");
    EXPECT_THAT(runner_.run(store_->items_by_url(1)).value(), IsEmpty());
}

// Reading

TEST_P(StoreContractTest, ReadsBehindANumber) {
    commit_many(5);

    EXPECT_EQ(numbers(3), range(4, 5));
    EXPECT_THAT(numbers(5), IsEmpty());
    EXPECT_THAT(numbers(99), IsEmpty());
}

TEST_P(StoreContractTest, ReadsNoMoreThanAsked) {
    commit_many(5, 10);

    EXPECT_EQ(read(0, 3).size(), 3u);
    EXPECT_EQ(read(0, 9, 29).size(), 2u);
    EXPECT_EQ(read(0, 9, 30).size(), 3u);
    EXPECT_EQ(read(3, 9, 30).size(), 2u);
    EXPECT_THAT(read(0, 0), IsEmpty());
}

TEST_P(StoreContractTest, ReadsOneArticleHoweverLong) {
    commit_many(2, 1000);

    EXPECT_EQ(read(0, 9, 1).size(), 1u);
    EXPECT_EQ(read(1, 9, 1).at(0).seq, 2u);
}

TEST_P(StoreContractTest, WakesWhoWaitsForAnArticle) {
    std::vector<std::string> order;
    auto wait = [&]() -> Task<void> {
        co_await store_->wait_for_article(0);
        order.push_back("woken");
    };
    auto write = [&]() -> Task<void> {
        order.push_back("commit");
        auto receipt = co_await store_->commit(poll(kFeedA, {}));
        EXPECT_TRUE(receipt.has_value());
        order.push_back("nothing new");
        std::vector<Candidate> items;
        items.push_back(item(kFeedA, "1", "one"));
        receipt = co_await store_->commit(poll(kFeedA, std::move(items)));
        EXPECT_TRUE(receipt.has_value());
    };
    using namespace boost::asio::experimental::awaitable_operators;

    runner_.run(wait() && write());

    EXPECT_THAT(order, ElementsAre("commit", "nothing new", "woken"));
}

TEST_P(StoreContractTest, WaitsNotForAnArticleThatIsThere) {
    commit_many(2);
    reopen();

    EXPECT_NO_THROW(runner_.run(store_->wait_for_article(1)));
}

TEST_P(StoreContractTest, WakesWhoWaitsWhenItCloses) {
    auto close = [&]() -> Task<void> {
        store_.reset();
        co_return;
    };
    using namespace boost::asio::experimental::awaitable_operators;

    EXPECT_NO_THROW(runner_.run(store_->wait_for_article(0) && close()));
}

TEST_P(StoreContractTest, LetsWhoWaitsBeCancelled) {
    auto shutdown = []() -> Task<void> {
        auto const home = co_await boost::asio::this_coro::executor;
        boost::asio::use_awaitable_t<Executor> const token{};
        co_await boost::asio::post(home, token);
    };
    using namespace boost::asio::experimental::awaitable_operators;

    auto const first = runner_.run(store_->wait_for_article(0) || shutdown());

    EXPECT_EQ(first.index(), 1u);
}

// Cursors

TEST_P(StoreContractTest, MovesACursorFromWhereItStands) {
    ASSERT_TRUE(advance("file", 0, 3, "three"));
    ASSERT_TRUE(advance("file", 3, 5, "five"));

    EXPECT_EQ(cursor("file").seq, 5u);
    EXPECT_EQ(cursor("file").position, "five");
    EXPECT_EQ(cursor("hook").seq, 0u);
}

TEST_P(StoreContractTest, LeavesACursorThatStandsElsewhere) {
    ASSERT_TRUE(advance("file", 0, 3, "three"));

    auto const moved = advance("file", 0, 5, "five");

    EXPECT_EQ(moved.error(), errc::conflict);
    EXPECT_EQ(cursor("file").seq, 3u);
    EXPECT_EQ(cursor("file").position, "three");
}

// Subscriptions

TEST_P(StoreContractTest, KeepsSubscriptionsUntilTheyAreForgotten) {
    auto keep = [&](FeedId feed, std::string bytes) {
        return runner_.run(store_->keep_subscription({.feed = feed, .bytes = std::move(bytes)}));
    };
    auto kept = [&] {
        std::vector<std::string> all;
        for (auto const& one : runner_.run(store_->subscriptions()).value()) {
            all.push_back(std::to_string(one.feed.value) + " " + one.bytes);
        }
        return all;
    };
    EXPECT_THAT(kept(), IsEmpty());
    ASSERT_TRUE(keep(kFeedA, "first") && keep(kFeedB, "second") && keep(kFeedA, "again"));
    reopen();
    EXPECT_THAT(kept(), testing::UnorderedElementsAre("10 again", "11 second"));

    ASSERT_TRUE(keep(kFeedA, ""));

    EXPECT_THAT(kept(), ElementsAre("11 second"));
}

// Dead letters

class DeadLetterTest : public StoreTest {
  protected:
    std::size_t add(std::string sink, std::uint64_t seq, std::string reason, std::size_t most = 100) {
        DeadLetter letter{.seq = seq,
                          .at = clock_.now(),
                          .attempts = 1,
                          .reason = std::move(reason),
                          .record = "{\"seq\":" + std::to_string(seq) + "}"};
        return runner_.run(store_->add_dead(std::move(sink), std::move(letter), most)).value();
    }
    std::vector<std::string> dead(std::string sink, std::uint64_t after = 0, std::size_t max = 100) {
        std::vector<std::string> all;
        for (auto const& letter : runner_.run(store_->dead(std::move(sink), after, max)).value()) {
            all.push_back(std::to_string(letter.seq) + " " + letter.reason);
        }
        return all;
    }
};

INSTANTIATE_TEST_SUITE_P(Stores, DeadLetterTest, every_store(), name_of_store);

TEST_P(DeadLetterTest, RestByNumberAndSink) {
    add("hook", 300, "c");
    add("hook", 2, "a");
    add("hook", 20, "b");
    add("hook2", 3, "other");
    reopen();

    EXPECT_THAT(dead("hook"), ElementsAre("2 a", "20 b", "300 c"));
    EXPECT_THAT(dead("hook", 2, 1), ElementsAre("20 b"));
    EXPECT_THAT(dead("hook2"), ElementsAre("3 other"));
    EXPECT_THAT(dead("hoo"), IsEmpty());
}

TEST_P(DeadLetterTest, TakeThePlaceOfAnEarlierOne) {
    add("hook", 2, "first");
    add("hook", 2, "second");

    EXPECT_THAT(dead("hook"), ElementsAre("2 second"));
}

TEST_P(DeadLetterTest, AreForgottenOldestFirstBeyondTheMost) {
    EXPECT_EQ(add("hook", 1, "a", 2), 0u);
    EXPECT_EQ(add("hook", 2, "b", 2), 0u);
    EXPECT_EQ(add("hook", 3, "c", 2), 1u);

    EXPECT_THAT(dead("hook"), ElementsAre("2 b", "3 c"));
}

TEST_P(DeadLetterTest, GoWhenTheyAreRemoved) {
    add("hook", 1, "a");
    add("hook", 2, "b");
    std::vector<std::uint64_t> const gone{1, 7};

    ASSERT_TRUE(runner_.run(store_->remove_dead("hook", gone)).has_value());

    EXPECT_THAT(dead("hook"), ElementsAre("2 b"));
}

TEST_P(DeadLetterTest, KeepTheRecord) {
    add("hook", 1, "a");

    auto const letters = runner_.run(store_->dead("hook", 0, 10)).value();

    EXPECT_EQ(letters.at(0).record, "{\"seq\":1}");
    EXPECT_EQ(letters.at(0).at, clock_.now());
    EXPECT_EQ(letters.at(0).attempts, 1u);
}

}  // namespace
}  // namespace newswired::storage
