#include "daemon/pass/harvest.hpp"

#include "feeds/parse.hpp"
#include "tests/support/rss.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace newswired::daemon {
namespace {

using test::article;
using test::RssItem;
using testing::ElementsAre;
using testing::IsEmpty;

class HarvestTest : public testing::Test {
  protected:
    HarvestTest() { settings_.feeds.add("https://news.example/feed.xml"); }

    static feeds::ParsedFeed parsed(std::vector<RssItem> const& items) {
        return feeds::parse({.bytes = test::rss(items), .url = "https://news.example/feed.xml"}).value();
    }
    static RssItem dated(std::string const& name, std::string const& hour) {
        auto item = article(name);
        if (!hour.empty()) {
            item.date = "Sat, 31 Jan 2026 " + hour + ":00:00 GMT";
        }
        return item;
    }
    Harvest harvest_of(std::vector<RssItem> const& items, feeds::Window const& before = {}) {
        Plan const plan{settings_};
        auto const document = parsed(items);
        return harvest(plan, 0, document, state_, before, now_);
    }
    /// The guids of the document's items in reading order.
    static std::vector<std::string> order(std::vector<RssItem> const& items) {
        auto const document = parsed(items);
        std::vector<std::string> names;
        for (auto const index : reading_order(document)) {
            names.emplace_back(document.items[index].id.substr(std::string_view{"guid-"}.size()));
        }
        return names;
    }

    config::Settings settings_;
    feeds::FeedState state_;
    SystemTime now_{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + std::chrono::hours{12}};
};

TEST_F(HarvestTest, ReadsByDate) {
    EXPECT_THAT(order({dated("b", "08"), dated("c", "09"), dated("a", "07")}), ElementsAre("a", "b", "c"));
}

TEST_F(HarvestTest, ReadsFromTheLastToTheFirstWithoutDates) {
    EXPECT_THAT(order({dated("c", ""), dated("b", ""), dated("a", "")}), ElementsAre("a", "b", "c"));
}

TEST_F(HarvestTest, ReadsItemsOfOneDateFromTheLastToTheFirst) {
    EXPECT_THAT(order({dated("c", "08"), dated("b", "08"), dated("a", "08")}), ElementsAre("a", "b", "c"));
}

TEST_F(HarvestTest, LeavesAnUndatedItemWhereItStood) {
    EXPECT_THAT(order({dated("c", "09"), dated("b", ""), dated("a", "07")}), ElementsAre("a", "b", "c"));
    EXPECT_THAT(order({dated("c", ""), dated("b", "09"), dated("a", "07")}), ElementsAre("a", "b", "c"));
    EXPECT_THAT(order({dated("c", "09"), dated("b", "07"), dated("a", "")}), ElementsAre("a", "b", "c"));
}

TEST_F(HarvestTest, ReadsADocumentThatGoesUpwards) {
    EXPECT_THAT(order({dated("a", "07"), dated("b", "08"), dated("c", "09")}), ElementsAre("a", "b", "c"));
}

TEST_F(HarvestTest, ReadsAnEmptyDocument) {
    EXPECT_THAT(order({}), IsEmpty());
    EXPECT_EQ(harvest_of({}).items, 0u);
}

TEST_F(HarvestTest, PassesOverWhatTheWindowKnows) {
    auto const first = harvest_of({article("b"), article("a")});
    ASSERT_EQ(first.findings.size(), 2u);

    auto const second = harvest_of({article("c"), article("b"), article("a")}, first.window);

    ASSERT_EQ(second.findings.size(), 1u);
    EXPECT_EQ(second.findings[0].candidate.url, "https://news.example/c");
    EXPECT_EQ(second.items, 3u);
    EXPECT_THAT(second.left, IsEmpty());
}

TEST_F(HarvestTest, TellsWhatHasLeftTheDocument) {
    auto const first = harvest_of({article("b"), article("a")});

    auto const second = harvest_of({article("b")}, first.window);

    EXPECT_THAT(second.left, ElementsAre(first.findings[0].candidate.key));
    EXPECT_EQ(second.window.size(), 1u);
}

TEST_F(HarvestTest, WhatOnlyChangedHasNotLeft) {
    auto const first = harvest_of({article("a")});
    auto changed = article("a");
    changed.title = "Another title";

    auto const second = harvest_of({changed}, first.window);

    EXPECT_THAT(second.left, IsEmpty());
    EXPECT_EQ(second.findings.at(0).candidate.key, first.findings[0].candidate.key);
}

TEST_F(HarvestTest, IsBacklogUntilTheFeedWasReadOnce) {
    EXPECT_TRUE(harvest_of({article("a")}).findings.at(0).candidate.backlog);
    state_.read_before = true;
    EXPECT_FALSE(harvest_of({article("a")}).findings.at(0).candidate.backlog);
}

TEST_F(HarvestTest, WhatIsLeftOutIsNotCleaned) {
    config::FeedOptions options;
    options.first_poll = {.kind = config::FirstPoll::Kind::none};
    settings_.feeds = {};
    settings_.feeds.add("https://news.example/feed.xml", "", options);

    auto const left_out = harvest_of({article("a")}).findings.at(0);

    EXPECT_EQ(left_out.candidate.withheld, storage::Withheld::first_poll);
    EXPECT_EQ(left_out.article.title, "");
    state_.read_before = true;
    EXPECT_EQ(harvest_of({article("a")}).findings.at(0).candidate.withheld, storage::Withheld::no);
}

TEST_F(HarvestTest, AnUndatedItemIsTooOldForAFirstPollByAge) {
    config::FeedOptions options;
    options.first_poll = {.kind = config::FirstPoll::Kind::since, .age = std::chrono::hours{3}};
    settings_.feeds = {};
    settings_.feeds.add("https://news.example/feed.xml", "", options);

    auto const all = harvest_of({dated("new", "10"), dated("old", "08"), dated("undated", "")}).findings;

    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].candidate.withheld, storage::Withheld::first_poll);
    EXPECT_EQ(all[1].candidate.withheld, storage::Withheld::first_poll);
    EXPECT_EQ(all[2].candidate.withheld, storage::Withheld::no);
}

}  // namespace
}  // namespace newswired::daemon
