// Which address an article gets, and what of its page it takes over.

#include "articles/page/adopt.hpp"

#include <gtest/gtest.h>

namespace newswired::articles::page {
namespace {

struct Case {
    char const* name;
    char const* effective;
    char const* canonical;
    char const* address;
};

class AddressTest : public testing::TestWithParam<Case> {};

TEST_P(AddressTest, IsTheArticles) {
    EXPECT_EQ(address_of(GetParam().effective, GetParam().canonical), GetParam().address);
}

INSTANTIATE_TEST_SUITE_P(
    Table, AddressTest,
    testing::Values(Case{"NoneStated", "https://a.example/2026/story", "", "https://a.example/2026/story"},
                    Case{"Tracking", "https://a.example/2026/story?utm_source=rss#top", "",
                         "https://a.example/2026/story"},
                    Case{"OwnAddressStated", "https://a.example/2026/story?from=feed",
                         "https://www.a.example/2026/story", "https://www.a.example/2026/story"},
                    Case{"Mobile", "https://m.a.example/news/the-story-of-it",
                         "https://a.example/news/the-story-of-it", "https://a.example/news/the-story-of-it"},
                    Case{"Amp", "https://a.example/news/the-story-of-it/amp",
                         "https://a.example/news/the-story-of-it/",
                         "https://a.example/news/the-story-of-it/"},
                    Case{"SameNumber", "https://a.example/?p=123456",
                         "https://a.example/news/the-story-123456.html",
                         "https://a.example/news/the-story-123456.html"},
                    Case{"TheEntrance", "https://a.example/2026/story", "https://a.example/",
                         "https://a.example/2026/story"},
                    Case{"TheSection", "https://a.example/sport/story-of-it", "https://a.example/sport",
                         "https://a.example/sport/story-of-it"},
                    Case{"AnotherSite", "https://a.example/2026/story", "https://b.example/2026/story",
                         "https://a.example/2026/story"},
                    Case{"AnotherArticle", "https://a.example/2026/story-of-it",
                         "https://a.example/2026/story-of-them", "https://a.example/2026/story-of-it"},
                    Case{"DateIsNoNumber", "https://a.example/2026/story-of-it",
                         "https://a.example/2026/other-story", "https://a.example/2026/story-of-it"},
                    Case{"OneScriptForAll", "https://a.example/view.php?id=7", "https://a.example/view.php",
                         "https://a.example/view.php?id=7"},
                    Case{"BackToPlainHttp", "https://a.example/2026/story", "http://a.example/2026/story",
                         "https://a.example/2026/story"},
                    Case{"NoAddress", "https://a.example/2026/story", "javascript:alert(1)",
                         "https://a.example/2026/story"}),
    [](auto const& given) { return std::string{given.param.name}; });

Page page() {
    return {.content_html = "<p>The whole story.</p><img src=\"https://a.example/in.jpg\">",
            .content_text = "The whole story.",
            .about = {.title = "Title of the page",
                      .image = "https://a.example/lead.jpg",
                      .date_published = "2026-01-31T12:00:00+01:00",
                      .language = "de",
                      .authors = {{.name = "Marta Lindqvist"}}}};
}

TEST(AdoptTest, FillsWhatTheFeedLeftOpen) {
    Article article{.content_html = "<p>A teaser.</p>", .content_text = "A teaser."};

    adopt(article, page(), "https://a.example/story");

    EXPECT_EQ(article.body_from, "page");
    EXPECT_EQ(article.url, "https://a.example/story");
    EXPECT_EQ(article.title, "Title of the page");
    EXPECT_EQ(article.content_text, "The whole story.");
    EXPECT_EQ(article.summary, "A teaser.");
    EXPECT_EQ(article.image, "https://a.example/lead.jpg");
    EXPECT_EQ(article.language, "de");
    ASSERT_EQ(article.authors.size(), 1u);
    EXPECT_EQ(article.authors[0].name, "Marta Lindqvist");
    ASSERT_TRUE(article.date_published);
    EXPECT_EQ(rfc3339(*article.date_published), "2026-01-31T11:00:00Z");
}

TEST(AdoptTest, KeepsWhatTheFeedSaid) {
    Article article{.title = "Title of the feed",
                    .content_text = "A teaser.",
                    .summary = "A summary.",
                    .image = "https://a.example/feed.jpg",
                    .date_published = SystemTime{seconds{1}},
                    .language = "en",
                    .authors = {{.name = "Someone Else"}}};

    adopt(article, page(), "https://a.example/story");

    EXPECT_EQ(article.title, "Title of the feed");
    EXPECT_EQ(article.summary, "A summary.");
    EXPECT_EQ(article.image, "https://a.example/feed.jpg");
    EXPECT_EQ(article.date_published, SystemTime{seconds{1}});
    EXPECT_EQ(article.language, "en");
    EXPECT_EQ(article.authors[0].name, "Someone Else");
}

}  // namespace
}  // namespace newswired::articles::page
