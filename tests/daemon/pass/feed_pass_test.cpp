// One pass: what it asks, what it keeps, and what a failure on its way costs (nothing).

#include "tests/daemon/pass/pass_test.hpp"

namespace newswired::daemon {
namespace {

using storage::Fault;
using storage::Operation;
using test::article;
using test::RssItem;
using testing::ElementsAre;
using testing::HasSubstr;

class FeedPassTest : public PassTest {
  protected:
    void answer(std::uint16_t status, std::string const& etag, std::string body = {}) {
        http::Response response;
        response.status = status;
        response.body = std::move(body);
        if (!etag.empty()) {
            response.fields.set("ETag", etag);
        }
        client_.answer_next(std::move(response));
    }
    /// The tag that the newest request was sent with.
    std::string tag_sent() const { return std::string{client_.requests().back().fields["If-None-Match"]}; }

    storage::FeedRecord record() {
        std::vector<FeedId> const ids{plan()->feeds().id(0)};
        return run(store_->feeds(ids)).value().front();
    }
};

TEST_F(FeedPassTest, AsksWithTheTagOfTheDocumentItRead) {
    answer(200, R"("v1")", test::rss({article("a")}));
    pass_over();
    answer(304, R"("v1")");

    auto const report = pass_over();

    EXPECT_EQ(tag_sent(), R"("v1")");
    EXPECT_EQ(report.outcome, feeds::PollOutcome::not_modified);
    EXPECT_EQ(report.error, "");
}

TEST_F(FeedPassTest, TakesTheValidatorsOfADocumentThatItHasReadAlready) {
    auto const document = test::rss({article("a"), article("b")});
    answer(200, R"("v1")", document);
    pass_over();
    answer(200, R"("v2")", document);

    auto const report = pass_over();
    EXPECT_EQ(report.outcome, feeds::PollOutcome::document);
    EXPECT_EQ(report.items, 2u);
    answer(200, R"("v3")", test::rss({article("c"), article("a"), article("b")}));
    pass_over();

    EXPECT_EQ(tag_sent(), R"("v2")");
    EXPECT_EQ(told().size(), 3u);
}

TEST_F(FeedPassTest, KeepsNoTagOfWhatItCouldNotRead) {
    answer(200, R"("v1")", "this is no feed");
    auto const report = pass_over();
    answer(200, R"("v1")", test::rss({article("a")}));

    pass_over();

    EXPECT_EQ(report.outcome, feeds::PollOutcome::unreadable);
    EXPECT_NE(report.error, "");
    EXPECT_EQ(tag_sent(), "");
    EXPECT_EQ(told().size(), 1u);
}

TEST_F(FeedPassTest, KeepsTheOldTagBehindAnErrorPage) {
    answer(200, R"("v1")", test::rss({article("a")}));
    pass_over();
    answer(502, R"("error-page")", "<html>down</html>");
    auto const report = pass_over();
    answer(304, "");

    pass_over();

    EXPECT_THAT(report.error, HasSubstr("502"));
    EXPECT_EQ(tag_sent(), R"("v1")");
}

TEST_F(FeedPassTest, ReadsHalfADocumentAndAsksForTheWholeOne) {
    auto const whole = test::rss({article("c"), article("b"), article("a")});
    answer(200, R"("v1")", whole.substr(0, whole.find("About a")));
    pass_over();
    EXPECT_THAT(titles(), ElementsAre("About b", "About c"));
    answer(200, R"("v1")", whole);

    pass_over();

    EXPECT_EQ(tag_sent(), "");
    EXPECT_THAT(titles(), ElementsAre("About b", "About c", "About a"));
}

TEST_F(FeedPassTest, APollWhoseCommitFailsIsRepeated) {
    disk_.fail_next(Operation::commit, Fault::before);
    disk_.fail_next(Operation::commit, Fault::before);
    auto const began = clock_.now();

    auto const report = read({article("a")});

    EXPECT_EQ(report.fresh, 1u);
    EXPECT_EQ(told().size(), 1u);
    EXPECT_GE(clock_.now() - began, std::chrono::hours{1} + milliseconds{1'500}) << "with growing pauses";
}

TEST_F(FeedPassTest, ACommitThatOnlySeemedToFailTellsNothingTwice) {
    disk_.fail_next(Operation::commit, Fault::after);
    disk_.fail_next(Operation::commit, Fault::after);

    read({article("b"), article("a")});
    read({article("b"), article("a")});

    EXPECT_THAT(titles(), ElementsAre("About a", "About b"));
    EXPECT_FALSE(records()[0].at("revision").as_int64() > 1);
}

TEST_F(FeedPassTest, AnUpdateWhoseCommitOnlySeemedToFailIsToldOnce) {
    auto one = article("a");
    read({one});
    one.title = "Another title";
    disk_.fail_next(Operation::commit, Fault::after);

    read({one});

    EXPECT_THAT(titles(), ElementsAre("About a", "Another title (2)"));
}

TEST_F(FeedPassTest, WaitsWhileTheOutboxIsFull) {
    for (int i = 0; i < 10; ++i) {
        disk_.fail_next(Operation::commit, i % 2 == 0 ? Fault::full : Fault::no_space);
    }

    auto const report = read({article("a")});

    EXPECT_EQ(report.fresh, 1u);
    EXPECT_EQ(told().size(), 1u);
}

TEST_F(FeedPassTest, ADeathBeforeTheCommitMakesThePollUnhappened) {
    answer(200, R"("v1")", test::rss({article("a")}));
    disk_.script(
        [](auto operation, auto) { return operation == Operation::commit ? Fault::before : Fault::none; });
    EXPECT_THROW(pass_over(), std::logic_error) << "it tries for ever";

    disk_.script({});

    EXPECT_EQ(record().state, "");
    EXPECT_TRUE(told().empty());
}

TEST_F(FeedPassTest, TellsTheOldestFirst) {
    auto dated = [](std::string const& name, std::string const& hour) {
        auto item = article(name);
        item.date = "Sat, 31 Jan 2026 " + hour + ":00:00 GMT";
        return item;
    };
    read({dated("noon", "11"), dated("dawn", "05"), dated("morning", "08")});

    EXPECT_THAT(titles(), ElementsAre("About dawn", "About morning", "About noon"));
}

TEST_F(FeedPassTest, TellsUndatedItemsFromTheLastToTheFirst) {
    read({article("c"), article("b"), article("a")});

    EXPECT_THAT(titles(), ElementsAre("About a", "About b", "About c"));
}

// Kept for 40 days from when it was last seen: an item that never leaves its document is seen all the time.
TEST_F(FeedPassTest, WhatStaysInTheDocumentIsNotForgotten) {
    settings_.dedup.keep = std::chrono::days{40};
    for (int day = 0; day < 200; day += 5) {
        read({article("old")});
        clock_.advance(std::chrono::days{5});
    }
    auto touched = article("old");
    touched.more = "<!-- touched --><category>x</category>";

    read({touched});

    EXPECT_EQ(told().size(), 1u);
}

TEST_F(FeedPassTest, WhatStaysIsNotForgottenWhileTheServerSaysNotModified) {
    settings_.dedup.keep = std::chrono::days{40};
    answer(200, R"("v1")", test::rss({article("old")}));
    pass_over();
    for (int day = 0; day < 200; day += 5) {
        clock_.advance(std::chrono::days{5});
        answer(304, R"("v1")");
        pass_over();
    }
    auto touched = article("old");
    touched.more = "<category>x</category>";

    read({touched});

    EXPECT_EQ(told().size(), 1u);
}

TEST_F(FeedPassTest, WhatLeftTheDocumentIsForgottenInTheEnd) {
    settings_.dedup.keep = std::chrono::days{40};
    read({article("old")});
    clock_.advance(std::chrono::days{30});
    read({article("new")});  // it leaves now, and is kept from now on
    clock_.advance(std::chrono::days{30});
    read({article("old"), article("new")});
    EXPECT_EQ(told().size(), 2u) << "still known";
    read({article("new")});
    clock_.advance(std::chrono::days{50});

    read({article("old"), article("new")});

    EXPECT_EQ(told().size(), 3u);
}

TEST_F(FeedPassTest, CountsErrorsInARowAndForgetsThem) {
    client_.answer_next(http::errc::silence);
    auto const first = pass_over();
    client_.answer_next(http::errc::silence);
    auto const second = pass_over();

    EXPECT_EQ(first.outcome, feeds::PollOutcome::no_answer);
    EXPECT_EQ(feeds::decode_feed_state(record().state).errors, 2u);
    EXPECT_GT(second.next_poll, first.next_poll);
    read({article("a")});
    EXPECT_EQ(feeds::decode_feed_state(record().state).errors, 0u);
    EXPECT_EQ(feeds::decode_feed_state(record().state).last_error, "");
}

TEST_F(FeedPassTest, AFeedThatIsGoneIsNeverAskedAgain) {
    answer(410, "");

    auto const report = pass_over();

    EXPECT_EQ(report.next_poll, feeds::kNeverAgain);
    EXPECT_THAT(explained(kFeed), HasSubstr("next poll: never"));
}

TEST_F(FeedPassTest, TooManyRequestsMakeTheHostWait) {
    http::Response response;
    response.status = 429;
    response.fields.set("Retry-After", "7200");
    client_.answer_next(response);
    auto const asked = clock_.now();

    auto const report = pass_over();

    EXPECT_TRUE(report.host_asked_to_wait);
    EXPECT_GE(report.next_poll - asked, std::chrono::hours{2});
}

TEST_F(FeedPassTest, SendsWhatTheOperatorConfigured) {
    config::FeedOptions options;
    options.user_agent = "reader/1";
    options.username = "me";
    options.password = "secret";
    options.headers = {{"X-Token", "t"}};
    add_feed(kFeed, options);

    read({article("a")});

    auto const& request = client_.requests().at(0);
    EXPECT_EQ(request.url, kFeed);
    EXPECT_EQ(request.fields["User-Agent"], "reader/1");
    EXPECT_EQ(request.username, "me");
    EXPECT_EQ(request.password, "secret");
    EXPECT_EQ(request.fields["X-Token"], "t");
    EXPECT_THAT(request.secret_fields, ElementsAre("X-Token"));
}

TEST_F(FeedPassTest, RoutesArticlesToTheFeedsSinks) {
    config::FeedOptions options;
    options.sinks = {"one", "two"};
    add_feed(kFeed, options);

    read({article("a")});

    EXPECT_EQ(told().at(0).route, "one\ntwo");
}

TEST_F(FeedPassTest, AsksALearntAddress) {
    http::Response moved;
    moved.body = test::rss({article("a")});
    moved.effective_url = "https://new.example/feed.xml";
    moved.hops = {{.status = 301, .from = kFeed, .to = moved.effective_url}};
    for (unsigned i = 0; i < settings_.fetch.redirects_learn_after; ++i) {
        client_.answer_next(moved);
        pass_over();
        EXPECT_EQ(client_.requests().back().url, kFeed);
    }

    client_.answer_next(http::errc::name_not_found);
    pass_over();
    client_.answer_next(moved);
    pass_over();

    auto const& requests = client_.requests();
    EXPECT_EQ(requests[requests.size() - 2].url, "https://new.example/feed.xml");
    EXPECT_EQ(requests.back().url, kFeed) << "it failed: unlearnt";
    EXPECT_EQ(told().size(), 1u);
}

TEST_F(FeedPassTest, KeepsSecretsFromALearntAddressElsewhere) {
    add_feed(kFeed, {.username = "me", .password = "pw", .headers = {{"X-Token", "t"}}, .insecure = true});
    http::Response moved;
    moved.body = test::rss({article("a")});
    moved.effective_url = "https://new.example/feed.xml";
    moved.hops = {{.status = 301, .from = kFeed, .to = moved.effective_url}};
    client_.answer(kFeed, moved);
    for (unsigned i = 0; i < settings_.fetch.redirects_learn_after; ++i) {
        pass_over();
    }
    EXPECT_EQ(client_.requests().back().username, "me");
    EXPECT_TRUE(client_.requests().back().route->any_certificate);
    client_.answer_next(moved);

    pass_over();

    auto const& request = client_.requests().back();
    EXPECT_EQ(request.url, "https://new.example/feed.xml");
    EXPECT_EQ(request.username + request.password, "");
    EXPECT_FALSE(request.fields.has("X-Token"));
    EXPECT_FALSE(request.route->any_certificate);
}

struct FirstPollCase {
    char const* name;
    config::FirstPoll rule;
    std::size_t told;
};

class FirstPollTest : public PassTest, public testing::WithParamInterface<FirstPollCase> {
  protected:
    /// Fifteen items, two hours apart; the newest is an hour old.
    static std::vector<RssItem> backlog(SystemTime now) {
        std::vector<RssItem> items;
        for (int i = 0; i < 15; ++i) {
            auto item = article("item" + std::to_string(i));
            item.more = "<pubDate>" + rfc3339(now - std::chrono::hours{1 + 2 * i}) + "</pubDate>";
            items.push_back(item);
        }
        return items;
    }
};

TEST_P(FirstPollTest, LeavesTheRestOutForGood) {
    config::FeedOptions options;
    options.first_poll = GetParam().rule;
    add_feed(kFeed, options);
    auto items = backlog(clock_.now());

    read(items);
    EXPECT_EQ(told().size(), GetParam().told);
    read(items);
    for (auto& item : items) {
        item.more += "<category>touched</category>";
    }
    read(items);

    EXPECT_EQ(told().size(), GetParam().told) << "what was left out is not told later";
    for (auto const& record : records()) {
        EXPECT_TRUE(record.at("backlog").as_bool());
    }
    items.insert(items.begin(), article("news"));
    read(items);
    EXPECT_EQ(told().size(), GetParam().told + 1);
    EXPECT_EQ(titles().back(), "About news");
    EXPECT_FALSE(records().back().at("backlog").as_bool());
}

using Kind = config::FirstPoll::Kind;
INSTANTIATE_TEST_SUITE_P(
    FirstPoll, FirstPollTest,
    testing::Values(FirstPollCase{"All", {.kind = Kind::all}, 15},
                    FirstPollCase{"None", {.kind = Kind::none}, 0},
                    FirstPollCase{"Newest10", {.kind = Kind::newest, .count = 10}, 10},
                    FirstPollCase{"Within24h", {.kind = Kind::since, .age = std::chrono::hours{24}}, 12}),
    [](auto const& param) { return param.param.name; });

TEST_F(PassTest, FirstPollOfTenTellsTheTenNewest) {
    config::FeedOptions options;
    options.first_poll = {.kind = Kind::newest, .count = 2};
    add_feed(kFeed, options);

    read({article("d"), article("c"), article("b"), article("a")});

    EXPECT_THAT(titles(), ElementsAre("About c", "About d"));
    EXPECT_THAT(explained("https://news.example/a"), HasSubstr("first_poll leaves it out"));
}

TEST_F(PassTest, ADocumentThatCouldNotBeReadIsNoFirstPoll) {
    read("no feed at all");

    read({article("a")});

    EXPECT_TRUE(records().at(0).at("backlog").as_bool());
}

}  // namespace
}  // namespace newswired::daemon
