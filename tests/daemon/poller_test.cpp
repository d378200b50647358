#include "daemon/poller.hpp"

#include "daemon/assignments.hpp"
#include "tests/daemon/pass_test.hpp"

#include <map>

namespace newswired::daemon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class PollerTest : public PassTest {
  protected:
    ~PollerTest() override {
        if (poller_) {
            poller_->stop();
            poller_->abort();
            let(milliseconds{0});
        }
        running_.reset();
    }

    /// Adds a feed that is polled every ten minutes and holds one article.
    void serve(std::string const& url) {
        config::FeedOptions options;
        options.interval = std::chrono::minutes{10};
        add_feed(url, options);
        http::Response response;
        response.body = test::rss({test::article(url)});
        client_.answer(url, std::move(response));
    }

    void start(PollMode mode) {
        mode_ = mode;
        PassServices const services{
            .client = client_, .store = *store_, .workers = workers_, .clock = clock_};
        poller_.emplace(context_->get_executor(), services, mode, 16);
        adopt();
        running_.emplace(context_->get_executor());
        running_->spawn(poller_->run());
        let(milliseconds{0});
    }
    /// Hands the feeds of the plan to the poller, due at once.
    void adopt() {
        std::vector<Assignment> all;
        for (std::uint32_t feed = 0; feed < plan()->feeds().size(); ++feed) {
            all.push_back({.feed = feed});
        }
        poller_->adopt(plan(), all);
    }
    void let(milliseconds span) {
        auto const end = clock_.steady_now() + span;
        clock_.run(*context_, span);
        clock_.advance(std::chrono::ceil<milliseconds>(end - clock_.steady_now()));
        clock_.run(*context_, milliseconds{0});
    }
    bool has_ended() const { return running_->size() == 0; }

    std::map<std::string, int> asked() const {
        std::map<std::string, int> counts;
        for (auto const& request : client_.requests()) {
            ++counts[request.url];
        }
        return counts;
    }

    PollMode mode_{};
    std::optional<Poller> poller_;
    std::optional<TaskGroup> running_;
};

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
    EXPECT_LE(assigned(1, PollMode::once).at(0).at(0).next_poll, clock_.now()) << "once asks at once";
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

}  // namespace
}  // namespace newswired::daemon
