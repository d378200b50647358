// Whether feeds have teasers: documents as publishers of each kind write them, through parser and cleaner.

#include "articles/teaser.hpp"
#include "articles/clean.hpp"
#include "feeds/parse.hpp"
#include "tests/support/rss.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace newswired::articles {
namespace {

using test::RssItem;

std::string const kHome = "https://news.example/";

std::string sentence(int i) {
    return "Number " + std::to_string(i) + " tells what the travellers saw when they came over the pass. ";
}

std::string sentences(int count, int from = 0) {
    std::string text;
    for (int i = 0; i < count; ++i) {
        text += sentence(from + i);
    }
    return text;
}

// Items number 0 to `count` - 1, whose bodies `body` writes.
template <typename Body>
std::vector<RssItem> items(int count, Body body) {
    std::vector<RssItem> all;
    for (int i = 0; i < count; ++i) {
        auto const name = std::to_string(i);
        all.push_back({.guid = name,
                       .title = "Headline of story " + name,
                       .link = kHome + "2026/01/story-" + name,
                       .text = body(i)});
    }
    return all;
}

std::vector<BodyLook> looks(std::vector<RssItem> const& items) {
    auto const feed =
        feeds::parse({.bytes = test::rss(items, "<link>" + kHome + "</link>"), .url = kHome + "feed.xml"});
    std::vector<BodyLook> found;
    for (auto const& item : feed->items) {
        found.push_back(look_at_body(clean(*feed, item), kHome));
    }
    return found;
}

bool are_teasers(std::vector<RssItem> const& items) {
    TeaserMemory memory;
    learn_from_bodies(memory, looks(items));
    return memory.teasers;
}

std::string link_to(int i, std::string const& text, std::string const& fragment = {}) {
    return "<a href=\"" + kHome + "2026/01/story-" + std::to_string(i) + fragment + "\">" + text + "</a>";
}

TEST(TeaserTest, AreBodiesOfASentence) {
    EXPECT_TRUE(are_teasers(items(10, [](int i) { return sentence(i); })));
}

TEST(TeaserTest, AreHeadlinesWithoutBodies) {
    EXPECT_TRUE(are_teasers(items(10, [](int) { return std::string{}; })));
}

TEST(TeaserTest, AreBodiesThatBreakOffHoweverLong) {
    for (std::string const end : {" […]", "...", " [...]", "…", " [&#8230;]", " (...)"}) {
        EXPECT_TRUE(are_teasers(items(10, [&](int i) {
            return "<p>" + sentences(20, i) + "and then" + end + "</p>";
        }))) << end;
    }
}

TEST(TeaserTest, AreBodiesThatEndWithALinkToTheirArticle) {
    for (std::string const more :
         {"Read more", "Weiterlesen", "Lire la suite →", "続きを読む", "Подробнее", "»»", ">>"}) {
        EXPECT_TRUE(are_teasers(items(10, [&](int i) {
            return "<p>" + sentences(8, i) + "</p><p>" + link_to(i, test::escaped(more)) + "</p>";
        }))) << more;
    }
    EXPECT_TRUE(are_teasers(
        items(10, [](int i) { return "<p>" + sentences(8, i) + link_to(i, "more", "#more-12") + "</p>"; })));
}

TEST(TeaserTest, AreBodiesCutAtOneLength) {
    EXPECT_TRUE(are_teasers(items(10, [](int i) {
        auto text = sentences(12, i * 7);
        return text.substr(0, 700);
    })));
}

TEST(TeaserTest, AreWellFormedBodiesOfOneLengthInAnotherLanguage) {
    EXPECT_TRUE(are_teasers(items(10, [](int i) {
        return std::to_string(i) + "号の記事は、旅人たちが峠を越えたときに何を見たかを伝えている。";
    })));
}

TEST(TeaserTest, WholeArticlesAreNone) {
    EXPECT_FALSE(are_teasers(items(
        10, [](int i) { return "<p>" + sentences(8 + i, i) + "</p><p>" + sentences(6, i + 50) + "</p>"; })));
}

TEST(TeaserTest, WholeArticlesWithAFooterAreNone) {
    EXPECT_FALSE(are_teasers(items(10, [](int i) {
        return "<p>" + sentences(20 + i, i) + "</p><p>The post " +
               link_to(i, "Headline of story " + std::to_string(i)) +
               " appeared first on <a href=\"https://news.example\">News</a>.</p>";
    })));
    EXPECT_FALSE(are_teasers(items(10, [](int i) {
        return "<p>" + sentences(20 + i, i) + "</p><p>" + link_to(i, "5 comments", "#comments") + "</p>";
    })));
    EXPECT_FALSE(are_teasers(items(
        10, [](int i) { return "<p>" + sentences(20 + i, i) + "</p><p>" + link_to(i, "★") + "</p>"; })));
}

TEST(TeaserTest, AFeedWithWholeArticlesMayHaveShortOnes) {
    EXPECT_FALSE(
        are_teasers(items(10, [](int i) { return i % 4 == 0 ? sentence(i) : sentences(25 + i, i); })));
}

TEST(TeaserTest, PodcastsAreNone) {
    auto episodes = items(10, [](int i) { return sentence(i); });
    for (auto& episode : episodes) {
        episode.more = "<enclosure url=\"https://news.example/" + episode.guid +
                       ".mp3\" type=\"audio/mpeg\" length=\"1\"/>";
    }

    EXPECT_FALSE(are_teasers(episodes));
}

TEST(TeaserTest, VideosAreNone) {
    auto videos = items(10, [](int i) { return sentence(i); });
    for (auto& video : videos) {
        video.link = "https://www.youtube.com/watch?v=" + video.guid;
    }

    EXPECT_FALSE(are_teasers(videos));
}

TEST(TeaserTest, ComicsAreNone) {
    EXPECT_FALSE(are_teasers(items(10, [](int i) {
        return "<img src=\"https://news.example/" + std::to_string(i) + ".png\" alt=\"x\">";
    })));
}

TEST(TeaserTest, NewsWithAPictureAre) {
    EXPECT_TRUE(are_teasers(items(10, [](int i) {
        return "<img src=\"https://news.example/" + std::to_string(i) + ".jpg\"><p>" + sentence(i) + "</p>";
    })));
}

TEST(TeaserTest, LinkBlogsAreNone) {
    auto links = items(10, [](int i) { return sentence(i); });
    for (auto& one : links) {
        one.link = "https://site" + one.guid + ".example/story";
    }
    EXPECT_FALSE(are_teasers(links)) << "items that point to other sites";

    EXPECT_FALSE(are_teasers(items(10, [](int i) {
        return "<p>" + sentence(i) + "<a href=\"https://site" + std::to_string(i) +
               ".example/\">they say</a></p>";
    }))) << "bodies that do";
}

TEST(TeaserTest, OneForeignHostIsOnlyWhereLinksAreCounted) {
    auto proxied = items(10, [](int i) { return sentence(i); });
    for (auto& one : proxied) {
        one.link = "https://feeds.proxy.example/~r/news/" + one.guid;
    }

    EXPECT_TRUE(are_teasers(proxied));
}

TEST(TeaserTest, NotesAreNone) {
    auto notes = items(10, [](int i) { return sentence(i); });
    for (auto& note : notes) {
        note.title.clear();
    }
    EXPECT_FALSE(are_teasers(notes)) << "without titles";

    for (auto& note : notes) {
        note.title = note.text.substr(0, 40) + "…";
    }
    EXPECT_FALSE(are_teasers(notes)) << "with titles made of their beginning";
}

// Memory

TeaserMemory learnt(bool teasers) {
    TeaserMemory memory;
    learn_from_bodies(memory,
                      looks(items(20, [&](int i) { return teasers ? sentence(i) : sentences(25 + i, i); })));
    return memory;
}

TEST(TeaserMemoryTest, TipsOverOnlyWhenTheFeedHasChanged) {
    for (auto const teasers : {false, true}) {
        auto memory = learnt(teasers);
        ASSERT_EQ(memory.teasers, teasers);
        auto const other =
            looks(items(3, [&](int i) { return teasers ? sentences(25 + i, i) : sentence(i); }));
        learn_from_bodies(memory, other);
        EXPECT_EQ(memory.teasers, teasers) << "three exceptions";

        for (int i = 0; i < 10; ++i) {
            learn_from_bodies(memory, other);
        }
        EXPECT_NE(memory.teasers, teasers) << "thirty are the rule";
    }
}

TEST(TeaserMemoryTest, AWholeArticleAmongTeasersNeedsNoPage) {
    auto const memory = learnt(true);
    auto const whole = looks(items(1, [](int) { return sentences(30); }));
    auto const teaser = looks(items(1, [](int i) { return sentence(i); }));

    EXPECT_EQ(wish_for_page(whole[0], memory), PageWish::body_is_whole);
    EXPECT_EQ(wish_for_page(teaser[0], memory), PageWish::wanted);
    EXPECT_EQ(wish_for_page(teaser[0], learnt(false)), PageWish::feed_is_whole);
}

TEST(TeaserMemoryTest, GivesUpOnPagesThatAreNoBetterButTriesNowAndThen) {
    auto memory = learnt(true);
    auto const teaser = looks(items(1, [](int i) { return sentence(i); }))[0];
    int tried = 0;
    for (int i = 0; i < 100; ++i) {
        auto const wish = wish_for_page(teaser, memory);
        ASSERT_TRUE(wish == PageWish::wanted || wish == PageWish::in_vain);
        tried += wish == PageWish::wanted ? 1 : 0;
        learn_from_page(memory, false);
    }
    EXPECT_GE(tried, 8);
    EXPECT_LE(tried, 12);

    learn_from_page(memory, true);
    EXPECT_EQ(wish_for_page(teaser, memory), PageWish::wanted);
}

TEST(TeaserMemoryTest, RestsAndComesBackTheSame) {
    auto memory = learnt(true);
    learn_from_page(memory, false);
    auto const bytes = encode(memory);

    EXPECT_EQ(decode_teaser_memory(bytes), memory);
    EXPECT_EQ(decode_teaser_memory(""), TeaserMemory{});
    EXPECT_EQ(decode_teaser_memory(bytes.substr(0, bytes.size() - 1)), TeaserMemory{});
    EXPECT_LE(bytes.size(), 12u);
}

}  // namespace
}  // namespace newswired::articles
