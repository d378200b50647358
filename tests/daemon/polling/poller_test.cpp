#include "daemon/polling/poller.hpp"

#include "daemon/polling/assignments.hpp"
#include "tests/daemon/polling/poller_test.hpp"

#include <algorithm>
#include <map>

namespace newswired::daemon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST_F(PollerTest, OnceAsksEveryFeedOnceAndEnds) {
    serve("https://a.example/1");
    serve("https://a.example/2");
    serve("https://b.example/1");
    start(PollMode::once);
    let(seconds{5});

    EXPECT_TRUE(has_ended());
    EXPECT_EQ(asked(),
              (std::map<std::string, int>{
                  {"https://a.example/1", 1}, {"https://a.example/2", 1}, {"https://b.example/1", 1}}));
    EXPECT_EQ(poller_->tally().totals().fresh, 3u);
    EXPECT_EQ(poller_->status().failing_count, 0u);
}

TEST_F(PollerTest, OnceAsksThoughTheFeedIsNotDueButNotWhatIsGone) {
    serve("https://a.example/1");
    add_feed("https://b.example/gone");
    client_.answer("https://b.example/gone", http::Response{.status = 410});
    for (int i = 0; i < 2; ++i) {
        start(PollMode::once);
        let(seconds{5});
        EXPECT_TRUE(has_ended());
    }

    EXPECT_EQ(asked(),
              (std::map<std::string, int>{{"https://a.example/1", 2}, {"https://b.example/gone", 1}}));
}

TEST_F(PollerTest, AsksAgainAfterTheInterval) {
    serve("https://a.example/1");
    start(PollMode::keep_going);
    let(std::chrono::minutes{65});

    auto const count = asked()["https://a.example/1"];
    EXPECT_GE(count, 6);  // ten minutes and a tenth of jitter at most
    EXPECT_LE(count, 7);
    EXPECT_EQ(poller_->tally().totals().fresh, 1u);
    EXPECT_FALSE(has_ended());
}

TEST_F(PollerTest, DoesNotReadAgainWhatItHasJustWritten) {
    serve("https://a.example/1");
    int reads = 0;
    disk_.script([&reads](storage::Operation operation, std::uint64_t) {
        reads += operation == storage::Operation::feeds;
        return storage::Fault::none;
    });
    start(PollMode::keep_going);
    let(std::chrono::minutes{35});

    EXPECT_GE(asked()["https://a.example/1"], 3);
    EXPECT_EQ(reads, 1);
    EXPECT_EQ(poller_->tally().totals().fresh, 1u);
}

