// How a pass behaves towards servers, as far as it takes more than one poll to see.

#include "feeds/long_failure.hpp"
#include "tests/daemon/pass/pass_test.hpp"

namespace newswired::daemon {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::article;
using testing::HasSubstr;

class MannersTest : public PassTest {
  protected:
    feeds::FeedState state(std::size_t feed = 0) {
        std::vector<FeedId> const ids{plan()->feeds().id(feed)};
        return feeds::decode_feed_state(run(store_->feeds(ids)).value().front().state);
    }
    http::Request const& last_request() { return client_.requests().back(); }
    static http::Response redirect_that_asks_to_wait(std::string const& how_long) {
        http::Response response{.status = 302};
        response.fields.set("Location", "https://news.example/elsewhere.xml");
        response.fields.set("Retry-After", how_long);
        return response;
    }
};

TEST_F(MannersTest, ARedirectThatAsksToWaitIsFollowedAfterThat) {
    client_.answer_next(redirect_that_asks_to_wait("60"));
    auto const asked = clock_.now();

    auto const report = pass_over();

    EXPECT_EQ(report.outcome, feeds::PollOutcome::postponed);
    EXPECT_EQ(last_request().redirect_delay, http::RedirectDelay::obey);
    EXPECT_GE(report.next_poll - asked, seconds{60});
    EXPECT_LE(report.next_poll - asked, seconds{62});
    EXPECT_EQ(state().errors, 0u);
    EXPECT_THAT(explained(kFeed), HasSubstr("because of the server's Retry-After"));

    read({article("a")});
    EXPECT_EQ(last_request().redirect_delay, http::RedirectDelay::waited);
    read({article("a")});
    EXPECT_EQ(last_request().redirect_delay, http::RedirectDelay::obey) << "the next wait is another one";
}

TEST_F(MannersTest, ARedirectsWishIsNothingToAnOperatorWhoIgnoresWishes) {
    config::FeedOptions options;
    options.max_server_delay = milliseconds{0};
    add_feed(kFeed, options);

    read({article("a")});

    EXPECT_EQ(last_request().redirect_delay, http::RedirectDelay::waited);
}

TEST_F(MannersTest, APostponedRedirectDoesNotUnlearnAnAddress) {
    http::Response moved;
    moved.body = test::rss({article("a")});
    moved.effective_url = "https://new.example/feed.xml";
    moved.hops = {{.status = 301, .from = kFeed, .to = moved.effective_url}};
    for (unsigned i = 0; i < settings_.fetch.redirects_learn_after; ++i) {
        client_.answer_next(moved);
        pass_over();
    }
    client_.answer_next(redirect_that_asks_to_wait("600"));
    pass_over();

    read({article("a")});

    EXPECT_EQ(last_request().url, "https://new.example/feed.xml");
}

TEST_F(MannersTest, AnEditedAddressWinsOverALearntOne) {
    add_feed(kFeed, {}, "news");
    http::Response moved;
    moved.body = test::rss({article("a")});
    moved.effective_url = "https://new.example/feed.xml";
    moved.fields.set("ETag", "\"learnt\"");
    moved.hops = {{.status = 301, .from = kFeed, .to = moved.effective_url}};
    for (unsigned i = 0; i < settings_.fetch.redirects_learn_after; ++i) {
        client_.answer_next(moved);
        pass_over();
    }
    read({article("a")});
    ASSERT_EQ(last_request().url, "https://new.example/feed.xml");
    settings_.feeds = {};
    add_feed("https://edited.example/feed.xml", {}, "news");
    reload();

    read({article("a")});

    EXPECT_EQ(last_request().url, "https://edited.example/feed.xml");
    EXPECT_NE(last_request().conditional_url, "https://edited.example/feed.xml") << "another one's tag";
    EXPECT_EQ(titles(), Names{"About a"}) << "its articles are known all the same";
}

TEST_F(MannersTest, ANameThatDoesNotExistIsAskedForMoreRarely) {
    config::FeedOptions options;
    options.interval = minutes{10};
    add_feed(kFeed, options);
    auto rest_after = [this](http::errc error) {
        client_.answer_next(error);
        auto const asked = clock_.now();
        auto const report = pass_over();
        read({article("a")});  // so that the next one is a first error, too
        return report.next_poll - asked;
    };

    auto const busy = rest_after(http::errc::name_lookup_failed);

    EXPECT_LT(busy, minutes{12});
    EXPECT_GE(rest_after(http::errc::name_not_found), busy * 3);
}

TEST_F(MannersTest, AServerThatAlwaysSendsEverythingIsAskedOnceADayInTheEnd) {
    auto const document = test::rss({article("a"), article("b")});
    SystemTime::duration rest{};
    for (int i = 0; i < 40; ++i) {
        auto const asked = clock_.now();
        rest = read(document).next_poll - asked;
        if (i == feeds::kBlindPollsBorne) {
            EXPECT_LE(rest, hours{2});
        }
    }
    EXPECT_GE(rest, hours{23});
    EXPECT_THAT(explained(kFeed), HasSubstr("asked less, because the server sent the whole document"));

    auto const asked = clock_.now();
    EXPECT_LE(read({article("c"), article("a"), article("b")}).next_poll - asked, hours{2});
}

TEST_F(MannersTest, ValidatorsOrAMaxAgeSpareAServerAndTheFeedItsStretching) {
    http::Response response;
    response.body = test::rss({article("a")});
    response.fields.set("ETag", "\"1\"");
    for (int i = 0; i < 20; ++i) {
        client_.answer_next(response);
        pass_over();
    }

    EXPECT_EQ(state().blind_polls, 0u);
}

TEST_F(MannersTest, AFeedThatFailsForAWeekIsRememberedAsTold) {
    read({article("a")});
    for (int day = 0; day < 8; ++day) {
        client_.answer_next(http::errc::connect_failed);
        pass_over();
        EXPECT_EQ(state().told_failing_for_long, day >= 7) << day;
        clock_.advance(hours{23});
    }

    read({article("b")});

    EXPECT_FALSE(state().told_failing_for_long);
}

TEST_F(MannersTest, ACloudElementIsPassedOver) {
    auto const report = read(test::rss({article("a")},
                                       R"(<cloud domain="rpc.example" port="80" path="/RPC2"
                                           registerProcedure="pingMe" protocol="soap"/>)"));

    EXPECT_EQ(report.error, "");
    EXPECT_EQ(titles(), Names{"About a"});
    EXPECT_EQ(client_.requests().size(), 1u) << "nobody is registered with";
}

// Robots.txt by heart, so that a pass alone can be looked at.
class SaidPages final : public Pages {
  public:
    Task<PageAnswer> ask(http::Request) override { co_return PageAnswer{}; }
    Task<Permission> permission(std::string url, RobotsReading reading) override {
        auto const refused = url == disallowed;
        asked.push_back(std::move(url));
        if (reading == RobotsReading::never) {
            co_return at_once;
        }
        co_return refused ? Permission::disallowed : after_reading;
    }

    Permission at_once = Permission::not_known;
    Permission after_reading = Permission::allowed;
    std::string disallowed;  // whatever is said to other addresses
    std::vector<std::string> asked;
};

class RobotsTest : public MannersTest {
  protected:
    RobotsTest() { pages_ = &said_; }
    void respect() {
        config::FeedOptions options;
        options.respect_robots = true;
        add_feed(kFeed, options);
    }

    SaidPages said_;
};

TEST_F(RobotsTest, IsNotAskedForUnlessTheOperatorSaysSo) {
    said_.at_once = said_.after_reading = Permission::disallowed;

    read({article("a")});

    EXPECT_TRUE(said_.asked.empty());
    EXPECT_EQ(titles(), Names{"About a"});
}

TEST_F(RobotsTest, DisallowsAPollAndExplainSaysSo) {
    respect();
    said_.after_reading = Permission::disallowed;
    auto const asked = clock_.now();

    auto const report = pass_over();

    EXPECT_TRUE(client_.requests().empty());
    EXPECT_THAT(report.error, HasSubstr("robots.txt does not allow it"));
    EXPECT_GE(report.next_poll - asked, hours{24});
    EXPECT_THAT(explained(kFeed), HasSubstr("because of the site's robots.txt"));
    EXPECT_THAT(explained(kFeed), HasSubstr("not asked, as robots.txt says"));
}

TEST_F(RobotsTest, ThatCannotBeReadAllowsNothingForAWhile) {
    respect();
    said_.at_once = Permission::unreadable;
    auto const asked = clock_.now();

    auto const report = pass_over();

    EXPECT_TRUE(client_.requests().empty());
    EXPECT_LE(report.next_poll - asked, hours{2});
}

TEST_F(RobotsTest, AllowsWhatItAllows) {
    respect();

    read({article("a")});

    EXPECT_EQ(said_.asked, (Names{kFeed, kFeed}));
    EXPECT_EQ(titles(), Names{"About a"});
}

class RobotsRedirectTest : public RobotsTest {
  protected:
    static inline std::string const kTarget = "https://elsewhere.example/feed.xml";

    void redirect(std::string const& from, std::string const& to, std::uint16_t status = 301) {
        http::Response response{.status = status};
        response.fields.set("Location", to);
        client_.answer(from, response);
    }
    void serve_target() {
        http::Response response;
        response.body = test::rss({article("a")});
        response.fields.set("ETag", "\"1\"");
        client_.answer(kTarget, response);
    }
    Names asked() const {
        Names all;
        for (auto const& request : client_.requests()) {
            all.push_back(request.url);
        }
        return all;
    }
};

TEST_F(RobotsRedirectTest, ThatIsDisallowedIsNotFollowed) {
    respect();
    redirect(kFeed, kTarget);
    serve_target();
    said_.disallowed = kTarget;
    auto const began = clock_.now();

    auto const report = pass_over();

    EXPECT_EQ(asked(), Names{kFeed});
    EXPECT_EQ(report.outcome, feeds::PollOutcome::disallowed);
    EXPECT_GE(report.next_poll - began, hours{24});
    EXPECT_THAT(explained(kFeed), HasSubstr("the robots.txt of where it redirects to does not allow it"));
}

TEST_F(RobotsRedirectTest, ThatIsAllowedIsFollowedAndLearnt) {
    respect();
    redirect(kFeed, kTarget);
    serve_target();
    for (unsigned i = 0; i < settings_.fetch.redirects_learn_after; ++i) {
        pass_over();
    }

    EXPECT_EQ(titles(), Names{"About a"});
    EXPECT_EQ(state().address.target, kTarget);
    EXPECT_TRUE(state().address.learnt);
    EXPECT_EQ(state().validators.etag, "\"1\"");
}

TEST_F(RobotsRedirectTest, IsTheClientsOwnBusinessUnlessTheOperatorSaysSo) {
    read({article("a")});

    EXPECT_EQ(last_request().redirect_judge, nullptr);
}

TEST_F(RobotsTest, SpeaksOfArchivesToo) {
    respect();
    auto const archive = [](std::string const& url) {
        return R"(<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="prev-archive" href=")" + url +
               "\"/>";
    };
    said_.disallowed = "https://news.example/old.xml";
    read({article("c"), article("b"), article("a")});

    read(test::rss({article("z"), article("y"), article("x")}, archive(said_.disallowed)));

    EXPECT_EQ(client_.requests().size(), 2u);
    EXPECT_EQ(said_.asked.back(), said_.disallowed);
}

TEST_F(RobotsTest, APollThatStopsBeforeItIsReadNeverHappened) {
    respect();
    said_.after_reading = Permission::stopping;

    pass_over();

    EXPECT_EQ(state().polled, SystemTime{});
}

}  // namespace
}  // namespace newswired::daemon
