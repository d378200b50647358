#include "daemon/plan.hpp"

#include "core/hash.hpp"

#include <gtest/gtest.h>

namespace newswired::daemon {
namespace {

struct HostCase {
    char const* url;
    char const* host;
};

class HostOfTest : public testing::TestWithParam<HostCase> {};

TEST_P(HostOfTest, IsTheBareName) {
    EXPECT_EQ(host_of(GetParam().url), GetParam().host);
    EXPECT_EQ(host_hash(GetParam().url), xxh3(GetParam().host));
}

INSTANTIATE_TEST_SUITE_P(
    Plan, HostOfTest,
    testing::Values(HostCase{"https://news.example/feed.xml", "news.example"},
                    HostCase{"http://News.EXAMPLE:8080/x", "news.example"},
                    HostCase{"https://me:secret@news.example/", "news.example"},
                    HostCase{"https://me@elsewhere@news.example", "news.example"},
                    HostCase{"https://news.example?x=http://other.example/", "news.example"},
                    HostCase{"https://news.example#x", "news.example"},
                    HostCase{"http://[::1]:8080/", "[::1]"}, HostCase{"http://[::1]/", "[::1]"},
                    HostCase{"https://news.example\\@other.example/", "news.example"},
                    HostCase{"no address", ""}, HostCase{"", ""}));

TEST(Plan, TakesTheBoundsOfTheFeedAndTheBackoffOfAll) {
    config::Settings settings;
    settings.fetch.backoff_base = seconds{7};
    settings.fetch.backoff_max = seconds{70};
    config::FeedOptions options;
    options.interval = seconds{600};
    options.min_interval = seconds{60};
    settings.feeds.add("https://a.example/", "", options);
    settings.feeds.add("https://b.example/");
    Plan const plan{settings};

    EXPECT_EQ(plan.interval_rules(0).interval, milliseconds{600'000});
    EXPECT_EQ(plan.interval_rules(0).min_interval, milliseconds{60'000});
    EXPECT_EQ(plan.interval_rules(0).backoff_base, milliseconds{7'000});
    EXPECT_EQ(plan.interval_rules(1).interval, std::nullopt);
    EXPECT_EQ(plan.interval_rules(1).backoff_max, milliseconds{70'000});
}

TEST(Plan, RoutesToAllSinksUnlessTheFeedNamesSome) {
    config::Settings settings;
    config::FeedOptions options;
    options.sinks = {"one", "two"};
    settings.feeds.add("https://a.example/", "", options);
    settings.feeds.add("https://b.example/");
    Plan const plan{settings};

    EXPECT_EQ(plan.route(0), "one\ntwo");
    EXPECT_EQ(plan.route(1), "");
}

}  // namespace
}  // namespace newswired::daemon