TEST_F(PollerTest, AsksAHostOneFeedASecond) {
    for (int i = 0; i < 10; ++i) {
        serve("https://a.example/" + std::to_string(i));
    }
    start(PollMode::keep_going);
    let(milliseconds{4'500});

    EXPECT_EQ(asked().size(), 5u);
}

TEST_F(PollerTest, AFeedThatFailsIsListedUntilItWorksAgain) {
    add_feed("https://a.example/1");
    start(PollMode::keep_going);
    EXPECT_EQ(poller_->status().failing_count, 1u);
    EXPECT_EQ(poller_->status().failing.at(0).feed, "https://a.example/1");
    EXPECT_NE(poller_->status().failing.at(0).error, "");
    http::Response response;
    response.body = test::rss({test::article("a")});
    client_.answer("https://a.example/1", response);

    let(std::chrono::hours{2});

    EXPECT_EQ(poller_->status().failing_count, 0u);
}

TEST_F(PollerTest, AReloadAddsAndLetsGo) {
    serve("https://a.example/1");
    serve("https://b.example/1");
    start(PollMode::keep_going);
    ASSERT_EQ(asked().size(), 2u);
    settings_.feeds = {};
    serve("https://b.example/1");
    serve("https://c.example/1");
    reload();

    adopt();
    let(std::chrono::minutes{12});

    EXPECT_EQ(asked(),
              (std::map<std::string, int>{
                  {"https://a.example/1", 1}, {"https://b.example/1", 2}, {"https://c.example/1", 2}}));
    EXPECT_EQ(poller_->status().feeds, 2u);
}

TEST_F(PollerTest, AStoreThatCannotBeReadOnlyDelays) {
    serve("https://a.example/1");
    disk_.fail_next(storage::Operation::feeds, storage::Fault::before);
    start(PollMode::once);
    EXPECT_THAT(asked(), IsEmpty());

    let(seconds{2});

    EXPECT_TRUE(has_ended());
    EXPECT_EQ(told().size(), 1u);
}

TEST_F(PollerTest, StoppingWaitsForWhatIsUnderWayAndAbortingDoesNot) {
    serve("https://a.example/1");
    disk_.script([](auto operation, auto) {
        return operation == storage::Operation::commit ? storage::Fault::full : storage::Fault::none;
    });
    start(PollMode::keep_going);
    poller_->stop();
    let(std::chrono::minutes{5});
    EXPECT_FALSE(has_ended()) << "the commit is still tried";

    poller_->abort();
    let(milliseconds{0});

    EXPECT_TRUE(has_ended());
}

class AssignTest : public PassTest {
  protected:
    std::vector<std::vector<Assignment>> assigned(std::size_t threads, PollMode mode) {
        return run(assign(*store_, plan(), threads, mode, clock_.now())).value();
    }
};

TEST_F(AssignTest, FeedsOfAHostStayTogether) {
    for (int i = 0; i < 100; ++i) {
        add_feed("https://host" + std::to_string(i % 10) + ".example/" + std::to_string(i));
    }

    auto const threads = assigned(4, PollMode::keep_going);

    std::map<std::string, std::size_t> thread_of;
    std::size_t count = 0;
    for (std::size_t thread = 0; thread < threads.size(); ++thread) {
        for (auto const& one : threads[thread]) {
            auto const place = thread_of.emplace(host_of(plan()->feeds().url(one.feed)), thread);
            EXPECT_EQ(place.first->second, thread);
            ++count;
        }
    }
    EXPECT_EQ(count, 100u);
}

TEST_F(AssignTest, ARestartKeepsTheSchedule) {
    read({test::article("a")});
    std::vector<FeedId> const ids{plan()->feeds().id(0)};
    auto const next = feeds::decode_feed_state(run(store_->feeds(ids)).value()[0].state).next_poll;

    clock_.jump(-std::chrono::minutes{50});  // the pass let an hour go by
    EXPECT_EQ(assigned(1, PollMode::keep_going).at(0).at(0).next_poll, next);
    EXPECT_FALSE(assigned(1, PollMode::once).at(0).at(0).host_waits);
}

TEST_F(AssignTest, WhatIsNewIsSpreadTheLongerTheMoreThereIs) {
    for (int i = 0; i < 1000; ++i) {
        add_feed("https://a.example/" + std::to_string(i));
    }

    auto const all = assigned(1, PollMode::keep_going).at(0);

    SystemTime last{};
    for (auto const& one : all) {
        EXPECT_GE(one.next_poll, clock_.now());
        last = std::max(last, one.next_poll);
    }
    EXPECT_LE(last - clock_.now(), seconds{10});
    EXPECT_GE(last - clock_.now(), seconds{5});
}

TEST_F(AssignTest, AFeedThatWasGoneIsAskedAtItsNewAddress) {
    add_feed(kFeed, {}, "news");
    client_.answer_next(http::Response{.status = 410});
    pass_over();
    EXPECT_EQ(assigned(1, PollMode::keep_going).at(0).at(0).next_poll, feeds::kNeverAgain);
    settings_.feeds = {};
    add_feed("https://news.example/new.xml", {}, "news");
    reload();

    EXPECT_LT(assigned(1, PollMode::keep_going).at(0).at(0).next_poll, feeds::kNeverAgain);
}

TEST_F(AssignTest, AnUnreadableStateIsAnError) {
    disk_.fail_next(storage::Operation::due_times, storage::Fault::before);
    (void)plan();

    EXPECT_FALSE(run(assign(*store_, plan(), 1, PollMode::keep_going, clock_.now())).has_value());
}

TEST_F(PushedPollerTest, ReadsWhatAHubPushesAndKeepsWhatThePollBrought) {
    begin();

    push(test::rss({test::article("new")}));
    let(seconds{1});
    let(std::chrono::minutes{30});

    EXPECT_THAT(outcomes_, ElementsAre(PushOutcome::stored));
    EXPECT_THAT(titles(), ElementsAre("About old", "About new"));
    EXPECT_EQ(poller_->tally().totals().fresh, 2u) << "the next poll knows it already";
}

TEST_F(PushedPollerTest, LetsAPushWaitWhileItsFeedIsPolled) {
    SlowClient slow{client_, clock_};
    network_ = &slow;
    begin();

    push(test::rss({test::article("new")}));
    let(seconds{5});
    EXPECT_THAT(outcomes_, IsEmpty());
    let(seconds{6});

    EXPECT_THAT(outcomes_, ElementsAre(PushOutcome::stored));
    EXPECT_THAT(titles(), ElementsAre("About old", "About new"));
    serve_items({test::article("old"), test::article("new")});
    let(std::chrono::minutes{12});
    EXPECT_EQ(titles().size(), 2u) << "the poll's state was not overwritten, nor the push's";
    poller_->stop();
    poller_->abort();
    let(milliseconds{0});
}

TEST_F(PushedPollerTest, LeavesValidatorsAlone) {
    begin();
    http::Response response;
    response.body = test::rss({test::article("old")});
    response.fields.add("ETag", "\"1\"");
    client_.answer(kPushed, response);
    let(std::chrono::minutes{12});

    push(test::rss({test::article("new")}));
    let(std::chrono::minutes{12});

    EXPECT_EQ(client_.requests().back().fields["If-None-Match"], "\"1\"");
}

TEST_F(PushedPollerTest, TellsAHubWhatIsNoFeed) {
    begin();

    push("<html>");
    let(seconds{1});

    EXPECT_THAT(outcomes_, ElementsAre(PushOutcome::unreadable));
}

TEST_F(PushedPollerTest, TakesAFewAtATimeAndOneAfterTheOther) {
    begin();

    for (int i = 0; i < 20; ++i) {
        push(test::rss({test::article("new" + std::to_string(i))}));
    }
    let(seconds{1});

    auto const stored = std::count(outcomes_.begin(), outcomes_.end(), PushOutcome::stored);
    EXPECT_EQ(outcomes_.size(), 20u);
    EXPECT_GE(stored, 8);
    EXPECT_LE(stored, 10);
    EXPECT_EQ(titles().size(), std::size_t(stored) + 1);
}

TEST_F(PushedPollerTest, RefusesAPushForAFeedThatIsNotItsOwn) {
    begin();
    Completion<PushOutcome> const answer;

    poller_->push(feed_id("https://other.example/"), {.bytes = "x"}, answer);
    waiting_->spawn(note(answer));
    let(seconds{1});

    EXPECT_THAT(outcomes_, ElementsAre(PushOutcome::refused));
}

TEST_F(PushedPollerTest, PollsRarelyWhilePushesCome) {
    hub_.live_ = true;
    begin();
    let(std::chrono::hours{4});

    EXPECT_GE(asked()[kPushed], 6);
    EXPECT_LE(asked()[kPushed], 7);
    EXPECT_THAT(explained(kPushed), testing::HasSubstr("because of a hub"));
}

TEST_F(PushedPollerTest, TellsWhatThePollSaysOfHubs) {
    begin();

    ASSERT_FALSE(hub_.polls_.empty());
    EXPECT_THAT(hub_.polls_[0].links.hubs, ElementsAre("https://hub.example/"));
    EXPECT_EQ(hub_.polls_[0].links.topic, kPushed);
    EXPECT_TRUE(hub_.polls_[0].news);
}

TEST_F(PushedPollerTest, ComesBackSoonWhenAPollFindsWhatTheHubShouldHaveTold) {
    begin();
    hub_.live_ = true;
    let(std::chrono::minutes{12});
    serve_items({test::article("old"), test::article("missed")});
    let(std::chrono::minutes{45});
    auto const before = asked()[kPushed];

    let(std::chrono::minutes{11});

    EXPECT_TRUE(hub_.polls_.back().news || hub_.polls_.size() > 2);
    EXPECT_EQ(asked()[kPushed], before + 1) << "ten minutes later, not forty";
}

TEST_F(PushedPollerTest, IsHastenedWhenTheHubIsLost) {
    begin();
    hub_.live_ = true;
    let(std::chrono::minutes{12});
    hub_.live_ = false;
    EXPECT_EQ(asked()[kPushed], 2) << "and now the third would be forty minutes away";

    poller_->hasten(plan()->feeds().id(0));
    let(std::chrono::minutes{12});

    EXPECT_EQ(asked()[kPushed], 3);
}

}  // namespace
}  // namespace newswired::daemon
