// How a poller keeps its feeds apart, and time when clocks do not.

#include "daemon/polling/assignments.hpp"
#include "daemon/polling/page_desk.hpp"
#include "tests/daemon/polling/poller_test.hpp"

#include <algorithm>
#include <future>

namespace newswired::daemon {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string const kFirst = "https://a.example/1";

class JumpTest : public PollerTest, public testing::WithParamInterface<int> {};

TEST_P(JumpTest, OfTheClockCausesNeitherABurstNorSilence) {
    serve(kFirst);
    start(PollMode::keep_going);
    let(minutes{25});
    auto before = asked()[kFirst];
    ASSERT_EQ(before, 3);

    clock_.jump(hours{GetParam()});
    let(seconds{30});
    EXPECT_LE(asked()[kFirst], before + 1) << "no burst";
    let(minutes{60});

    auto const polls = asked()[kFirst] - before;
    EXPECT_GE(polls, 5) << "no silence";
    EXPECT_LE(polls, 7);
    EXPECT_EQ(poller_->tally().totals().fresh, 1u);
}

INSTANTIATE_TEST_SUITE_P(, JumpTest, testing::Values(1, -1, 24 * 365, -24 * 365));

TEST_F(PollerTest, ARestartBehindAClockThatWasFarAheadAsksSoon) {
    serve(kFirst);
    clock_.jump(hours{24 * 365 * 10});
    pass_over();
    clock_.jump(-hours{24 * 365 * 10});

    auto const assigned = run(assign(*store_, plan(), 1, PollMode::keep_going, clock_.now())).value();

    EXPECT_LE(assigned.at(0).at(0).next_poll - clock_.now(), seconds{1});
}

TEST_F(PollerTest, ARestartBehindAClockThatWasAnHourAheadAsksWithinTheHour) {
    serve(kFirst);
    clock_.jump(hours{1});
    pass_over();
    clock_.jump(-hours{2});  // the pass let an hour go by

    auto const assigned = run(assign(*store_, plan(), 1, PollMode::keep_going, clock_.now())).value();

    EXPECT_LE(assigned.at(0).at(0).next_poll - clock_.now(), minutes{72});
}

// The real page desk beside a poller that has one connection a host: neither may wait for the other.
class RobotsPollerTest : public PollerTest {
  protected:
    ~RobotsPollerTest() override {
        if (poller_) {
            poller_->stop();
            poller_->abort();
            let(milliseconds{0});
        }
        running_.reset();
        desk_.reset();
        poller_.reset();
    }
    void respect(std::string const& url) {
        config::FeedOptions options;
        options.interval = minutes{10};
        options.respect_robots = true;
        add_feed(url, options);
        http::Response response;
        response.body = test::rss({test::article(url)});
        client_.answer(url, std::move(response));
    }
    void say(std::string body, std::uint16_t status = 200) {
        http::Response response{.status = status};
        response.body = std::move(body);
        client_.answer("https://a.example/robots.txt", response);
    }
    void begin() {
        pages_ = &desks_;
        prepare(PollMode::keep_going);
        desk_.emplace(context_->get_executor(), client_, clock_, poller_->turns(), "newswired");
        desks_.add(context_->get_executor(), *desk_);
        go();
    }

