#include "core/log.hpp"

#include <gtest/gtest.h>

namespace newswired {
namespace {

TEST(LogTest, WritesASentenceAndItsFields) {
    EXPECT_EQ(log::format("Polled the feed", {{"feed", "bbc"}, {"status", 304}}),
              "Polled the feed  feed=bbc status=304");
}

TEST(LogTest, QuotesValuesThatWouldBeMisread) {
    EXPECT_EQ(log::format("Read", {{"title", "a \"b\""}, {"none", ""}}), R"(Read  title="a \"b\"" none="")");
}

TEST(LogTest, KeepsAStrangersLineEndsOutOfTheLog) {
    EXPECT_EQ(log::format("bad\nline", {{"url", "x\r\n<0>fake"}}), "bad line  url=\"x  <0>fake\"");
}

}  // namespace
}  // namespace newswired
