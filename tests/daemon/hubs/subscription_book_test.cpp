#include "daemon/hubs/subscription_book.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace newswired::daemon {
namespace {

using feeds::websub::HubAnswer;
using feeds::websub::HubSays;
using feeds::websub::Mode;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class SubscriptionBookTest : public testing::Test {
  protected:
    SubscriptionBookTest() { adopt(); }

    void adopt() {
        book_.adopt(
            {.callback = "https://us.example/websub"}, [this](FeedId feed) { return unwanted_ != feed; },
            now_);
    }
    void poll(std::uint64_t feed, std::string hub, bool news = false) {
        feeds::websub::Links links;
        if (!hub.empty()) {
            links = {.hubs = {std::move(hub)}, .topic = topic(feed)};
        }
        book_.polled({.feed = {feed}, .links = links, .news = news, .at = now_});
    }
    static std::string topic(std::uint64_t feed) { return "https://news.example/" + std::to_string(feed); }
    std::vector<SubscriptionBook::Request> due(std::size_t limit = 100) {
        return book_.take_due(now_, limit);
    }
    static std::string token(SubscriptionBook::Request const& request) {
        return request.request.callback.substr(request.request.callback.rfind('/') + 1);
    }
    bool verify(SubscriptionBook::Request const& request, seconds lease = hours{240}) {
        return book_.hears(token(request),
                           {.mode = HubSays::Mode::subscribe, .topic = request.request.topic, .lease = lease},
                           now_);
    }
    /// Subscribes feed 1.
    SubscriptionBook::Request subscribe() {
        poll(1, "https://hub.example/");
        auto request = due().at(0);
        EXPECT_TRUE(verify(request));
        book_.answered(request, {.status = 202}, now_);
        return request;
    }

    SystemTime now_{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31}};
    int words_ = 0;
    FeedId unwanted_{};
    feeds::websub::Chance chance_{.word = [this] { return "word" + std::to_string(++words_); },
                                  .fraction = [] { return 0.5; }};
    SubscriptionBook book_{chance_};
};

TEST_F(SubscriptionBookTest, SubscribesAndIsLive) {
    auto const request = subscribe();

    EXPECT_TRUE(book_.live({1}));
    EXPECT_FALSE(book_.live({2}));
    EXPECT_EQ(book_.find(token(request))->feed, FeedId{1});
    EXPECT_TRUE(book_.find(token(request))->is_current);
    EXPECT_EQ(book_.secret({1}), request.request.secret);
    EXPECT_EQ(book_.counts(now_).verified, 1u);
    EXPECT_THAT(book_.in_words({1}, now_), testing::HasSubstr("subscribed at https://hub.example/"));
}

TEST_F(SubscriptionBookTest, KnowsNothingOfFeedsWithoutAHub) {
    poll(1, "");

    EXPECT_TRUE(book_.empty());
    EXPECT_THAT(due(), IsEmpty());
    EXPECT_EQ(book_.next_wake(), SystemTime::max());
}

TEST_F(SubscriptionBookTest, AsksAHubOneThingAtATime) {
    for (std::uint64_t feed = 1; feed <= 5; ++feed) {
        poll(feed, "https://hub.example/" + std::to_string(feed));
    }
    poll(6, "https://other.example/");

    auto const first = due();
    EXPECT_THAT(first, SizeIs(2));
    EXPECT_THAT(due(), IsEmpty());
    EXPECT_GT(book_.next_wake(), now_) << "until one has answered";
    book_.answered(first[0], {.status = 202}, now_);

    EXPECT_THAT(due(), SizeIs(1));
}

TEST_F(SubscriptionBookTest, SparesAHubThatFailsWhoeverWantsIt) {
    for (std::uint64_t feed = 1; feed <= 100; ++feed) {
        poll(feed, "https://hub.example/");
    }

    int asked = 0;
    for (int minute = 0; minute < 600; ++minute) {
        for (auto const& request : due()) {
            ++asked;
            book_.answered(request, {.status = 500}, now_);
        }
        now_ += minutes{1};
    }

    EXPECT_GE(asked, 5);
    EXPECT_LE(asked, 8) << "in ten hours, for all feeds together";
}

