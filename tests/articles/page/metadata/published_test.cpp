// Which of a page's dates is that of the article.

#include "articles/page/extract.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::articles::page {
namespace {

constexpr std::string_view kTitle = "A headline of six plain words";
constexpr std::string_view kHeadline = "<h1>A headline of six plain words</h1>";

std::string date(std::string_view head, std::string_view body) {
    return extract("<html lang=en><head><title>" + std::string{kTitle} + "</title>" + std::string{head} +
                       "</head><body>" + std::string{body} +
                       "<p>The keeper, who had looked after the lamp, said that nobody had believed it.</p>",
                   "https://news.example/a")
        .about.date_published;
}

std::string stated(std::string_view time) {
    return "<meta property='article:published_time' content='" + std::string{time} + "'>";
}

TEST(PublishedTest, AnEarlierDayBesideTheHeadlineIsMeant) {
    EXPECT_EQ(date("<script type=application/ld+json>{\"@type\": \"Article\", \"datePublished\": \"Nov 05, "
                   "2025\", \"dateModified\": \"Nov 05, 2025\"}</script>",
                   std::string{kHeadline} + "<div>January 31, 2024</div>"),
              "2024-01-31T00:00:00Z")
        << "a site that states when it was built";
    EXPECT_EQ(date("<meta name='x:publicationDate' content='2020-09-08T17:33:18+02:00'>",
                   std::string{kHeadline} + "<span>4 April 2020</span>"),
              "2020-04-04T00:00:00Z");
    EXPECT_EQ(date(stated("2020-04-04T10:00:00Z"), std::string{kHeadline} + "<span>8 September 2020</span>"),
              "2020-04-04T10:00:00Z")
        << "a later day may be that of a change";
}

TEST(PublishedTest, TwoReadingsOfOneDateAreNoEarlierDay) {
    EXPECT_EQ(date(stated("2021-11-01T04:00:14Z"), std::string{kHeadline} + "<span>01/11/2021</span>"),
              "2021-11-01T04:00:14Z");
    EXPECT_EQ(date(stated("2020-06-29T00:16:15+03:00"), std::string{kHeadline} + "<span>28 June 2020</span>"),
              "2020-06-29T00:16:15+03:00")
        << "one moment in two zones";
}

TEST(PublishedTest, AQuotationHasADateOfItsOwn) {
    EXPECT_EQ(date(stated("2018-05-23T15:30:00Z"),
                   std::string{kHeadline} + "<blockquote>A post shared on <time datetime=2018-03-27>27 "
                                            "March</time></blockquote>"),
              "2018-05-23T15:30:00Z");
}

TEST(PublishedTest, ALabelSaysMoreThanTheDayOfAChange) {
    auto const changed = "<meta property='og:updated_time' content='2025-11-18T08:04:29Z'>";
    auto const text = "<p>One.</p><p>Two.</p><div class=teaser__meta>";
    EXPECT_EQ(date(changed, std::string{kHeadline} + text +
                                "<strong>(Re)Published:</strong> <br>May 25, 2025<br>"
                                "<strong>Last edit:</strong> November 18, 2025</div>"),
              "2025-05-25T00:00:00Z");
    EXPECT_EQ(date(changed, std::string{kHeadline} + text +
                                "<span>Erschienen am</span> <time datetime=2025-05-26>26. Mai</time></div>"),
              "2025-05-26T00:00:00Z");
    EXPECT_EQ(date(changed, std::string{kHeadline} + text +
                                "<span>A book published by her in</span> <b>May 25, 2005</b></div>"),
              "2025-11-18T08:04:29Z")
        << "no label";
}

TEST(PublishedTest, ATeaserOfTheArticleItselfIsNotItsHeadline) {
    EXPECT_EQ(date("", "<div><h3>A headline of six plain words</h3><span>1 July 2020</span></div>" +
                           std::string{kHeadline} + "<div data-date='18 March 2020'></div>"),
              "2020-03-18T00:00:00Z");
}

}  // namespace
}  // namespace newswired::articles::page