    PageDesks desks_;
    std::optional<PageDesk> desk_;
};

TEST_F(RobotsPollerTest, ReadsRobotsTxtOnceForAllFeedsOfAHost) {
    for (auto const* const name : {"1", "2", "3"}) {
        respect(std::string{"https://a.example/"} + name);
    }
    say("User-agent: newswired\nDisallow: /2\n");
    begin();
    let(seconds{20});

    auto counts = asked();
    EXPECT_EQ(counts["https://a.example/robots.txt"], 1);
    EXPECT_EQ(counts["https://a.example/1"], 1);
    EXPECT_EQ(counts["https://a.example/2"], 0);
    EXPECT_EQ(counts["https://a.example/3"], 1);

    let(minutes{60});
    counts = asked();
    EXPECT_EQ(counts["https://a.example/robots.txt"], 1);
    EXPECT_EQ(counts["https://a.example/2"], 0);
    EXPECT_GE(counts["https://a.example/1"], 5);
}

TEST_F(RobotsPollerTest, ASiteWithoutRobotsTxtIsPolledAsEver) {
    respect(kFirst);
    say("nothing here", 404);
    begin();
    let(minutes{35});

    EXPECT_GE(asked()[kFirst], 3);
}

// The target's origin is another one, and its robots.txt too, but its lane is that of the feed that waits.
TEST_F(RobotsPollerTest, ARedirectToAnotherPortOfTheHostDoesNotWaitForItself) {
    respect(kFirst);
    http::Response moved{.status = 301};
    moved.fields.set("Location", "https://a.example:8443/1");
    client_.answer(kFirst, moved);
    http::Response document;
    document.body = test::rss({test::article("a")});
    client_.answer("https://a.example:8443/1", document);
    say("User-agent: *\nAllow: /\n");
    http::Response rules;
    rules.body = "User-agent: *\nDisallow: /private\n";
    client_.answer("https://a.example:8443/robots.txt", rules);
    begin();
    let(minutes{12});

    EXPECT_EQ(asked()["https://a.example:8443/robots.txt"], 1);
    EXPECT_EQ(asked()["https://a.example:8443/1"], 2);
    EXPECT_EQ(poller_->tally().totals().fresh, 1u);
}

TEST_F(RobotsPollerTest, ARedirectToADisallowedPathIsNotFollowed) {
    respect(kFirst);
    http::Response moved{.status = 302};
    moved.fields.set("Location", "/private/1");
    client_.answer(kFirst, moved);
    say("User-agent: *\nDisallow: /private\n");
    begin();
    let(hours{30});

    EXPECT_EQ(asked()["https://a.example/private/1"], 0);
    EXPECT_LE(asked()[kFirst], 2) << "what robots.txt says holds for a day";
    EXPECT_EQ(poller_->tally().totals().failures, std::uint64_t(asked()[kFirst]));
}

TEST_F(RobotsPollerTest, ASiteThatCannotSayIsAskedWithinAFewHours) {
    respect(kFirst);
    say("", 503);
    begin();
    let(minutes{5});
    EXPECT_EQ(asked()[kFirst], 0);
    say("User-agent: *\nAllow: /\n");
    let(hours{3});

    EXPECT_GE(asked()[kFirst], 1);
}

TEST_F(PushedPollerTest, LooksForItselfWhenAPushCannotBeRead) {
    hub_.live_ = true;
    begin();
    let(minutes{1});
    auto const before = asked()[kPushed];

    push("<html>");
    let(minutes{3});
    EXPECT_EQ(asked()[kPushed], before) << "not before min_interval";
    let(minutes{3});
    EXPECT_EQ(asked()[kPushed], before + 1);

    for (int i = 0; i < 5; ++i) {
        push("<html>");
        let(seconds{1});
    }
    let(minutes{2});
    EXPECT_EQ(asked()[kPushed], before + 1) << "whatever the hub does";
}

// A pass that fetches pages for minutes leaves its place among those in flight to others.
class LongPassTest : public PollerTest {
  protected:
    class SlowPages final : public Pages {
      public:
        explicit SlowPages(Clock& clock) : clock_{clock} {}
        Task<PageAnswer> ask(http::Request) override {
            co_await clock_.sleep_for(minutes{1});
            co_return PageAnswer{};
        }
        Task<Permission> permission(std::string, RobotsReading) override { co_return Permission::allowed; }

      private:
        Clock& clock_;
    };

    void serve_with_pages(std::string const& url) {
        config::FeedOptions options;
        options.interval = minutes{10};
        options.full_text = config::FullText::always;
        add_feed(url, options);
        http::Response response;
        response.body = test::rss({test::article(url)});
        client_.answer(url, std::move(response));
    }

    SlowPages slow_{clock_};
};

TEST_F(LongPassTest, LeavesItsPlaceToOthersButNotAllOfThem) {
    pages_ = &slow_;
    max_in_flight_ = 2;
    for (auto const* const host : {"a", "b", "c", "d"}) {
        serve_with_pages("https://" + std::string{host} + ".example/1");
    }
    serve("https://e.example/1");
    start(PollMode::once);
    let(seconds{10});

    EXPECT_EQ(asked().size(), 3u) << "one is set aside, two hold the two places";

    let(minutes{10});
    EXPECT_EQ(asked().size(), 5u);
    EXPECT_TRUE(has_ended());
}

// A document that takes long to read is read elsewhere: its thread's other feeds keep time.
class HugeDocumentTest : public PollerTest {
  protected:
    HugeDocumentTest() {
        clock_.stand_still_while([] { return false; });  // reading takes longer than the clock would stand
    }
    Task<void> hold_the_worker() {
        auto work = [this] { held_.get_future().wait(); };
        co_await workers_.run(work);
    }

    std::promise<void> held_;
};

TEST_F(HugeDocumentTest, OtherFeedsArePolledWhileItIsRead) {
    std::vector<test::RssItem> items;
    for (int i = 0; i < 1000; ++i) {
        items.push_back(test::article(std::to_string(i)));
    }
    serve(kFirst);
    serve("https://b.example/huge");
    http::Response huge;
    huge.body = test::rss(items);
    ASSERT_GT(huge.body.size(), 256u * 1024);
    client_.answer("https://b.example/huge", huge);
    TaskGroup holding{context_->get_executor()};
    holding.spawn(hold_the_worker());
    start(PollMode::keep_going);
    let(minutes{35});

    EXPECT_GE(asked()[kFirst], 4);
    EXPECT_EQ(asked()["https://b.example/huge"], 1);
    EXPECT_EQ(poller_->tally().totals().fresh, 1u);

    held_.set_value();
    clock_.stand_still_while([this] { return workers_.is_busy(); });
    let(minutes{1});
    EXPECT_EQ(poller_->tally().totals().fresh, 1001u);
}

}  // namespace
}  // namespace newswired::daemon
