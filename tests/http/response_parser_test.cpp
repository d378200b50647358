#include "http/response_parser.hpp"

#include "http/client.hpp"
#include "http/header_repair.hpp"

#include <gtest/gtest.h>

namespace newswired::http {
namespace {

struct Case {
    char const* name;
    std::string bytes;
    int status;
    char const* body;
    bool ends_by_close = false;
};

class Responses : public testing::TestWithParam<Case> {};

TEST_P(Responses, AreReadHoweverTheyArrive) {
    auto const& bytes = GetParam().bytes;
    for (auto const piece : {std::size_t{1}, std::size_t{5}, bytes.size()}) {
        ResponseParser parser{ResponseLimits{}};
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            auto const error = parser.feed(std::string_view{bytes}.substr(at, piece));
            ASSERT_FALSE(error) << error.message() << " at " << at << " in pieces of " << piece;
        }
        EXPECT_EQ(parser.done(), !GetParam().ends_by_close);
        if (GetParam().ends_by_close) {
            ASSERT_FALSE(parser.end_of_stream());
        }
        auto const response = parser.take();
        EXPECT_EQ(response.status, GetParam().status);
        EXPECT_EQ(response.body, GetParam().body);
        EXPECT_EQ(response.wire_bytes, bytes.size());
    }
}

std::string many_fields() {
    std::string fields;
    for (int i = 0; i < 300; ++i) {
        fields += "X-Cache-" + std::to_string(i) + ": " + std::string(60, 'y') + "\r\n";
    }
    return fields;
}

Case const kCases[] = {
    {"Length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", 200, "abc"},
    {"Chunked",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=\"y\"\r\na\r\n02\r\nbc\r\n0\r\nX-Trailer: "
     "1\r\n\r\n",
     200, "abc"},
    {"Http10", "HTTP/1.0 200 OK\r\n\r\nabc", 200, "abc", true},
    {"EarlyHints", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na",
     200, "a"},
    {"NotModified", "HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n", 304, ""},
    {"NoContent", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""},
    {"LowerCase", "HTTP/1.1 200 OK\r\ncontent-length:3\r\n\r\nabc", 200, "abc"},
    {"EmptyReason", "HTTP/1.1 200 \r\nContent-Length: 3\r\n\r\nabc", 200, "abc"},
    {"NoReason", "HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc", 200, "abc"},
    {"BareLineFeeds", "HTTP/1.1 200 OK\nContent-Length: 3\n\nabc", 200, "abc"},
    {"LineThatIsNoField", "HTTP/1.1 200 OK\r\nwhat is this\r\nContent-Length: 3\r\n\r\nabc", 200, "abc"},
    {"SpaceBeforeColon", "HTTP/1.1 200 OK\r\nContent-Length : 3\r\n\r\nabc", 200, "abc"},
    {"NameWithSpace", "HTTP/1.1 200 OK\r\nX Y: 1\r\nContent-Length: 3\r\n\r\nabc", 200, "abc"},
    {"LengthAndChunks",
     "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", 200,
     "a"},
    {"ChunksAndLength",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 7\r\n\r\n1\r\na\r\n0\r\n\r\n", 200,
     "a"},
    {"Http2StatusLine", "HTTP/2 200\r\nContent-Length: 1\r\n\r\na", 200, "a"},
    {"CodedErrorPage", "HTTP/1.1 404 Not Found\r\nContent-Encoding: x-new\r\nContent-Length: 1\r\n\r\na", 404,
     "a"},
    {"SeveralHints",
     "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\nLink: y\r\n\r\nHTTP/1.1 200 "
     "OK\r\nContent-Length: 1\r\n\r\na",
     200, "a"},
    {"FoldedField", "HTTP/1.1 200 OK\r\nX: one\r\n two\r\n\tthree\r\nContent-Length: 3\r\n\r\nabc", 200,
     "abc"},
    {"SameLengthTwice", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 200, "abc"},
    {"LengthThatIsNone", "HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabc", 200, "abc", true},
    {"SameLengthInOneField", "HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\nabc", 200, "abc"},
    {"ChunkExtensions",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;a;b=c;d=\"e;f\"\r\na\r\n2 ; x = "
     "y\r\nbc\r\n0;last\r\n\r\n",
     200, "abc"},
    {"PaddedChunkSizes",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1     \r\na\r\n2 \t\r\nbc\r\n0  "
     "\r\n\r\n",
     200, "abc"},
    {"PaddedAndTrailers",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n 3\r\nabc\r\n0 \r\nA: 1\r\nB: "
     "2\r\n\r\n",
     200, "abc"},
    {"SeveralTrailers",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: A, B\r\n\r\n3\r\nabc\r\n0\r\nA: "
     "1\r\nB: 2\r\n\r\n",
     200, "abc"},
    {"CapitalChunkSize", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n",
     200, "0123456789"},
    {"LyingGzip", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\n<rss/>", 200,
     "<rss/>"},
    {"ManyFields", "HTTP/1.1 200 OK\r\n" + many_fields() + "Content-Length: 1\r\n\r\na", 200, "a"},
    {"LargeHeader", "HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x') + "\r\nContent-Length: 1\r\n\r\na",
     200, "a"},
};

INSTANTIATE_TEST_SUITE_P(Table, Responses, testing::ValuesIn(kCases),
                         [](auto const& row) { return std::string{row.param.name}; });

Error error_of(std::string_view bytes) {
    ResponseParser parser{ResponseLimits{.body_max = 100}};
    auto const error = parser.feed(bytes);
    return error || parser.done() ? error : parser.end_of_stream();
}

TEST(ResponseParser, NamesWhatIsWrong) {
    EXPECT_EQ(error_of(""), errc::connection_lost);
    EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\n"), errc::connection_lost);
    EXPECT_EQ(error_of("<html>"), errc::bad_response);
    EXPECT_EQ(error_of("HTTP/1.1 twohundred OK\r\n\r\n"), errc::bad_response);
    EXPECT_EQ(error_of("HTTP/1.1 101 Switching Protocols\r\n\r\n"), errc::bad_response);
    EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc"), errc::incomplete);
    EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"), errc::incomplete);
    EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n"), errc::incomplete);
    EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n"),
              errc::bad_response);
    EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
              errc::bad_response);
    EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(70'000, 'x')),
              errc::header_too_large);
    EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\na"),
              errc::bad_response);
    EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\n\r\n" + std::string(101, 'x')), errc::body_too_large);
    EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\nContent-Encoding: x-new\r\n\r\nabc"), errc::bad_coding);
    EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x')), errc::header_too_large);
    std::string hints;
    for (int i = 0; i < 20; ++i) {
        hints += "HTTP/1.1 103 Early Hints\r\n\r\n";
    }
    EXPECT_EQ(error_of(hints), errc::bad_response);
}