TEST_F(SubscriptionBookTest, GoesOnWithAHubThatRefusesOneOfMany) {
    poll(1, "https://hub.example/");
    poll(2, "https://hub.example/");

    book_.answered(due().at(0), {.status = 404}, now_);

    EXPECT_THAT(due(), SizeIs(1));
}

TEST_F(SubscriptionBookTest, TellsWhoIsNoLongerLive) {
    auto const request = subscribe();
    EXPECT_THAT(book_.take_lost(), IsEmpty());

    now_ += hours{241};
    (void)due();

    EXPECT_FALSE(book_.live({1}));
    EXPECT_THAT(book_.take_lost(), ElementsAre(FeedId{1}));
    EXPECT_THAT(book_.take_lost(), IsEmpty());
}

TEST_F(SubscriptionBookTest, IsStoredWhenItChangesAndLoadedAgain) {
    auto const request = subscribe();
    auto const changes = book_.take_changes();
    ASSERT_THAT(changes, SizeIs(1));
    EXPECT_THAT(book_.take_changes(), IsEmpty());
    poll(1, "https://hub.example/");
    EXPECT_THAT(book_.take_changes(), IsEmpty()) << "a poll that says the same changes nothing";

    SubscriptionBook again{chance_};
    again.load(changes, now_);

    EXPECT_TRUE(again.live({1}));
    EXPECT_EQ(again.find(token(request))->feed, FeedId{1});
    EXPECT_EQ(again.next_wake(), book_.next_wake());
}

TEST_F(SubscriptionBookTest, DropsBytesThatItCannotRead) {
    SubscriptionBook again{chance_};
    std::vector<storage::SubscriptionRecord> const records{{.feed = {1}, .bytes = "\xff strange"}};

    again.load(records, now_);
    auto const changes = again.take_changes();

    ASSERT_THAT(changes, SizeIs(1));
    EXPECT_EQ(changes[0].bytes, "");
    EXPECT_TRUE(again.empty());
}

TEST_F(SubscriptionBookTest, TakesLeaveOfFeedsThatAreGone) {
    auto const request = subscribe();
    (void)book_.take_changes();
    unwanted_ = {1};

    adopt();
    auto const farewell = due();

    ASSERT_THAT(farewell, SizeIs(1));
    EXPECT_EQ(farewell[0].request.mode, Mode::unsubscribe);
    EXPECT_FALSE(book_.live({1}));
    EXPECT_FALSE(book_.find(token(request))->is_current);
    EXPECT_TRUE(book_.hears(token(request),
                            {.mode = HubSays::Mode::unsubscribe, .topic = request.request.topic}, now_));
    auto const changes = book_.take_changes();
    ASSERT_THAT(changes, SizeIs(1));
    EXPECT_EQ(changes[0].bytes, "");
    EXPECT_TRUE(book_.empty());
    EXPECT_FALSE(book_.find(token(request)).has_value());
}

TEST_F(SubscriptionBookTest, DoesNotWaitForEverWhenAFeedTurnsToAnotherHubInTheQueue) {
    poll(1, "https://hub.example/");
    poll(2, "https://hub.example/");
    auto const first = due();
    ASSERT_THAT(first, SizeIs(1));
    auto const waiting = first[0].feed == FeedId{1} ? 2u : 1u;
    poll(waiting, "https://new.example/");

    book_.answered(first[0], {.status = 202}, now_);
    auto requests = due();
    auto const more = due();
    requests.insert(requests.end(), more.begin(), more.end());

    ASSERT_THAT(requests, SizeIs(1));
    EXPECT_EQ(requests[0].request.hub, "https://new.example/");
    book_.answered(requests[0], {.status = 202}, now_);
    poll(3, "https://hub.example/");
    EXPECT_THAT(due(), SizeIs(1)) << "the old hub is free for others";
}

TEST_F(SubscriptionBookTest, NeverAsksToBeWokenForNothing) {
    subscribe();
    for (int i = 0; i < 50; ++i) {
        now_ = book_.next_wake();
        for (auto const& request : due()) {
            book_.answered(request, {.status = i % 2 == 0 ? std::uint16_t{0} : std::uint16_t{202}}, now_);
        }
        ASSERT_GT(book_.next_wake(), now_) << i;
    }
}

}  // namespace
}  // namespace newswired::daemon
