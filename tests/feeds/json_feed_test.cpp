#include "core/time.hpp"
#include "tests/feeds/parsed.hpp"

#include <gtest/gtest.h>

namespace newswired::feeds {
namespace {

using namespace test;

std::string item_of(std::string_view members) {
    return R"({"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{)" +
           std::string{members} + "}]}";
}

TEST(JsonFeedTest, ReadsVersion11) {
    auto const feed =
        parsed(R"({"version": "https://jsonfeed.org/version/1.1", "title": "T", "description": "D",
        "home_page_url": "/", "feed_url": "https://n.example/feed.json", "next_url": "/2", "icon": "/i.png",
        "favicon": "/f.ico", "language": "de", "authors": [{"name": "A", "url": "/a", "avatar": "/a.png"}],
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "items": [{"id": "1", "url": "/1", "external_url": "http://x.example/", "title": "One",
          "content_html": "<p>x</p>", "content_text": "x", "summary": "s", "image": "/1.png",
          "banner_image": "/b.png", "date_published": "2010-02-07T14:04:00-05:00",
          "date_modified": "2010-02-08T00:00:00Z", "tags": ["a", "b", "a"], "language": "fr",
          "attachments": [{"url": "/1.mp3", "mime_type": "audio/mpeg", "title": "S", "size_in_bytes": 9,
          "duration_in_seconds": 1.5}]}]})");
    auto const& item = feed.items.at(0);

    EXPECT_EQ(feed.format, "json-1.1");
    EXPECT_EQ(feed.title.value, "T");
    EXPECT_EQ(feed.description.value, "D");
    EXPECT_EQ(feed.home_page_url, "https://news.example/");
    EXPECT_EQ(feed.next_url, "https://news.example/2");
    EXPECT_EQ(feed.icon, "https://news.example/i.png");
    EXPECT_EQ(feed.favicon, "https://news.example/f.ico");
    EXPECT_EQ(feed.authors[0].avatar, "https://news.example/a.png");
    EXPECT_EQ(feed.hubs[0], "https://hub.example/");
    EXPECT_EQ(item.id, "1");
    EXPECT_EQ(item.url, "https://news.example/1");
    EXPECT_EQ(item.external_url, "http://x.example/");
    EXPECT_EQ(item.content.value, "<p>x</p>");
    EXPECT_EQ(item.content.kind, TextKind::html);
    EXPECT_EQ(item.summary.value, "s");
    EXPECT_EQ(item.image, "https://news.example/1.png");
    EXPECT_EQ(item.banner_image, "https://news.example/b.png");
    EXPECT_EQ(rfc3339(item.date_published.value()), "2010-02-07T19:04:00Z");
    EXPECT_EQ(item.tags.size(), 2u);
    EXPECT_EQ(item.language, "fr");
    EXPECT_EQ(item.attachments[0].size_in_bytes, 9);
    EXPECT_EQ(item.attachments[0].duration_in_seconds, 1.5);
    EXPECT_EQ(item.authors[0].name, "A");
}

TEST(JsonFeedTest, ReadsVersion10) {
    auto const feed = parsed(R"({"version": "https://jsonfeed.org/version/1", "author": {"name": "A"},
        "items": [{"id": "1", "content_text": "<b>", "author": {"name": "B"}}]})");

    EXPECT_EQ(feed.format, "json-1.0");
    EXPECT_EQ(feed.authors[0].name, "A");
    EXPECT_EQ(feed.items.at(0).authors[0].name, "B");
    EXPECT_EQ(feed.items[0].content.kind, TextKind::plain);
    EXPECT_EQ(feed.items[0].content.value, "<b>");
}

TEST(JsonFeedTest, TakesNumbersForStrings) {
    auto const feed = parsed(item_of(R"("id": 42, "title": 1.5)"));

    EXPECT_EQ(feed.items.at(0).id, "42");
    EXPECT_TRUE(feed.items[0].title.value.starts_with("1.5"));
}

