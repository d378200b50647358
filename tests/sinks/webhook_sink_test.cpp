#include "sinks/errors.hpp"
#include "sinks/webhook/signature.hpp"
#include "tests/support/sink_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace newswired::sinks {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

http::Response status(std::uint16_t code) {
    http::Response response;
    response.status = code;
    return response;
}

class WebhookSinkTest : public ::testing::Test {
  protected:
    std::unique_ptr<Sink> make(std::uint32_t batch = 50) {
        return host_.make({.name = "hook",
                           .type = "webhook",
                           .url = "https://hook.example/in",
                           .secret = "s3cret",
                           .batch = batch,
                           .timeout = milliseconds{3000}});
    }
    Result<std::string> deliver(Sink& sink, std::uint64_t first, std::uint64_t last) {
        return host_.run(sink.deliver(test::SinkHost::records(first, last)));
    }
    http::Request const& request(std::size_t index) { return host_.client().requests().at(index); }
    std::string id(std::size_t index) { return std::string{request(index).fields["webhook-id"]}; }
    std::size_t requests() { return host_.client().requests().size(); }

    test::SinkHost host_;
};

// The example of the specification's text (standardwebhooks.com, "Signature scheme").
TEST(WebhookSignatureTest, IsThatOfTheSpecification) {
    auto const key = webhook_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    EXPECT_EQ(webhook_signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", R"({"test": 2432232314})"),
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSignatureTest, TakesAnyOtherSecretAsItsBytes) {
    EXPECT_EQ(webhook_key("s3cret-key"), "s3cret-key");
}

TEST_F(WebhookSinkTest, PostsTheArticlesAsOneSignedMessage) {
    auto const sink = make();
    host_.client().answer_next(status(204));

    ASSERT_TRUE(deliver(*sink, 1, 3));

    ASSERT_EQ(requests(), 1u);
    EXPECT_EQ(request(0).method, http::Method::post);
    EXPECT_EQ(request(0).redirects, http::Redirects::refuse);
    EXPECT_THAT(request(0).body, StartsWith(R"({"type":"articles","timestamp":")"));
    EXPECT_THAT(request(0).body, EndsWith(R"("data":[{"seq":1},{"seq":2},{"seq":3}]})"));
    EXPECT_EQ(id(0), "msg_01jd8z_1_3");
    EXPECT_EQ(request(0).fields["webhook-signature"],
              webhook_signature("s3cret", id(0), request(0).fields["webhook-timestamp"], request(0).body));
}

TEST_F(WebhookSinkTest, SendsNoMoreThanABatchAtOnce) {
    auto const sink = make(2);
    for (int i = 0; i < 3; ++i) {
        host_.client().answer_next(status(200));
    }

    ASSERT_TRUE(deliver(*sink, 1, 5));

    EXPECT_EQ(id(0), "msg_01jd8z_1_2");
    EXPECT_EQ(id(1), "msg_01jd8z_3_4");
    EXPECT_EQ(id(2), "msg_01jd8z_5_5");
}

TEST_F(WebhookSinkTest, TriesTheSameMessageAgainThoughMoreHasCome) {
    auto const sink = make();
    host_.client().answer_next(status(500));
    host_.client().answer_next(status(200));
    host_.client().answer_next(status(200));

    EXPECT_EQ(deliver(*sink, 1, 2).error(), errc::not_accepted);
    ASSERT_TRUE(deliver(*sink, 1, 4));

    EXPECT_EQ(id(1), id(0));
    EXPECT_EQ(request(1).body, request(0).body);
    EXPECT_EQ(id(2), "msg_01jd8z_3_4");
}

TEST_F(WebhookSinkTest, TriesTheSameMessageAgainAfterARestart) {
    std::string position;
    {
        auto const sink = make();
        host_.client().answer_next(status(500));
        ASSERT_FALSE(deliver(*sink, 1, 2));
        position = host_.run(sink->open({})).value();
    }
    auto const sink = make();
    ASSERT_TRUE(host_.run(sink->open(position)));
    host_.client().answer_next(status(200));
    host_.client().answer_next(status(200));

    ASSERT_TRUE(deliver(*sink, 1, 4));

    EXPECT_EQ(id(1), id(0));
    EXPECT_EQ(request(1).body, request(0).body);
}

TEST_F(WebhookSinkTest, DoesNotSendAgainWhatWasTaken) {
    auto const sink = make(2);
    host_.client().answer_next(status(200));
    host_.client().answer_next(status(503));
    host_.client().answer_next(status(200));

    EXPECT_FALSE(deliver(*sink, 1, 4));
    ASSERT_TRUE(deliver(*sink, 1, 4));

    ASSERT_EQ(requests(), 3u);
    EXPECT_EQ(id(2), "msg_01jd8z_3_4");
}

TEST_F(WebhookSinkTest, WaitsAsLongAsTheReceiverAsks) {
    auto const sink = make();
    auto busy = status(503);
    busy.fields.add("Retry-After", "5");
    host_.client().answer_next(busy);
    host_.client().answer_next(status(200));

    EXPECT_EQ(deliver(*sink, 1, 1).error(), errc::not_accepted);
    host_.clock().advance(milliseconds{4900});
    EXPECT_EQ(deliver(*sink, 1, 1).error(), errc::asked_to_wait);
    EXPECT_EQ(requests(), 1u);
    host_.clock().advance(milliseconds{200});
    EXPECT_TRUE(deliver(*sink, 1, 1));
}

TEST_F(WebhookSinkTest, HalvesWhatIsRefusedUntilTheArticleStandsAlone) {
    auto const sink = make();
    for (auto const code : {400, 200, 400, 200, 400}) {  // 1-4, 1-2, 3-4, 3, 4
        host_.client().answer_next(status(static_cast<std::uint16_t>(code)));
    }

    ASSERT_TRUE(deliver(*sink, 1, 4));

    EXPECT_EQ(requests(), 5u);
    EXPECT_EQ(id(1), "msg_01jd8z_1_2");
    EXPECT_EQ(id(2), "msg_01jd8z_3_4");
    EXPECT_EQ(id(4), "msg_01jd8z_4_4");
    auto const refused = sink->take_refused();
    ASSERT_EQ(refused.size(), 1u);
    EXPECT_EQ(refused[0].record.seq, 4u);
    EXPECT_EQ(refused[0].record.json, R"({"seq":4})");
    EXPECT_EQ(refused[0].reason, "answered with status 400");
    EXPECT_TRUE(sink->take_refused().empty());
}

TEST_F(WebhookSinkTest, HalvesWhatIsTooLarge) {
    auto const sink = make();
    for (auto const code : {413, 200, 200}) {
        host_.client().answer_next(status(static_cast<std::uint16_t>(code)));
    }

    ASSERT_TRUE(deliver(*sink, 1, 2));

    EXPECT_EQ(requests(), 3u);
    EXPECT_TRUE(sink->take_refused().empty());
}

TEST_F(WebhookSinkTest, SaysThatTheReceiverIsGone) {
    auto const sink = make();
    host_.client().answer_next(status(410));

    EXPECT_EQ(deliver(*sink, 1, 2).error(), errc::receiver_gone);
    EXPECT_TRUE(sink->take_refused().empty()) << "the articles are not at fault";
}

TEST_F(WebhookSinkTest, HasItsBoundsStoredBeforeTheFirstTry) {
    auto const records = test::SinkHost::records(1, 3);
    auto const first = make();
    auto const position = first->prepare(records);
    ASSERT_TRUE(position.has_value());
    host_.client().answer_next(http::errc::connection_lost);
    ASSERT_FALSE(deliver(*first, 1, 3));  // and now it dies

    host_.clock().advance(std::chrono::hours{1});
    auto const second = make();
    ASSERT_TRUE(host_.run(second->open(*position)));
    EXPECT_EQ(second->prepare(test::SinkHost::records(1, 5)), position);
    host_.client().answer_next(status(200));
    host_.client().answer_next(status(200));
    ASSERT_TRUE(deliver(*second, 1, 5));

    EXPECT_EQ(id(1), id(0));
    EXPECT_EQ(request(1).body, request(0).body);
}

TEST_F(WebhookSinkTest, TakesAnEarlierArticleAgainThatIsReplayed) {
    auto const sink = make(2);
    host_.client().answer_next(status(200));
    host_.client().answer_next(status(500));
    ASSERT_FALSE(deliver(*sink, 3, 6));  // 3 and 4 were taken

    host_.client().answer_next(status(200));
    host_.client().answer_next(status(200));
    ASSERT_TRUE(deliver(*sink, 1, 4));

    EXPECT_EQ(id(2), "msg_01jd8z_1_2");
    EXPECT_EQ(id(3), "msg_01jd8z_3_4");
}

TEST_F(WebhookSinkTest, DoesNotBlameTheArticlesForAWrongAddressOrSecret) {
    for (auto const code : std::to_array<std::uint16_t>({301, 401, 403, 404, 408, 425, 429, 500, 503})) {
        auto const sink = make();
        host_.client().answer_next(status(code));
        EXPECT_EQ(deliver(*sink, 1, 2).error(), errc::not_accepted) << code;
    }
}

TEST_F(WebhookSinkTest, AnErrorOfTheNetworkIsTheSinks) {
    auto const sink = make();
    host_.client().answer_next(http::errc::connect_failed);

    EXPECT_EQ(deliver(*sink, 1, 1).error(), http::errc::connect_failed);
}

class UnwelcomeWebhookTest : public WebhookSinkTest {
  protected:
    static constexpr std::chrono::hours kPatience{12};  // twelve times retry.max

    void refuse(std::uint16_t code, int times) {
        for (int i = 0; i < times; ++i) {
            host_.client().answer_next(status(code));
        }
    }
};

TEST_F(UnwelcomeWebhookTest, IsTriedForHoursAndThenItsArticlesAreLeftOutWhole) {
    for (auto const code : std::to_array<std::uint16_t>({301, 401, 403, 404, 407})) {
        auto const sink = make();
        refuse(code, 3);
        EXPECT_EQ(deliver(*sink, 1, 4).error(), errc::not_accepted) << code;
        host_.clock().advance(kPatience - std::chrono::minutes{1});
        EXPECT_EQ(deliver(*sink, 1, 4).error(), errc::not_accepted) << code;
        auto const before = requests();

        host_.clock().advance(std::chrono::minutes{2});

        EXPECT_TRUE(deliver(*sink, 1, 4)) << code;
        EXPECT_EQ(requests(), before + 1) << "not halved";
        auto const refused = sink->take_refused();
        ASSERT_EQ(refused.size(), 4u) << code;
        EXPECT_EQ(refused[3].reason, "answered with status " + std::to_string(code));
    }
}

TEST_F(UnwelcomeWebhookTest, HasOneTryForEachFurtherMessageUntilOneIsTaken) {
    auto const sink = make();
    refuse(404, 3);
    ASSERT_FALSE(deliver(*sink, 1, 1));
    host_.clock().advance(kPatience);
    ASSERT_TRUE(deliver(*sink, 1, 1));
    ASSERT_TRUE(deliver(*sink, 2, 2));
    EXPECT_EQ(sink->take_refused().size(), 2u);

    host_.client().answer_next(status(200));
    ASSERT_TRUE(deliver(*sink, 3, 3));
    refuse(404, 1);

    EXPECT_EQ(deliver(*sink, 4, 4).error(), errc::not_accepted) << "there is hope again";
    EXPECT_TRUE(sink->take_refused().empty());
}

TEST_F(UnwelcomeWebhookTest, CountsOverARestart) {
    auto const first = make();
    refuse(403, 2);
    ASSERT_FALSE(deliver(*first, 1, 2));
    auto const position = first->prepare(test::SinkHost::records(1, 2));
    ASSERT_TRUE(position.has_value());
    host_.clock().advance(kPatience);

    auto const second = make();
    ASSERT_TRUE(host_.run(second->open(*position)));
    ASSERT_TRUE(deliver(*second, 1, 2));

    EXPECT_EQ(second->take_refused().size(), 2u);
}

TEST_F(UnwelcomeWebhookTest, AnOutageBeforeItDoesNotCount) {
    auto const sink = make();
    refuse(503, 1);
    ASSERT_FALSE(deliver(*sink, 1, 2));
    host_.clock().advance(std::chrono::hours{100});
    refuse(404, 1);

    EXPECT_EQ(deliver(*sink, 1, 2).error(), errc::not_accepted);
}

TEST_F(WebhookSinkTest, WaitsNoLongerWhenTheClockIsSetBack) {
    auto const sink = make();
    auto busy = status(503);
    busy.fields.add("Retry-After", "5");
    host_.client().answer_next(busy);
    host_.client().answer_next(status(200));
    ASSERT_FALSE(deliver(*sink, 1, 1));
    host_.clock().jump(-std::chrono::hours{1});

    host_.clock().advance(milliseconds{5100});

    EXPECT_TRUE(deliver(*sink, 1, 1));
}

}  // namespace
}  // namespace newswired::sinks
