#include "feeds/websub/discovery.hpp"

#include "feeds/parse.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace newswired::feeds::websub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char const* kUrl = "https://news.example/feed.xml";

Links of(std::vector<std::string> header, std::string document) {
    http::Fields fields;
    for (auto& value : header) {
        fields.add("Link", std::move(value));
    }
    auto const parsed = parse({.bytes = std::move(document), .url = kUrl, .content_type = ""});
    EXPECT_TRUE(parsed.has_value());
    return links_of(links_in_header(fields, kUrl), *parsed, kUrl);
}

std::string atom(std::string const& links) {
    return R"(<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>)" + links + "</feed>";
}

TEST(WebSubDiscoveryTest, TakesHubAndSelfOfTheDocument) {
    auto const links = of({}, atom(R"(<link rel="hub" href="https://hub.example/"/>)"
                                   R"(<link rel="self" href="https://news.example/topic"/>)"));

    EXPECT_THAT(links.hubs, ElementsAre("https://hub.example/"));
    EXPECT_EQ(links.topic, "https://news.example/topic");
}

TEST(WebSubDiscoveryTest, PrefersTheHeader) {
    auto const links = of({R"(<https://header.example/hub>; rel="hub")", "</moved>; rel=self"},
                          atom(R"(<link rel="hub" href="https://hub.example/"/>)"
                               R"(<link rel="self" href="https://news.example/topic"/>)"));

    EXPECT_THAT(links.hubs, ElementsAre("https://header.example/hub"));
    EXPECT_EQ(links.topic, "https://news.example/moved");
}

TEST(WebSubDiscoveryTest, CompletesTheHeaderFromTheDocument) {
    auto const links = of({R"(<https://news.example/topic>; rel="self")"},
                          atom(R"(<link rel="hub" href="https://hub.example/"/>)"));

    EXPECT_THAT(links.hubs, ElementsAre("https://hub.example/"));
    EXPECT_EQ(links.topic, "https://news.example/topic");
}

TEST(WebSubDiscoveryTest, TakesTheFeedsAddressForItsTopicWhenNothingIsSaid) {
    auto const links = of({"<https://hub.example/>; rel=hub"}, atom(""));

    EXPECT_EQ(links.topic, kUrl);
}

TEST(WebSubDiscoveryTest, TakesHubsOfJsonFeeds) {
    auto const links = of({}, R"({"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [],
        "feed_url": "https://news.example/f.json", "hubs": [{"type": "WebSub", "url": "https://hub.example/"}]})");

    EXPECT_THAT(links.hubs, ElementsAre("https://hub.example/"));
    EXPECT_EQ(links.topic, "https://news.example/f.json");
}

TEST(WebSubDiscoveryTest, HasNothingWithoutAHub) {
    EXPECT_TRUE(of({"<https://news.example/topic>; rel=self"}, atom("")).empty());
    EXPECT_TRUE(of({}, atom("")).topic.empty());
}

TEST(WebSubDiscoveryTest, PassesOverHubsThatCannotBeAsked) {
    auto const links =
        of({"<mailto:hub@hub.example>; rel=hub, <ftp://hub.example/>; rel=hub, <>; rel=hub"}, atom(""));

    EXPECT_THAT(links.hubs, IsEmpty());
}

TEST(WebSubDiscoveryTest, KeepsAFewHubsInOrder) {
    auto const links = of(
        {"<https://a.example/>; rel=hub, <https://b.example/>; rel=hub", "<https://a.example/>; rel=hub",
         "<https://c.example/>; rel=hub", "<https://d.example/>; rel=hub", "<https://e.example/>; rel=hub"},
        atom(""));

    EXPECT_THAT(links.hubs, ElementsAre("https://a.example/", "https://b.example/", "https://c.example/",
                                        "https://d.example/"));
}

TEST(WebSubDiscoveryTest, PassesOverLinksOfOtherResources) {
    auto const links = of({R"(<https://hub.example/>; rel=hub; anchor="/other")"}, atom(""));

    EXPECT_TRUE(links.empty());
}

}  // namespace
}  // namespace newswired::feeds::websub
