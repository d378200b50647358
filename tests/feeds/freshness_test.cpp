#include "feeds/freshness.hpp"

#include "http/date.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace newswired::feeds {
namespace {

SystemTime const kNow = *http::parse_date("Sun, 06 Nov 1994 08:49:37 GMT");

struct Case {
    char const* name;
    std::vector<http::Fields::Entry> fields;
    std::optional<seconds> expected;
};

http::Fields fields_of(std::vector<http::Fields::Entry> const& entries) {
    http::Fields fields;
    for (auto const& [name, value] : entries) {
        fields.add(name, value);
    }
    return fields;
}

TEST(FreshnessTest, ReadsWhatServersSay) {
    std::vector<Case> const cases{
        {"nothing", {}, {}},
        {"max-age", {{"Cache-Control", "public, max-age=300"}}, seconds{300}},
        {"quoted and upper case", {{"Cache-Control", "MAX-AGE=\"8\""}}, seconds{8}},
        {"Age is subtracted", {{"Cache-Control", "max-age=12"}, {"Age", "6"}}, seconds{6}},
        {"older than its max-age", {{"Cache-Control", "max-age=12"}, {"Age", "60"}}, seconds{0}},
        {"max-age wins over Expires",
         {{"Cache-Control", "max-age=3"}, {"Expires", "Mon, 07 Nov 1994 08:49:37 GMT"}},
         seconds{3}},
        {"Expires", {{"Expires", "Sun, 06 Nov 1994 08:49:46 GMT"}}, seconds{9}},
        {"Expires by the server's clock",
         {{"Expires", "Sun, 06 Nov 1994 09:00:09 GMT"}, {"Date", "Sun, 06 Nov 1994 09:00:00 GMT"}},
         seconds{9}},
        {"Expires: 0", {{"Expires", "0"}}, seconds{0}},
        {"no-cache", {{"Cache-Control", "no-cache, max-age=60"}}, seconds{0}},
        {"no digits", {{"Cache-Control", "max-age=soon"}}, {}},
        {"negative", {{"Cache-Control", "max-age=-5"}}, {}},
        {"overflow", {{"Cache-Control", "max-age=99999999999999999999999"}}, seconds{315360000}},
    };
    for (auto const& one : cases) {
        EXPECT_EQ(freshness(fields_of(one.fields), kNow), one.expected) << one.name;
    }
}

TEST(FreshnessTest, ReadsRetryAfter) {
    std::vector<Case> const cases{
        {"none", {}, {}},
        {"seconds", {{"Retry-After", "8"}}, seconds{8}},
        {"date", {{"Retry-After", "Sun, 06 Nov 1994 08:49:46 GMT"}}, seconds{9}},
        {"past date", {{"Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT"}}, seconds{0}},
        {"words", {{"Retry-After", "soon"}}, {}},
        {"negative", {{"Retry-After", "-30"}}, {}},
        {"huge", {{"Retry-After", "99999999999999999999"}}, seconds{315360000}},
    };
    for (auto const& one : cases) {
        EXPECT_EQ(retry_after(fields_of(one.fields), kNow), one.expected) << one.name;
    }
}

TEST(HttpDateTest, ReadsTheThreeForms) {
    EXPECT_EQ(http::parse_date("Sunday, 06-Nov-94 08:49:37 GMT"), kNow);
    EXPECT_EQ(http::parse_date("Sun Nov  6 08:49:37 1994"), kNow);
    EXPECT_FALSE(http::parse_date("Sun, 31 Feb 2026 08:49:37 GMT"));
    EXPECT_FALSE(http::parse_date("0"));
    EXPECT_FALSE(http::parse_date(""));
}

}  // namespace
}  // namespace newswired::feeds