TEST(ResponseParser, KnowsWhetherTheConnectionServesAnotherRequest) {
    auto const keeps = [](std::string_view bytes) {
        ResponseParser parser{ResponseLimits{}};
        EXPECT_FALSE(parser.feed(bytes));
        return parser.keep_alive();
    };

    EXPECT_TRUE(keeps("HTTP/1.1 304 Not Modified\r\n\r\n"));
    EXPECT_FALSE(keeps("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"));
    EXPECT_FALSE(keeps("HTTP/1.1 304 Not Modified\r\n\r\nsurplus"));
    EXPECT_FALSE(keeps("HTTP/1.0 304 Not Modified\r\n\r\n"));
    EXPECT_FALSE(keeps("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"));
}

TEST(ResponseParser, UnfoldsFields) {
    ResponseParser parser{ResponseLimits{}};
    ASSERT_FALSE(parser.feed("HTTP/1.1 304 Not Modified\r\nETag:\r\n \"x\"\r\nX: one\r\n  two\r\n\r\n"));

    auto const fields = parser.take().fields;
    EXPECT_EQ(fields["ETag"], "\"x\"");
    EXPECT_EQ(fields["X"], "one two");
}

TEST(ResponseParser, TakesTrailersForNoFields) {
    ResponseParser parser{ResponseLimits{}};
    ASSERT_FALSE(
        parser.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nETag: \"x\"\r\n\r\n"));

    EXPECT_TRUE(parser.done());
    EXPECT_FALSE(parser.take().fields.has("ETag"));
}

TEST(HeaderRepair, ReadsPaddedSizesAndNothingElse) {
    EXPECT_EQ(repaired_chunk_size("1f4  \r\nabc"), "001f4\r\n");
    EXPECT_EQ(repaired_chunk_size("\r\nA\t\r\n"), "\r\n0A\r\n");
    for (auto const* bytes : {"", "\r\n", "  \r\n", "1 2\r\n", "xyz \r\n", "-1\r\n", "5 ", "1;a b\r\n",
                              "1                        \r\n"}) {
        EXPECT_FALSE(repaired_chunk_size(bytes)) << bytes;
    }
}

TEST(HeaderRepair, FindsTheEndWhateverTheLineEndsAre) {
    EXPECT_EQ(header_length("a\r\n\r\nb"), 5u);
    EXPECT_EQ(header_length("a\n\nb"), 3u);
    EXPECT_EQ(header_length("a\r\n\nb"), 4u);
    EXPECT_EQ(header_length("a\r\nb\r\n"), std::string_view::npos);
}

}  // namespace
}  // namespace newswired::http
