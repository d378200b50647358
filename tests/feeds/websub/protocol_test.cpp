#include "feeds/websub/protocol.hpp"

#include "core/hash.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::feeds::websub {
namespace {

TEST(WebSubProtocolTest, WritesAForm) {
    auto const form = form_of({.hub = "https://hub.example/",
                               .topic = "https://news.example/?a=b&c",
                               .callback = "https://us.example/websub/t1",
                               .secret = "s3cret",
                               .lease = std::chrono::hours{240}});

    EXPECT_EQ(form,
              "hub.mode=subscribe&hub.topic=https%3A%2F%2Fnews.example%2F%3Fa%3Db%26c"
              "&hub.callback=https%3A%2F%2Fus.example%2Fwebsub%2Ft1&hub.lease_seconds=864000"
              "&hub.secret=s3cret&hub.verify=async");
}

TEST(WebSubProtocolTest, AsksToEndWithoutSecretAndLease) {
    auto const form = form_of({.mode = Mode::unsubscribe, .topic = "t", .callback = "c"});

    EXPECT_EQ(form, "hub.mode=unsubscribe&hub.topic=t&hub.callback=c&hub.verify=async");
}

TEST(WebSubProtocolTest, ReadsWhatAHubSays) {
    auto const says = read_query(
        "x=1&hub.mode=subscribe&hub.topic=https%3A%2F%2Fnews.example%2F%3Fa%3Db&hub.challenge=a%2Bb+c&hub."
        "lease_"
        "seconds=600");

    EXPECT_EQ(says.mode, HubSays::Mode::subscribe);
    EXPECT_EQ(says.topic, "https://news.example/?a=b");
    EXPECT_EQ(says.challenge, "a+b c");
    EXPECT_EQ(says.lease, seconds{600});
}

TEST(WebSubProtocolTest, ReadsADenial) {
    auto const says = read_query("hub.mode=denied&hub.topic=t&hub.reason=not+ours");

    EXPECT_EQ(says.mode, HubSays::Mode::denied);
    EXPECT_EQ(says.reason, "not ours");
}

TEST(WebSubProtocolTest, KnowsNothingOfOtherQueries) {
    EXPECT_EQ(read_query("").mode, HubSays::Mode::other);
    EXPECT_EQ(read_query("&&=&hub.mode&hub.mode=publish").mode, HubSays::Mode::other);
    EXPECT_FALSE(read_query("hub.mode=subscribe&hub.lease_seconds=-1").lease.has_value());
}

struct Method {
    std::string name;
    HmacHash hash;
};

class WebSubSignatureTest : public testing::TestWithParam<Method> {};

TEST_P(WebSubSignatureTest, KnowsTheSignatureOfExactlyThisBody) {
    auto const digest = to_hex(hmac(GetParam().hash, "s3cret", "body"));
    auto const field = GetParam().name + "=" + digest;

    EXPECT_TRUE(is_signed(field, "s3cret", "body"));
    EXPECT_FALSE(is_signed(field, "s3cret", "bodY"));
    EXPECT_FALSE(is_signed(field, "another", "body"));
    EXPECT_FALSE(is_signed(GetParam().name + "=" + digest.substr(2), "s3cret", "body"));
}

INSTANTIATE_TEST_SUITE_P(Methods, WebSubSignatureTest,
                         testing::Values(Method{"sha1", HmacHash::sha1}, Method{"sha256", HmacHash::sha256},
                                         Method{"sha384", HmacHash::sha384},
                                         Method{"sha512", HmacHash::sha512}),
                         [](auto const& method) { return method.param.name; });

// RFC 4231 and RFC 2202, test case 2.
TEST(WebSubProtocolTest, SignsAsTheStandardsDo) {
    constexpr auto const* kBody = "what do ya want for nothing?";

    EXPECT_TRUE(is_signed("sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", "Jefe", kBody));
    EXPECT_TRUE(
        is_signed("SHA256=5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843", "Jefe", kBody));
    EXPECT_TRUE(
        is_signed("sha384=af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
                  "8e2240ca5e69e2c78b3239ecfab21649",
                  "Jefe", kBody));
}

TEST(WebSubProtocolTest, KnowsNoOtherSignature) {
    EXPECT_FALSE(is_signed("", "s3cret", "body"));
    EXPECT_FALSE(is_signed("sha256=", "s3cret", "body"));
    EXPECT_FALSE(is_signed("md5=" + std::string(32, 'a'), "s3cret", "body"));
    EXPECT_FALSE(is_signed("sha256", "s3cret", "body"));
    EXPECT_FALSE(is_signed("sha256=" + to_hex(hmac(HmacHash::sha256, "", "body")), "", "body"));
}

}  // namespace
}  // namespace newswired::feeds::websub
