#include "config/feed_list.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace newswired::config {
namespace {

TEST(FeedList, KeepsFeedsInOrder) {
    FeedList list;

    EXPECT_TRUE(list.add("https://example.org/b"));
    EXPECT_TRUE(list.add("https://example.org/a", "named", {}));
    list.seal();

    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list.url(0), "https://example.org/b");
    EXPECT_EQ(list.name(0), "");
    EXPECT_EQ(list.identity(0), "https://example.org/b");
    EXPECT_EQ(list.url(1), "https://example.org/a");
    EXPECT_EQ(list.name(1), "named");
    EXPECT_EQ(list.identity(1), "named");
}

TEST(FeedList, KnowsAFeedByItsIdentityOnly) {
    FeedList list;
    list.add("https://example.org/feed", "first", {});

    EXPECT_FALSE(list.add("https://example.org/elsewhere", "first", {})) << "the name is taken";
    EXPECT_TRUE(list.add("https://example.org/feed", "second", {}))
        << "one address may be asked as two feeds";
    EXPECT_TRUE(list.add("https://example.org/feed"));
    EXPECT_FALSE(list.add("https://example.org/feed"));
    EXPECT_EQ(list.size(), 3u);
}

TEST(FeedList, KeepsTheIdWhenOnlyTheAddressChanges) {
    FeedList before;
    before.add("https://example.org/old", "named", {});
    FeedList after;
    after.add("https://example.org/new", "named", {});

    EXPECT_EQ(before.id(0), after.id(0));
}

TEST(FeedList, FindsFeeds) {
    FeedList list;
    EXPECT_EQ(list.find(feed_id("https://example.org/1")), std::nullopt);
    for (int i = 0; i < 1000; ++i) {
        list.add("https://example.org/" + std::to_string(i));
    }
    list.seal();

    for (std::size_t i = 0; i < 1000; ++i) {
        EXPECT_EQ(list.find(list.id(i)), i);
    }
    EXPECT_EQ(list.find(feed_id("https://example.org/1000")), std::nullopt);
}

TEST(FeedList, SharesOptions) {
    FeedOptions const often{.interval = std::chrono::minutes{5}};
    FeedList list;
    list.set_defaults({.tags = {"default"}});
    list.add("https://example.org/a");
    list.add("https://example.org/b", {}, often);
    list.add("https://example.org/c", {}, often);
    list.add("https://example.org/d", {}, {.tags = {"default"}});

    EXPECT_EQ(&list.options(1), &list.options(2));
    EXPECT_EQ(list.options(1), often);
    EXPECT_EQ(&list.options(0), &list.options(3));
    EXPECT_EQ(list.options(0).tags.at(0), "default");
}

TEST(FeedList, KnowsTheOptionsOfEachFeedWhereverTheyChange) {
    FeedOptions const often{.interval = std::chrono::minutes{5}};
    FeedList list;
    auto const number = list.option_number(often);
    auto const is_often = [](std::size_t feed) { return feed % 7 < 3 || feed > 900; };
    for (std::size_t i = 0; i < 1000; ++i) {
        list.add("https://example.org/" + std::to_string(i), is_often(i) ? number : 0);
    }
    list.seal();

    for (std::size_t i = 0; i < 1000; ++i) {
        EXPECT_EQ(list.options(i) == often, is_often(i)) << i;
    }
}

TEST(FeedList, TellsNamesAndAddressesOfManyFeedsApart) {
    FeedList list;
    auto const url = [](std::size_t i) { return "https://example.org/" + std::string(i % 50, 'x'); };
    auto const name = [](std::size_t i) { return i % 3 == 0 ? std::string{} : "feed " + std::to_string(i); };
    for (std::size_t i = 0; i < 1000; ++i) {
        list.add(url(i) + std::to_string(i), name(i), {});
    }
    list.seal();

    for (std::size_t i = 0; i < 1000; ++i) {
        EXPECT_EQ(list.url(i), url(i) + std::to_string(i));
        EXPECT_EQ(list.name(i), name(i));
    }
}

TEST(FeedList, TakesFeedsAfterItWasSealed) {
    FeedList list;
    for (int i = 0; i < 1000; ++i) {
        list.add("https://example.org/" + std::to_string(i));
        list.seal();
    }

    EXPECT_FALSE(list.add("https://example.org/0"));
    for (std::size_t i = 0; i < 1000; ++i) {
        EXPECT_EQ(list.find(feed_id("https://example.org/" + std::to_string(i))), i);
    }
}

TEST(FeedList, CanBeCopiedAndMoved) {
    FeedList list;
    list.add("https://example.org/a", "a", {.tags = {"x"}});
    list.seal();

    auto const copy = list;
    auto const moved = std::move(list);

    EXPECT_EQ(copy.identity(0), "a");
    EXPECT_EQ(copy.options(0).tags.at(0), "x");
    EXPECT_EQ(moved.find(feed_id("a")), 0u);
}

}  // namespace
}  // namespace newswired::config