TEST(JsonFeedTest, SurvivesEveryWrongType) {
    for (auto const wrong :
         {"null", "true", "-1", "1e999", "\"x\"", "[]", "[null, [1], \"x\", {}]", "{}", "{\"url\": 1}"}) {
        std::string members = "\"id\": \"1\"";
        for (auto const key : {"url", "external_url", "title", "content_html", "content_text", "summary",
                               "image", "banner_image", "date_published", "date_modified", "tags", "language",
                               "attachments", "authors", "author"}) {
            members += ", \"" + std::string{key} + "\": " + wrong;
        }
        if (std::string_view{wrong} == "1e999") {
            EXPECT_NO_THROW(refusal(item_of(members)));
            continue;
        }
        EXPECT_EQ(parsed(item_of(members)).items.at(0).id, "1") << wrong;
    }
    for (auto const wrong : {"null", "1", "\"x\"", "{}", "[1, null, \"x\", []]"}) {
        auto const feed =
            parsed(R"({"version": "https://jsonfeed.org/version/1.1", "items": )" + std::string{wrong} +
                   R"(, "hubs": )" + wrong + R"(, "title": )" + wrong + R"(, "authors": )" + wrong + "}");
        EXPECT_EQ(feed.items.size(), 0u) << wrong;
    }
}

TEST(JsonFeedTest, NeedsAVersionOrItems) {
    EXPECT_EQ(parsed(R"({"items": [{"id": "1"}]})").items.size(), 1u);
    EXPECT_EQ(refusal(R"({"version": "1.0", "name": "package"})"), errc::not_a_feed);
    EXPECT_EQ(refusal(R"({"items": 5})"), errc::not_a_feed);
}

TEST(JsonFeedTest, OverlooksTrailingCommasAndComments) {
    EXPECT_EQ(parsed("{\"items\": [{\"id\": \"1\",}, /* no */ ],}").items.size(), 1u);
}

TEST(JsonFeedTest, DeepNestingIsRefusedNotFollowed) {
    EXPECT_EQ(refusal("{\"items\": " + std::string(200'000, '[')), errc::not_readable);
}

TEST(JsonFeedTest, SizesThatNoFileHasAreUnknown) {
    auto const feed = parsed(item_of(R"("attachments": [{"url": "/a", "size_in_bytes": 1e300},
        {"url": "/b", "size_in_bytes": -5}, {"url": "/c", "size_in_bytes": "12", "duration_in_seconds": "x"}])"));

    ASSERT_EQ(feed.items.at(0).attachments.size(), 3u);
    EXPECT_EQ(feed.items[0].attachments[0].size_in_bytes, -1);
    EXPECT_EQ(feed.items[0].attachments[1].size_in_bytes, -1);
    EXPECT_EQ(feed.items[0].attachments[2].duration_in_seconds, -1);
}

TEST(SitemapTest, ReadsNews) {
    auto const feed = parsed(R"(<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>http://n.example/1</loc>
        <lastmod>2004-01-02</lastmod><news:news><news:publication><news:name>N</news:name>
        <news:language>en</news:language></news:publication><news:title>T &amp; U</news:title>
        <news:publication_date>2004-01-01</news:publication_date><news:keywords>a, b</news:keywords></news:news>
        <image:image><image:loc>http://n.example/1.jpg</image:loc></image:image></url></urlset>)");
    auto const& item = feed.items.at(0);

    EXPECT_EQ(feed.format, "sitemap");
    EXPECT_EQ(item.url, "http://n.example/1");
    EXPECT_EQ(item.id, "http://n.example/1");
    EXPECT_EQ(item.title.value, "T & U");
    EXPECT_EQ(rfc3339(item.date_published.value()), "2004-01-01T00:00:00Z");
    EXPECT_EQ(rfc3339(item.date_modified.value()), "2004-01-02T00:00:00Z");
    EXPECT_EQ(item.source.title, "N");
    EXPECT_EQ(item.language, "en");
    EXPECT_EQ(item.tags.size(), 2u);
    EXPECT_EQ(item.image, "http://n.example/1.jpg");
}

TEST(SitemapTest, ReadsIndexes) {
    auto const feed =
        parsed("<sitemapindex><sitemap><loc>http://n.example/s.xml</loc></sitemap></sitemapindex>");

    EXPECT_EQ(feed.format, "sitemap-index");
    EXPECT_EQ(feed.items.at(0).url, "http://n.example/s.xml");
}

}  // namespace
}  // namespace newswired::feeds
