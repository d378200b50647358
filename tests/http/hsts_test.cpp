#include "http/hsts.hpp"

#include <gtest/gtest.h>

namespace newswired::http {
namespace {

constexpr SystemTime kNow{seconds{1'800'000'000}};

bool is_strict_after(std::string_view field, std::string_view host = "news.example",
                     seconds later = seconds{0}) {
    StrictHosts hosts;
    hosts.note("news.example", field, kNow);
    return hosts.covers(host, kNow + later);
}

TEST(StrictHosts, UnderstandsTheFieldHoweverItIsWritten) {
    EXPECT_TRUE(is_strict_after("max-age=100"));
    EXPECT_TRUE(is_strict_after(" Max-Age = \"100\" ; preload"));
    EXPECT_TRUE(is_strict_after("includeSubDomains;max-age=99999999999999999999"));
    EXPECT_FALSE(is_strict_after("max-age=soon"));
    EXPECT_FALSE(is_strict_after("includeSubDomains"));
    EXPECT_FALSE(is_strict_after(""));
}

TEST(StrictHosts, CoversSubdomainsOnlyWhereTheHostSaidSo) {
    EXPECT_FALSE(is_strict_after("max-age=100", "a.news.example"));
    EXPECT_TRUE(is_strict_after("max-age=100; includesubdomains", "a.b.news.example"));
    EXPECT_FALSE(is_strict_after("max-age=100; includeSubDomains", "badnews.example"));
    EXPECT_FALSE(is_strict_after("max-age=100; includeSubDomains", "example"));
}

TEST(StrictHosts, ForgetsPromisesThatEnd) {
    EXPECT_TRUE(is_strict_after("max-age=100", "news.example", seconds{99}));
    EXPECT_FALSE(is_strict_after("max-age=100", "news.example", seconds{100}));
    StrictHosts hosts;
    hosts.note("news.example", "max-age=100", kNow);
    hosts.note("news.example", "max-age=0", kNow);
    EXPECT_FALSE(hosts.covers("news.example", kNow));
}

TEST(StrictHosts, BelievesNoAddress) {
    StrictHosts hosts;
    hosts.note("192.0.2.1", "max-age=100", kNow);
    hosts.note("[2001:db8::1]", "max-age=100", kNow);
    EXPECT_EQ(hosts.size(), 0u);
}

TEST(StrictHosts, StaysWithinItsBound) {
    StrictHosts hosts;
    for (std::size_t i = 0; i < StrictHosts::kMaxHosts + 10; ++i) {
        hosts.note("h" + std::to_string(i) + ".example", "max-age=100", kNow);
    }
    EXPECT_LE(hosts.size(), StrictHosts::kMaxHosts);
}

TEST(StrictHosts, SurviveARestart) {
    StrictHosts before;
    before.note("a.example", "max-age=100", kNow);
    before.note("b.example", "max-age=100; includeSubDomains", kNow);
    StrictHosts after;

    after.load(before.save() + "rubbish\n\n+ + +\n");

    EXPECT_EQ(after.size(), 2u);
    EXPECT_TRUE(after.covers("a.example", kNow));
    EXPECT_FALSE(after.covers("x.a.example", kNow));
    EXPECT_TRUE(after.covers("x.b.example", kNow));
}

TEST(StrictHosts, PassOverAYearThatNoClockHolds) {
    StrictHosts hosts;

    hosts.load("a.example - 40000000000000023\nb.example - 253402300800\nc.example - 253402300799\n");

    EXPECT_EQ(hosts.size(), 1u);
    EXPECT_TRUE(hosts.covers("c.example", kNow));
}

}  // namespace
}  // namespace newswired::http
