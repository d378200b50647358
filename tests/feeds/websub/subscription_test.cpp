#include "feeds/websub/subscription.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace newswired::feeds::websub {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char const* kHub = "https://hub.example/";
constexpr char const* kTopic = "https://news.example/feed.xml";

class SubscriptionTest : public testing::Test {
  protected:
    void link(std::vector<std::string> hubs, std::string topic = kTopic) {
        subscription_.linked({.hubs = std::move(hubs), .topic = std::move(topic)}, now_, chance_);
    }
    std::optional<HubRequest> ask() {
        subscription_.advance(now_, rules_, chance_);
        return subscription_.due_request(now_, rules_);
    }
    void answer(std::uint16_t status, std::string reason = {}, std::optional<seconds> retry_after = {}) {
        subscription_.answered(Mode::subscribe,
                               {.status = status, .reason = reason, .retry_after = retry_after}, now_, rules_,
                               chance_);
    }
    bool hear(HubSays says) { return hear_at(subscription_.token(), std::move(says)); }
    bool hear_at(std::string const& token, HubSays says) {
        if (says.topic.empty()) {
            says.topic = subscription_.topic();
        }
        return subscription_.hears(token, says, now_, rules_, chance_);
    }
    bool verify(seconds lease) { return hear({.mode = HubSays::Mode::subscribe, .lease = lease}); }
    void subscribe(seconds lease) {
        link({kHub});
        (void)ask();
        answer(202);
        ASSERT_TRUE(verify(lease));
    }
    /// Passes the time until the machine wants to act.
    milliseconds wait() {
        auto const before = now_;
        now_ = std::max(now_, subscription_.wake_at());
        return now_ - before;
    }
    bool lives() const { return subscription_.lives(now_); }
    std::string words() const { return subscription_.in_words(now_); }

    SystemTime now_{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31}};
    int words_ = 0;
    Chance chance_{.word = [this] { return "word" + std::to_string(++words_); },
                   .fraction = [] { return 0.5; }};
    Rules rules_{.callback = "https://us.example/websub"};
    Subscription subscription_;
};

TEST_F(SubscriptionTest, AsksTheHubThatTheFeedNames) {
    link({kHub});

    auto const request = ask();

    ASSERT_TRUE(request.has_value());
    EXPECT_EQ(request->mode, Mode::subscribe);
    EXPECT_EQ(request->hub, kHub);
    EXPECT_EQ(request->topic, kTopic);
    EXPECT_EQ(request->callback, "https://us.example/websub/" + subscription_.token());
    EXPECT_EQ(request->secret, subscription_.secret());
    EXPECT_NE(request->secret, subscription_.token());
    EXPECT_EQ(request->lease, hours{240});
    EXPECT_FALSE(ask().has_value()) << "once";
}

TEST_F(SubscriptionTest, LivesFromTheVerificationToTheEndOfTheLease) {
    link({kHub});
    (void)ask();
    EXPECT_FALSE(lives());

    ASSERT_TRUE(verify(hours{1}));
    answer(202);

    EXPECT_TRUE(lives()) << "though the hub verified before it answered";
    now_ += hours{1};
    EXPECT_FALSE(lives());
}

TEST_F(SubscriptionTest, AgreesOnlyToWhatItAskedFor) {
    link({kHub});
    EXPECT_FALSE(verify(hours{1})) << "not asked yet";
    (void)ask();

    EXPECT_FALSE(hear({.mode = HubSays::Mode::subscribe, .topic = "https://other.example/"}));
    EXPECT_FALSE(hear({.mode = HubSays::Mode::unsubscribe}));
    EXPECT_FALSE(hear({.mode = HubSays::Mode::other}));
    EXPECT_FALSE(hear_at("guessed", {.mode = HubSays::Mode::subscribe}));
    EXPECT_FALSE(lives());
}

