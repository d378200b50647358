// Near-duplicates and stories, on every store.

#include "tests/storage/store_test.hpp"

#include <gtest/gtest.h>

namespace newswired::storage {
namespace {

class NearTest : public StoreTest {
  protected:
    OutboxEntry last() { return read().back(); }
};

INSTANTIATE_TEST_SUITE_P(Stores, NearTest, every_store(), name_of_store);

// A sketch of which `equal` of 64 cells are those of all others, and which shares a band with them.
Sketch sketch_with(std::size_t equal, std::string const& name) {
    Sketch one{.cells = std::string(Sketch::kCells, name[0])};
    one.cells.replace(0, equal, std::string(equal, '#'));
    one.bands.fill(xxh3(name));
    one.bands[2] = 42;
    return one;
}

Candidate like(FeedId feed, std::string const& name, std::size_t equal) {
    auto one = item(feed, name, name, "https://a.example/" + name);
    one.sketch = sketch_with(equal, name);
    return one;
}

TEST_P(NearTest, ANearDuplicateIsToldWithWhatItRepeats) {
    auto const first = like(kFeedA, "first", 64);
    commit(kFeedA, {first});

    commit(kFeedB, {like(kFeedB, "second", 50)});

    EXPECT_FALSE(read()[0].duplicate_of || read()[0].story);
    EXPECT_EQ(last().duplicate_of, first.key);
    EXPECT_EQ(last().duplicate_url, "https://a.example/first");
    EXPECT_EQ(last().story, first.key);
}

TEST_P(NearTest, MuchInCommonIsOnlyTheSameStory) {
    auto const first = like(kFeedA, "first", 64);
    commit(kFeedA, {first});

    commit(kFeedB, {like(kFeedB, "second", 30), like(kFeedB, "third", 5)});

    EXPECT_EQ(read()[1].story, first.key);
    EXPECT_FALSE(read()[1].duplicate_of);
    EXPECT_FALSE(read()[2].story);
}

TEST_P(NearTest, ArticlesOfOnePollSeeEachOtherAndTheFirstNamesTheStory) {
    auto const first = like(kFeedA, "first", 64);

    commit(kFeedA, {first, like(kFeedA, "second", 60), like(kFeedA, "third", 60)});

    EXPECT_EQ(read()[1].duplicate_of, first.key);
    EXPECT_EQ(read()[2].duplicate_of, first.key) << "not the near-duplicate between";
    EXPECT_EQ(read()[2].story, first.key);
}

TEST_P(NearTest, AnUpdateIsNoDuplicateOfItself) {
    commit(kFeedA, {like(kFeedA, "first", 64)});
    auto update = like(kFeedA, "first", 62);
    update.hash = sha256("other");
    update.parts.text = 7;

    EXPECT_EQ(outcome(poll(kFeedA, {update})), Outcome::update);

    EXPECT_FALSE(last().duplicate_of || last().story);
}

TEST_P(NearTest, CountsWithinTheWindowOnlyAndOverARestart) {
    commit(kFeedA, {like(kFeedA, "first", 64)});
    reopen();
    clock_.advance(std::chrono::days{2});
    commit(kFeedB, {like(kFeedB, "second", 60)});
    EXPECT_TRUE(last().duplicate_of);

    clock_.advance(std::chrono::days{4});
    commit(kFeedB, {like(kFeedB, "third", 60)});

    EXPECT_FALSE(last().duplicate_of);
}

TEST_P(NearTest, KeepsToTheScope) {
    auto of = [&](FeedId feed, char const* name, std::uint64_t site) {
        auto one = poll(feed, {like(feed, name, 60)});
        one.scope = Scope::site;
        one.site = site;
        return one;
    };
    commit(of(kFeedA, "first", 1));
    commit(of(kFeedB, "second", 2));
    EXPECT_FALSE(last().duplicate_of);

    commit(of(kFeedB, "third", 1));

    EXPECT_TRUE(last().duplicate_of);
}

TEST_P(NearTest, ARuleDropsIt) {
    auto const first = like(kFeedA, "first", 64);
    commit(kFeedA, {first});
    auto second = like(kFeedB, "second", 60);
    second.rule_if_near = std::uint16_t{3};
    auto third = like(kFeedB, "third", 30);
    third.rule_if_near = std::uint16_t{3};

    auto const verdicts = commit(kFeedB, {second, third}).verdicts;

    EXPECT_EQ(verdicts[0].outcome, Outcome::withheld);
    EXPECT_EQ(verdicts[1].outcome, Outcome::fresh) << "the same story is no near-duplicate";
    auto const known = runner_.run(store_->items_by_url(second.url_hash)).value().at(0);
    EXPECT_EQ(known.rule, 3u);
    EXPECT_EQ(known.duplicate_of, first.key);
    EXPECT_EQ(commit(kFeedB, {second}).verdicts[0].outcome, Outcome::unchanged);
}

TEST_P(NearTest, ARuleLetsOnlyNearDuplicatesPass) {
    auto passes_if_near = [](Candidate one) {
        one.withheld = Withheld::rule;
        one.rule = 1;
        one.rule_if_near = std::uint16_t{0};
        return one;
    };
    commit(kFeedA, {like(kFeedA, "first", 64)});

    EXPECT_EQ(outcome(poll(kFeedB, {passes_if_near(like(kFeedB, "second", 60))})), Outcome::fresh);
    EXPECT_EQ(outcome(poll(kFeedB, {passes_if_near(like(kFeedB, "third", 5))})), Outcome::withheld);
}

TEST_P(NearTest, WhatWasDroppedIsNothingToRepeat) {
    auto dropped = like(kFeedA, "first", 64);
    dropped.withheld = Withheld::rule;
    commit(kFeedA, {dropped});

    commit(kFeedB, {like(kFeedB, "second", 60)});

    EXPECT_FALSE(last().duplicate_of);
}

TEST_P(NearTest, TextsWithoutASketchAreAlikeToNothing) {
    commit(kFeedA, {like(kFeedA, "first", 64)});

    commit(kFeedB, {item(kFeedB, "second", "second")});

    EXPECT_FALSE(last().duplicate_of || last().story);
}

}  // namespace
}  // namespace newswired::storage
