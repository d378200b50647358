#include "http/server/request_parser.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace newswired::http {
namespace {

struct Outcome {
    ServerRequest request{};
    std::uint16_t failure = 0;
    bool done = false;
    bool keep_alive = false;
    std::string rest{};
};

/// Feeds `bytes` in pieces of `step`.
Outcome parse(std::string_view bytes, std::size_t step, RequestLimits limits = {}) {
    RequestParser parser{limits};
    while (!bytes.empty() && !parser.done() && !parser.failure()) {
        auto const piece = bytes.substr(0, step);
        bytes.remove_prefix(parser.feed(piece));
    }
    Outcome outcome{.failure = parser.failure().value_or(0),
                    .done = parser.done(),
                    .keep_alive = parser.keep_alive(),
                    .rest = std::string{bytes}};
    outcome.request = parser.take();
    return outcome;
}

class RequestParserTest : public testing::TestWithParam<std::size_t> {};

INSTANTIATE_TEST_SUITE_P(Steps, RequestParserTest, testing::Values(1, 3, 1000));

TEST_P(RequestParserTest, ReadsARequestAndLeavesTheNext) {
    auto const outcome = parse(
        "POST /in?a=b&c HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nX-Hub-Signature: sha1=1\r\n\r\nhelloGET "
        "/ HTTP/1.1",
        GetParam());

    ASSERT_TRUE(outcome.done);
    EXPECT_EQ(outcome.request.method, "POST");
    EXPECT_EQ(outcome.request.path(), "/in");
    EXPECT_EQ(outcome.request.query(), "a=b&c");
    EXPECT_EQ(outcome.request.fields["x-hub-signature"], "sha1=1");
    EXPECT_EQ(outcome.request.body, "hello");
    EXPECT_TRUE(outcome.keep_alive);
    EXPECT_EQ(outcome.rest, "GET / HTTP/1.1");
}

TEST_P(RequestParserTest, ReadsChunks) {
    auto const outcome = parse(
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: "
        "x\r\n\r\n",
        GetParam());

    ASSERT_TRUE(outcome.done);
    EXPECT_EQ(outcome.request.body, "abcde");
    EXPECT_FALSE(outcome.request.fields.has("Trailer"));
}

TEST_P(RequestParserTest, NeedsNoBody) {
    auto const outcome = parse("GET / HTTP/1.0\r\n\r\n", GetParam());

    EXPECT_TRUE(outcome.done);
    EXPECT_FALSE(outcome.keep_alive);
    EXPECT_EQ(outcome.request.query(), "");
}

TEST_P(RequestParserTest, SaysWhatIsWrong) {
    RequestLimits const small{.header_max = 200, .body_max = 10};
    auto const long_field = "GET / HTTP/1.1\r\nX: " + std::string(300, 'x') + "\r\n\r\n";
    auto const endless = "GET /" + std::string(300, 'x');

    EXPECT_EQ(parse(long_field, GetParam(), small).failure, 431);
    EXPECT_EQ(parse(endless, GetParam(), small).failure, 431);
    EXPECT_EQ(parse("POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n", GetParam(), small).failure, 413);
    EXPECT_EQ(
        parse("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n", GetParam(), small)
            .failure,
        413);
    EXPECT_EQ(parse("GET / HTTP/2.0\r\n\r\n", GetParam()).failure, 505);
    EXPECT_EQ(parse("what?\r\n\r\n", GetParam()).failure, 400);
    EXPECT_EQ(parse("POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", GetParam()).failure, 400);
    EXPECT_EQ(parse("POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", GetParam())
                  .failure,
              400);
}

TEST_P(RequestParserTest, BoundsWhatStandsBeforeAChunk) {
    auto const outcome = parse(
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(10'000, 'x'), GetParam());

    EXPECT_NE(outcome.failure, 0);
}

TEST(RequestParserContinueTest, KnowsWhoWaits) {
    RequestParser parser{{}};
    parser.feed("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
    EXPECT_TRUE(parser.continue_wanted());

    parser.feed("x");

    EXPECT_FALSE(parser.continue_wanted());
    EXPECT_TRUE(parser.done());
}

}  // namespace
}  // namespace newswired::http