TEST_F(SubscriptionTest, RenewsBeforeTheLeaseEnds) {
    for (auto const lease : {seconds{10}, seconds{600}, seconds{864'000}}) {
        subscription_ = {};
        subscribe(lease);
        auto const token = subscription_.token();
        auto const secret = subscription_.secret();

        auto const waited = wait();
        auto const request = ask();

        EXPECT_GE(waited, lease * 7 / 10) << lease.count();
        EXPECT_LE(waited, lease * 9 / 10) << lease.count();
        ASSERT_TRUE(request.has_value());
        EXPECT_EQ(request->secret, secret) << "what is under way stays readable";
        EXPECT_EQ(subscription_.token(), token);
        EXPECT_TRUE(lives());
        ASSERT_TRUE(verify(lease));
        EXPECT_EQ(subscription_.lease_ends(), now_ + lease);
    }
}

TEST_F(SubscriptionTest, TakesTheLeaseAskedForWhenTheHubSaysNone) {
    link({kHub});
    (void)ask();

    ASSERT_TRUE(hear({.mode = HubSays::Mode::subscribe}));

    EXPECT_EQ(subscription_.lease_ends(), now_ + rules_.lease);
}

TEST_F(SubscriptionTest, ComesBackToAFailingHubEverMoreRarely) {
    link({kHub});
    milliseconds last{};
    for (int i = 0; i < 8; ++i) {
        ASSERT_TRUE(ask().has_value());
        answer(500);
        auto const waited = wait();
        EXPECT_GT(waited, last);
        last = waited;
    }

    EXPECT_LE(last, rules_.backoff_max * 115 / 100);
    EXPECT_THAT(words(), HasSubstr("status 500"));
}

TEST_F(SubscriptionTest, KeepsTheLeaseWhileTheRenewalFails) {
    subscribe(hours{240});
    wait();
    (void)ask();

    answer(503, {}, seconds{3600});

    EXPECT_TRUE(lives());
    EXPECT_GE(wait(), hours{1});
}

TEST_F(SubscriptionTest, AsksAgainWhenItIsNeverVerified) {
    link({kHub});
    (void)ask();
    answer(202);

    EXPECT_EQ(wait(), minutes{10});
    EXPECT_FALSE(ask().has_value());
    wait();
    EXPECT_TRUE(ask().has_value());
}

TEST_F(SubscriptionTest, LeavesAHubAloneThatDenies) {
    link({kHub});
    (void)ask();
    answer(202);

    EXPECT_TRUE(hear({.mode = HubSays::Mode::denied, .reason = "not\x1b[31m ours"}));

    EXPECT_FALSE(lives());
    EXPECT_THAT(words(), HasSubstr("denied the subscription: not [31m ours"));
    EXPECT_GE(wait(), hours{20});
}

TEST_F(SubscriptionTest, IsEndedByADenialOfWhatWasVerified) {
    subscribe(hours{240});

    EXPECT_TRUE(hear({.mode = HubSays::Mode::denied}));

    EXPECT_FALSE(lives());
}

TEST_F(SubscriptionTest, HardlyEverComesBackToAHubThatIsGone) {
    link({kHub});
    (void)ask();

    answer(410);

    EXPECT_GE(wait(), hours{30 * 24});
}

TEST_F(SubscriptionTest, TriesTheNextHubWithASecretOfItsOwn) {
    link({kHub, "https://second.example/"});
    auto const secret = ask()->secret;

    answer(410);
    wait();
    auto const request = ask();

    ASSERT_TRUE(request.has_value());
    EXPECT_EQ(request->hub, "https://second.example/");
    EXPECT_NE(request->secret, secret);
}

TEST_F(SubscriptionTest, FollowsTheFeedToAnotherHub) {
    subscribe(hours{240});
    auto const old_token = subscription_.token();

    link({"https://new.example/"});
    auto const request = ask();
    auto const farewell = ask();

    ASSERT_TRUE(request && farewell);
    EXPECT_EQ(request->hub, "https://new.example/");
    EXPECT_NE(subscription_.token(), old_token);
    EXPECT_FALSE(lives());
    EXPECT_EQ(farewell->mode, Mode::unsubscribe);
    EXPECT_EQ(farewell->hub, kHub);
    EXPECT_THAT(farewell->callback, HasSubstr(old_token));
    EXPECT_TRUE(hear_at(old_token, {.mode = HubSays::Mode::unsubscribe, .topic = kTopic}));
    EXPECT_FALSE(hear_at(old_token, {.mode = HubSays::Mode::unsubscribe, .topic = kTopic})) << "once";
}

TEST_F(SubscriptionTest, FollowsTheFeedToAnotherTopic) {
    subscribe(hours{240});

    link({kHub}, "https://moved.example/feed.xml");
    auto const request = ask();

    ASSERT_TRUE(request.has_value());
    EXPECT_EQ(request->topic, "https://moved.example/feed.xml");
    EXPECT_FALSE(hear({.mode = HubSays::Mode::subscribe, .topic = kTopic}));
}

TEST_F(SubscriptionTest, DoesNotRunAfterAFeedThatNamesAnotherHubAtEveryPoll) {
    int asked = 0;
    for (int i = 0; i < 60; ++i) {
        link({i % 2 == 0 ? kHub : "https://other.example/"});
        auto const request = ask();
        asked += request && request->mode == Mode::subscribe;
        now_ += seconds{50};
    }

    EXPECT_LE(asked, 4);
}

TEST_F(SubscriptionTest, BeginsAnewWhenTheOperatorMovesTheCallBack) {
    subscribe(hours{240});
    auto const token = subscription_.token();

    rules_.callback = "https://new.example/websub";
    auto const request = ask();

    ASSERT_TRUE(request.has_value());
    EXPECT_THAT(request->callback, testing::StartsWith("https://new.example/websub/"));
    EXPECT_NE(subscription_.token(), token);
    EXPECT_FALSE(lives());
}

TEST_F(SubscriptionTest, StaysWithItsHubWhileTheFeedNamesIt) {
    subscribe(hours{240});
    auto const token = subscription_.token();

    link({"https://new.example/", kHub});

    EXPECT_EQ(subscription_.token(), token);
    EXPECT_TRUE(lives());
}

TEST_F(SubscriptionTest, TakesLeaveAndIsOver) {
    subscribe(hours{240});
    auto const token = subscription_.token();

    subscription_.leave(now_);
    EXPECT_FALSE(subscription_.is_over());
    EXPECT_THAT(subscription_.tokens(), testing::ElementsAre(token));
    ASSERT_EQ(ask()->mode, Mode::unsubscribe);
    EXPECT_TRUE(hear_at(token, {.mode = HubSays::Mode::unsubscribe, .topic = kTopic}));

    EXPECT_TRUE(subscription_.is_over());
    EXPECT_EQ(subscription_.wake_at(), SystemTime::max());
}

TEST_F(SubscriptionTest, ForgetsAFarewellThatNoHubAnswers) {
    subscribe(hours{240});
    subscription_.leave(now_);

    int asked = 0;
    while (!subscription_.is_over()) {
        asked += ask().has_value();
        wait();
    }

    EXPECT_EQ(asked, 3);
}

TEST_F(SubscriptionTest, LeavesWithoutAWordWhereItNeverBegan) {
    link({kHub});

    subscription_.leave(now_);

    EXPECT_TRUE(subscription_.is_over());
}

TEST_F(SubscriptionTest, DistrustsAHubThatMissedAnArticle) {
    subscribe(hours{240});
    subscription_.polled(true, now_);
    EXPECT_TRUE(lives()) << "what the first poll finds may be older";
    now_ += hours{1};

    subscription_.polled(true, now_);
    EXPECT_TRUE(lives()) << "the push may be under way";
    EXPECT_EQ(wait(), minutes{2});
    auto const request = ask();

    EXPECT_FALSE(lives());
    ASSERT_TRUE(request.has_value()) << "it is asked anew";
    EXPECT_EQ(request->mode, Mode::subscribe);
    ASSERT_TRUE(verify(hours{240}));
    EXPECT_FALSE(lives()) << "a promise is not enough now";
    subscription_.delivered(now_);
    EXPECT_TRUE(lives());
}

TEST_F(SubscriptionTest, ForgivesAPushThatComesALittleLate) {
    subscribe(hours{240});
    subscription_.polled(false, now_);
    subscription_.polled(true, now_);
    now_ += minutes{1};

    subscription_.delivered(now_);
    now_ += minutes{5};
    subscription_.advance(now_, rules_, chance_);

    EXPECT_TRUE(lives());
}

TEST_F(SubscriptionTest, DoesNotAskAHubThatMissesMuchAllDayLong) {
    subscribe(hours{240});
    int asked = 0;
    for (int i = 0; i < 20; ++i) {
        subscription_.polled(false, now_);
        subscription_.polled(true, now_);
        now_ += minutes{10};
        if (ask()) {
            ++asked;
            ASSERT_TRUE(verify(hours{240}));
        }
        subscription_.delivered(now_);
    }

    EXPECT_EQ(asked, 1);
}

TEST_F(SubscriptionTest, SurvivesItsBytes) {
    subscribe(hours{240});
    subscription_.delivered(now_);
    link({"https://new.example/", "https://other.example/"});
    (void)ask();
    answer(500, "no");

    auto const bytes = encode(subscription_);
    auto const again = decode_subscription(bytes);

    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(encode(*again), bytes);
    EXPECT_EQ(again->in_words(now_), words());
    EXPECT_EQ(again->wake_at(), subscription_.wake_at());
    EXPECT_EQ(again->tokens(), subscription_.tokens());
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
        EXPECT_FALSE(decode_subscription(std::string_view{bytes}.substr(0, cut)).has_value()) << cut;
    }
}

TEST_F(SubscriptionTest, HasNothingToDoWithoutAHub) {
    link({}, "");

    EXPECT_TRUE(subscription_.is_over());
    EXPECT_FALSE(ask().has_value());
    EXPECT_THAT(subscription_.tokens(), IsEmpty());
}

}  // namespace
}  // namespace newswired::feeds::websub
