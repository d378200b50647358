#include "articles/page/feed_links.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace newswired::articles {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char const* kPage = "https://news.example/blog/index.html";

TEST(FeedLinks, FindsDeclaredOnesWhereverTheyStand) {
    auto const links = feed_links(R"(<head>
<LINK REL="Alternate home" TYPE="application/rss+xml; charset=utf-8" HREF="../rss?a=1&amp;b=2" title="All &amp;
 more">
<link rel=alternate type=application/atom+xml href=atom.xml>
<!-- <link rel=alternate type=application/rss+xml href=commented.xml> -->
<link rel=alternate hreflang=de href=/de/>
<link rel=stylesheet type=text/css href=a.css></head>
<body><script>"<link rel=alternate type=application/rss+xml href=script.xml>"</script>
<link rel="feed" href="//other.example/feed">
<link rel="alternate" type="application/feed+json" href="/feed.json">
<link rel=alternate type=application/rss+xml href="../rss?a=1&b=2"></body>)",
                                  kPage);

    EXPECT_THAT(links, ElementsAre(FeedLink{"https://news.example/rss?a=1&b=2", "All & more", true},
                                   FeedLink{"https://news.example/blog/atom.xml", "", true},
                                   FeedLink{"https://other.example/feed", "", true},
                                   FeedLink{"https://news.example/feed.json", "", true}));
}

TEST(FeedLinks, GuessesAnchorsAfterThose) {
    auto const links = feed_links(R"(<a href="/about">About</a><a href="/news/rss/">RSS</a>
<a href="https://feeds.example/main.RSS?x=1">Feed</a><a href="sitemap.xml">Map</a><a href="javascript:rss">x</a>
<link rel=alternate type=text/xml href=/declared>)",
                                  kPage);

    EXPECT_THAT(links, ElementsAre(FeedLink{"https://news.example/declared", "", true},
                                   FeedLink{"https://news.example/news/rss/", "", false},
                                   FeedLink{"https://feeds.example/main.RSS?x=1", "", false}));
}

TEST(FeedLinks, ResolvesAgainstTheFirstBase) {
    auto const links = feed_links(R"(<base href="/deep/"><base href="/wrong/">
<link rel=alternate type=application/rss+xml href=feed>)",
                                  kPage);

    EXPECT_THAT(links, ElementsAre(FeedLink{"https://news.example/deep/feed", "", true}));
}

TEST(FeedLinks, PassOverProgrammingInterfaces) {
    EXPECT_THAT(feed_links(R"(<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
<link rel="alternate" type="text/xml+oembed" href="/oembed?url=x">)",
                           kPage),
                IsEmpty());
    EXPECT_THAT(feed_links("", kPage), IsEmpty());
}

}  // namespace
}  // namespace newswired::articles
