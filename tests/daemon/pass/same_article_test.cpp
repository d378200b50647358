// The same article is told once, however its publisher dresses it up.

#include "tests/daemon/pass/pass_test.hpp"

namespace newswired::daemon {
namespace {

using test::article;
using test::long_text;
using test::RssItem;
using testing::ElementsAre;

class SameArticleTest : public PassTest {
  protected:
    void add_two_feeds(std::string const& first, std::string const& second) {
        add_feed(first);
        add_feed(second);
    }
    /// The same article, as either of two feeds would carry it.
    void read_in_both() {
        auto one = article("harbour");
        read({one}, 0);
        one.guid = "another-guid";
        one.link = "https://mirror.example/harbour";
        read({one}, 1);
    }
};

TEST_F(SameArticleTest, TheSameDocumentAgainTellsNothing) {
    read({article("a"), article("b")});

    auto const again = read({article("a"), article("b")});

    EXPECT_THAT(titles(), ElementsAre("About b", "About a"));
    EXPECT_EQ(again.items, 2u);
    EXPECT_EQ(again.fresh + again.updates + again.duplicates, 0u);
}

TEST_F(SameArticleTest, AnotherHeadOfTheDocumentTellsNothing) {
    read(test::rss({article("a")}, "<lastBuildDate>Sat, 31 Jan 2026 11:00:00 GMT</lastBuildDate>"));

    read(test::rss({article("a")}, "<lastBuildDate>Sat, 31 Jan 2026 12:00:00 GMT</lastBuildDate>"));

    EXPECT_EQ(told().size(), 1u);
}

TEST_F(SameArticleTest, ANewGuidTellsNothing) {
    auto one = article("a");
    read({one});

    for (int poll = 0; poll < 3; ++poll) {
        one.guid = "new-at-every-poll-" + std::to_string(poll);
        read({one});
    }

    EXPECT_EQ(told().size(), 1u);
}

TEST_F(SameArticleTest, AnUpdateUnderANewGuidIsAnUpdateOfTheSameKey) {
    auto one = article("a");
    read({one});
    one.guid = "another";
    one.title = "About a, corrected";
    read({one});

    auto const all = records();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(text(all[1], "event"), "update");
    EXPECT_EQ(text(all[1], "key"), text(all[0], "key"));
}

TEST_F(SameArticleTest, ChurningTrackingParametersTellNothing) {
    RssItem one{.title = "Short",
                .link = "https://news.example/a?utm_source=rss&utm_campaign=monday",
                .text = "Short."};
    read({one});

    one.link = "https://news.example/a?utm_source=rss&utm_campaign=tuesday";
    read({one});
    one.link = "https://news.example/a?fbclid=XYZ#top";
    read({one});

    EXPECT_EQ(told().size(), 1u);
    EXPECT_EQ(text(records()[0], "url"), "https://news.example/a");
}

TEST_F(SameArticleTest, ChurningTrackingParametersInAGuidTellNothing) {
    RssItem one{.guid = "https://news.example/a?utm_source=1", .title = "Short", .text = "Short."};
    read({one});

    one.guid = "https://news.example/a?utm_source=2";
    read({one});

    EXPECT_EQ(told().size(), 1u);
}

TEST_F(SameArticleTest, ScopeAllTellsItOnceForAllFeeds) {
    add_two_feeds("https://a.example/1.xml", "https://b.example/2.xml");

    read_in_both();

    EXPECT_EQ(told().size(), 1u);
    EXPECT_THAT(explained("https://mirror.example/harbour"),
                testing::AllOf(testing::HasSubstr("not emitted: its content is the same as that of " +
                                                  text(records()[0], "key")),
                               testing::HasSubstr("https://news.example/harbour")));
}

TEST_F(SameArticleTest, ScopeSiteTellsItOnceASite) {
    settings_.dedup.scope = config::Scope::site;
    add_two_feeds("https://a.example/1.xml", "https://a.example/2.xml");
    add_feed("https://b.example/1.xml");

    read_in_both();
    read({article("harbour")}, 2);

    EXPECT_EQ(told().size(), 2u) << "once on a.example, once on b.example";
}

TEST_F(SameArticleTest, ScopeFeedTellsItInEachFeed) {
    settings_.dedup.scope = config::Scope::feed;
    add_two_feeds("https://a.example/1.xml", "https://a.example/2.xml");

    read_in_both();
    read_in_both();

    EXPECT_EQ(told().size(), 2u);
}

TEST_F(SameArticleTest, MatchMarkTellsItAgainWithWhatItRepeats) {
    settings_.dedup.match = config::Match::mark;
    add_two_feeds("https://a.example/1.xml", "https://b.example/2.xml");

    read_in_both();
    read_in_both();

    auto const all = records();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_FALSE(all[0].contains("duplicate_of"));
    auto const& original = all[1].at("duplicate_of").as_object();
    EXPECT_EQ(text(original, "key"), text(all[0], "key"));
    EXPECT_EQ(text(original, "url"), "https://news.example/harbour");
    EXPECT_EQ(text(all[1], "event"), "new");
}

TEST_F(SameArticleTest, AnItemThatVanishesAndReturnsTellsNothing) {
    read({article("b"), article("a")});
    read({article("b")});
    read({article("b")});

    read({article("b"), article("a")});

    EXPECT_THAT(titles(), ElementsAre("About a", "About b"));
}

TEST_F(SameArticleTest, AnItemThatReturnsChangedIsAnUpdate) {
    read({article("b"), article("a")});
    read({article("b")});

    auto changed = article("a");
    changed.text = long_text("something else");
    read({article("b"), changed});

    EXPECT_THAT(titles(), ElementsAre("About a", "About b", "About a (2)"));
}

TEST_F(SameArticleTest, DifferentItemsWithOneGuidAreDifferentArticles) {
    auto a = article("a");
    auto b = article("b");
    a.guid = b.guid = "the-only-guid";

    read({b, a});
    read({b, a});

    EXPECT_THAT(titles(), ElementsAre("About a", "About b"));
    EXPECT_NE(text(records()[0], "key"), text(records()[1], "key"));
}

TEST_F(SameArticleTest, AGuidThatIsNoLongerSharedTellsNothing) {
    auto a = article("a");
    auto b = article("b");
    a.guid = b.guid = "the-only-guid";
    read({b, a});

    read({b});
    read({b, a});

    EXPECT_EQ(told().size(), 2u);
}

TEST_F(SameArticleTest, TheSameItemTwiceInADocumentIsOneArticle) {
    read({article("a"), article("a")});

    EXPECT_EQ(told().size(), 1u);
}

TEST_F(SameArticleTest, EpisodesWithOneTitleAndNoTextAreFourArticles) {
    std::vector<RssItem> episodes;
    for (char const* const name : {"4", "3", "2", "1"}) {
        episodes.push_back({.guid = std::string{"episode-"} + name,
                            .title = "The show",
                            .more = std::string{"<enclosure url=\"https://cdn.example/"} + name +
                                    ".mp3?token=x\" type=\"audio/mpeg\" length=\"1\"/>"});
    }

    read(episodes);
    read(episodes);

    EXPECT_THAT(titles(), ElementsAre("The show", "The show", "The show", "The show"));
}

TEST_F(SameArticleTest, EpisodesThatDifferInTheirGuidsOnlyAreFourArticles) {
    std::vector<RssItem> episodes;
    for (char const* const name : {"4", "3", "2", "1"}) {
        episodes.push_back({.guid = std::string{"episode-"} + name, .title = "The show"});
    }

    read(episodes);

    EXPECT_EQ(told().size(), 4u);
}

}  // namespace
}  // namespace newswired::daemon
