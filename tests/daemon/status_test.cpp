#include "daemon/status.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace newswired::daemon {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class StatusTest : public testing::Test {
  protected:
    StatusTest() {
        status_.now = SystemTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31}};
        status_.started = status_.now - std::chrono::hours{2};
        status_.polling = {.feeds = 1'234'567, .polling = 3, .waiting = 4, .failing_count = 1};
        status_.polling.failing.push_back({.feed = "broken", .error = "the \"server\" is silent"});
        status_.polling.upcoming.push_back({.feed = "next", .at = status_.now + seconds{90}});
        status_.totals = {.polls = 1000, .documents = 10, .not_modified = 989, .failures = 1, .fresh = 7};
        status_.log = {.log = "01jd8z", .first_seq = 5, .last_seq = 107, .outbox_bytes = 4096};
        status_.sinks.push_back({.sink = "file", .type = "file", .delivered = 107, .count = 7});
        status_.sinks.push_back({.sink = "hook", .type = "webhook", .delivered = 100, .error = "refused"});
        status_.parked.insert("hook");
    }
    boost::json::value json() const { return boost::json::parse(status_json(status_)); }

    Status status_;
};

TEST_F(StatusTest, JsonIsOneObjectOnOneLine) {
    auto const text = status_json(status_);

    EXPECT_EQ(text.find('\n'), text.size() - 1);
    EXPECT_TRUE(json().is_object());
}

TEST_F(StatusTest, JsonTellsFeeds) {
    auto const status = json();
    auto const& feeds = status.at("feeds");
    EXPECT_EQ(feeds.at("configured").as_int64(), 1'234'567);
    EXPECT_EQ(feeds.at("polling").as_int64(), 3);
    EXPECT_EQ(feeds.at("waiting").as_int64(), 4);
    EXPECT_EQ(feeds.at("failing").as_int64(), 1);
    EXPECT_EQ(feeds.at("failures").at(0).at("feed").as_string(), "broken");
    EXPECT_EQ(feeds.at("failures").at(0).at("error").as_string(), "the \"server\" is silent");
    EXPECT_EQ(feeds.at("next").at(0).at("at").as_string(), "2026-01-31T00:01:30Z");
}

TEST_F(StatusTest, JsonTellsSinksAndHowFarEachLags) {
    auto const status = json();
    auto const& hook = status.at("sinks").at(1);
    EXPECT_EQ(hook.at("name").as_string(), "hook");
    EXPECT_EQ(hook.at("seq").as_int64(), 100);
    EXPECT_EQ(hook.at("lag").as_int64(), 7);
    EXPECT_TRUE(hook.at("parked").as_bool());
    EXPECT_EQ(hook.at("error").as_string(), "refused");
    auto const& file = status.at("sinks").at(0);
    EXPECT_EQ(file.at("lag").as_int64(), 0);
    EXPECT_EQ(file.at("delivered").as_int64(), 7);
    EXPECT_FALSE(file.at("parked").as_bool());
    EXPECT_TRUE(file.at("error").is_null());
}

TEST_F(StatusTest, JsonTellsTheLogAndTheTotals) {
    auto const status = json();
    EXPECT_EQ(status.at("log").at("name").as_string(), "01jd8z");
    EXPECT_EQ(status.at("log").at("last_seq").as_int64(), 107);
    EXPECT_EQ(status.at("since_start").at("polls").as_int64(), 1000);
    EXPECT_EQ(status.at("since_start").at("new").as_int64(), 7);
    EXPECT_EQ(status.at("started").as_string(), "2026-01-30T22:00:00Z");
}

TEST_F(StatusTest, TextIsForPeople) {
    EXPECT_THAT(status_text(status_),
                AllOf(HasSubstr("running for 2 h"), HasSubstr("feeds: 1,234,567 configured"),
                      HasSubstr("file (file): at article 107, nothing waits\n"),
                      HasSubstr("hook (webhook): at article 100, 7 wait, PARKED, failing: refused\n"),
                      HasSubstr("broken: the \"server\" is silent\n"), HasSubstr("  next\n")));
}

TEST_F(StatusTest, ACursorAheadOfAnOldStatisticIsNoLag) {
    status_.sinks[0].delivered = 200;

    EXPECT_EQ(json().at("sinks").at(0).at("lag").as_int64(), 0);
}

TEST_F(StatusTest, MergesThreadsAndKeepsTheSoonestFirst) {
    PollerStatus other{.feeds = 3, .polling = 1, .waiting = 1, .failing_count = 30};
    for (int i = 0; i < 30; ++i) {
        other.failing.push_back({.feed = "f" + std::to_string(i), .error = "e"});
    }
    other.upcoming.push_back({.feed = "sooner", .at = status_.now});

    merge(status_.polling, std::move(other));

    EXPECT_EQ(status_.polling.feeds, 1'234'570u);
    EXPECT_EQ(status_.polling.failing_count, 31u);
    EXPECT_EQ(status_.polling.failing.size(), PollerStatus::kMaxListed);
    EXPECT_EQ(status_.polling.upcoming.front().feed, "sooner");
}

TEST(Totals, AddAndSubtractEveryMember) {
    Totals const one{1, 2, 3, 4, 5, 6, 7, 8};
    Tally tally;
    tally.add(one);
    tally.add(one);

    auto rest = tally.totals() - one;
    rest += one;

    EXPECT_EQ(rest.polls, 2u);
    EXPECT_EQ(rest.documents, 4u);
    EXPECT_EQ(rest.not_modified, 6u);
    EXPECT_EQ(rest.failures, 8u);
    EXPECT_EQ(rest.fresh, 10u);
    EXPECT_EQ(rest.updates, 12u);
    EXPECT_EQ(rest.duplicates, 14u);
    EXPECT_EQ(rest.bytes, 16u);
}

TEST_F(StatusTest, TellsOfHubsWhereTheyAreWanted) {
    EXPECT_THAT(status_text(status_), testing::Not(HasSubstr("hubs")));
    status_.pushes = {.wanted = true,
                      .problem = "the port is taken",
                      .counts = {.subscriptions = 5, .verified = 3, .failing = 2},
                      .accepted = 7,
                      .ignored = 1};

    EXPECT_THAT(status_text(status_),
                AllOf(HasSubstr("hubs: 5 feeds have one, 3 subscribed to, 2 failing; 7 documents pushed, 1 "
                                "ignored\n"),
                      HasSubstr("hubs can't reach us: the port is taken\n")));
    EXPECT_EQ(json().at("websub").at("verified").as_int64(), 3);
}

}  // namespace
}  // namespace newswired::daemon
