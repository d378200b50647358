#include "articles/site/boilerplate.hpp"

#include "articles/body/sanitize.hpp"
#include "articles/site/body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace newswired::articles::site {
namespace {

using testing::HasSubstr;
using testing::Not;

Article article_of(std::string const& title, std::string const& html) {
    Article article{.url = "https://pier.example/" + std::to_string(hash_of(title)),
                    .title = title,
                    .content_html = html};
    article.content_text = to_readable_text(html);
    return article;
}

std::string own_text(std::string const& what) {
    return "<p>This is the first paragraph of a report about " + what + ", which somebody wrote.</p>" +
           "<p>Its second paragraph says more about " + what + " and ends here.</p>";
}

// Learns all of them, then cleans each; what each lost.
std::vector<std::vector<Removed>> clean_all(std::vector<Article>& articles, SiteMemory& memory) {
    std::vector<Sighting> sightings;
    for (auto const& article : articles) {
        memory.learn(sightings.emplace_back(survey(article)));
    }
    std::vector<std::vector<Removed>> removed;
    for (std::size_t i = 0; i < articles.size(); ++i) {
        removed.push_back(clean(articles[i], sightings[i], memory));
    }
    return removed;
}

std::vector<std::string> const kTopics{"the harbour strike", "a ferry in the storm", "bronze figures",
                                       "early swarms"};

std::vector<Article> with_tail(std::size_t count, std::string const& tail) {
    std::vector<Article> articles;
    for (std::size_t i = 0; i < count; ++i) {
        articles.push_back(article_of("All about " + kTopics[i], own_text(kTopics[i]) + tail));
    }
    return articles;
}

TEST(BoilerplateTest, GoesFromTheThirdArticleOn) {
    auto two = with_tail(2, "<p>Subscribe to our newsletter</p>");
    auto three = with_tail(3, "<p>Subscribe to our newsletter</p>");
    SiteMemory first;
    SiteMemory second;

    clean_all(two, first);
    clean_all(three, second);

    EXPECT_THAT(two[1].content_text, HasSubstr("Subscribe"));
    for (std::size_t i = 0; i < three.size(); ++i) {
        EXPECT_EQ(three[i].content_html, own_text(kTopics[i]));
        EXPECT_EQ(three[i].content_text, to_readable_text(own_text(kTopics[i])));
    }
}

TEST(BoilerplateTest, GoesFromAnArticleThatComesLater) {
    auto early = with_tail(2, "<p>Subscribe to our newsletter</p>");
    SiteMemory memory;
    clean_all(early, memory);
    auto again = SiteMemory::decode(memory.encode(), 0);
    std::vector<Article> late{
        article_of("A new one", own_text("something new") + "<p>Subscribe to our newsletter</p>")};

    auto const removed = clean_all(late, again);

    EXPECT_EQ(late[0].content_html, own_text("something new"));
    EXPECT_EQ(in_words(removed[0]), "1 block: \"Subscribe to our newsletter\" (as in 2 others)");
}

TEST(BoilerplateTest, GoesThoughItNamesTheArticle) {
    std::vector<Article> articles;
    for (std::size_t i = 0; i < 3; ++i) {
        auto const title = "All about " + kTopics[i];
        articles.push_back(article_of(
            title, own_text(kTopics[i]) + "<p>The post <a href=\"https://pier.example/x\">" + title +
                       "</a> appeared first on <a href=\"https://pier.example\">The Pier</a>.</p>"));
    }
    SiteMemory memory;

    clean_all(articles, memory);

    EXPECT_EQ(articles[0].content_html, own_text(kTopics[0]));
    EXPECT_EQ(articles[2].content_html, own_text(kTopics[2]));
}

TEST(BoilerplateTest, DoesNotTakeAQuotationThatTwoArticlesShare) {
    auto articles = with_tail(4, "");
    auto const quotation = "<p>“We did what we could, and it was not enough,” the spokeswoman said.</p>";
    for (std::size_t const i : {1, 2}) {
        articles[i].content_html += quotation;
        articles[i].content_text = to_readable_text(articles[i].content_html);
    }
    SiteMemory memory;

    clean_all(articles, memory);

    EXPECT_THAT(articles[1].content_html, HasSubstr(quotation));
    EXPECT_THAT(articles[2].content_html, HasSubstr(quotation));
}

TEST(BoilerplateTest, DoesNotTakeTheTextOfAStoryToldThreeTimes) {
    std::vector<Article> articles;
    for (auto const* const when : {"morning", "noon", "evening"}) {
        articles.push_back(article_of(std::string{"The strike, as of "} + when,
                                      "<p>What is known of the strike in the " + std::string{when} +
                                          ", in short.</p>" + own_text("the strike") + own_text("the wages") +
                                          own_text("the ferries")));
    }
    auto const before = articles;
    SiteMemory memory;

    clean_all(articles, memory);

    for (std::size_t i = 0; i < articles.size(); ++i) {
        EXPECT_EQ(articles[i].content_html, before[i].content_html);
    }
}

TEST(BoilerplateTest, LeavesRecipesAlone) {
    std::vector<Article> articles;
    for (auto const& topic : kTopics) {
        articles.push_back(article_of("A cake like " + topic,
                                      "<p>Ingredients</p><ul><li>200 g flour</li><li>some of " + topic +
                                          "</li></ul><h3>Method</h3><p>Mix all with " + topic +
                                          " and bake it for a good while.</p><p>Serve with a spoon of " +
                                          topic + ".</p>"));
    }
    auto const before = articles;
    SiteMemory memory;

    clean_all(articles, memory);

    for (std::size_t i = 0; i < articles.size(); ++i) {
        EXPECT_EQ(articles[i].content_html, before[i].content_html);
    }
}

TEST(BoilerplateTest, LeavesMeasurementsAlone) {
    std::vector<Article> articles;
    for (int i = 0; i < 5; ++i) {
        auto const n = std::to_string(10 + i);
        articles.push_back(article_of("Weather report number " + n,
                                      "<p>The temperature in the harbour is " + n + " degrees today.</p>" +
                                          "<p>The wind from the north has a speed of " + n + " metres.</p>"));
    }
    SiteMemory memory;

    clean_all(articles, memory);

    EXPECT_THAT(articles[4].content_text, HasSubstr("14 degrees"));
    EXPECT_THAT(articles[4].content_text, HasSubstr("14 metres"));
}

TEST(BoilerplateTest, LeavesABodyOfNothingElseAlone) {
    std::vector<Article> articles;
    for (auto const& topic : kTopics) {
        articles.push_back(article_of("All about " + topic, "<p>Article</p><p>Comments</p>"));
    }
    SiteMemory memory;

    clean_all(articles, memory);

    EXPECT_EQ(articles[3].content_html, "<p>Article</p><p>Comments</p>");
}

TEST(BoilerplateTest, KeepsCaptionsOutOfAPagesText) {
    auto articles = with_tail(3, "<p>Subscribe to our newsletter</p>");
    for (auto& article : articles) {
        article.body_from = "page";
        article.content_html = "<figure><img src=\"https://a.example/x.png\"><figcaption>A caption for " +
                               article.title + "</figcaption></figure>" + article.content_html;
    }
    SiteMemory memory;

    clean_all(articles, memory);

    EXPECT_THAT(articles[0].content_text, Not(HasSubstr("caption")));
    EXPECT_THAT(articles[0].content_html, HasSubstr("A caption"));
    EXPECT_THAT(articles[0].content_html, Not(HasSubstr("Subscribe")));
}

}  // namespace
}  // namespace newswired::articles::site
