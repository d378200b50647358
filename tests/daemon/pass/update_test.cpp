// What is an update, and what only looks like one.

#include "tests/daemon/pass/pass_test.hpp"

#include <array>

namespace newswired::daemon {
namespace {

using test::article;
using test::long_text;
using test::RssItem;
using testing::ElementsAre;

class UpdateTest : public PassTest {
  protected:
    /// The names in `changed` of the newest record.
    Names changed() {
        Names names;
        auto const all = records();
        for (auto const& name : all.back().at("changed").as_array()) {
            names.emplace_back(name.as_string());
        }
        return names;
    }
};

TEST_F(UpdateTest, AChangedTextIsASecondRevisionOfTheWholeArticle) {
    auto one = article("a");
    read({one});
    one.text = long_text("the same, with more to it");
    auto const report = read({one});

    auto const all = records();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(report.updates, 1u);
    EXPECT_EQ(text(all[1], "event"), "update");
    EXPECT_EQ(all[1].at("revision").as_int64(), 2);
    EXPECT_EQ(text(all[1], "key"), text(all[0], "key"));
    EXPECT_THAT(text(all[1], "content_text"), testing::HasSubstr("with more to it"));
    EXPECT_EQ(text(all[1], "title"), "About a");
    EXPECT_THAT(changed(), ElementsAre("content_text"));
    EXPECT_FALSE(all[1].at("backlog").as_bool());
}

TEST_F(UpdateTest, NamesAllThatChanged) {
    auto one = article("a");
    read({one});
    one.title = "Another title";
    one.text = long_text("another text");
    one.more = "<enclosure url=\"https://cdn.example/a.mp3\" type=\"audio/mpeg\" length=\"1\"/>";
    read({one});

    EXPECT_THAT(changed(), ElementsAre("title", "content_text", "attachments"));
}

TEST_F(UpdateTest, RevisionsCountOn) {
    auto one = article("a");
    for (int version = 1; version <= 4; ++version) {
        one.title = "Version " + std::to_string(version);
        read({one});
    }

    EXPECT_THAT(titles(), ElementsAre("Version 1", "Version 2 (2)", "Version 3 (3)", "Version 4 (4)"));
}

TEST_F(UpdateTest, AnItemThatFlapsBetweenTwoVersionsIsToldOfEachOnce) {
    auto one = article("a");
    auto other = one;
    other.title = "About a, from the other server";
    for (int poll = 0; poll < 6; ++poll) {
        read({poll % 2 == 0 ? one : other});
    }

    EXPECT_EQ(told().size(), 2u);
}

struct Harmless {
    char const* name;
    void (*change)(RssItem& item);
};

class HarmlessChangeTest : public UpdateTest, public testing::WithParamInterface<Harmless> {};

TEST_P(HarmlessChangeTest, IsNoUpdate) {
    RssItem one = article("a");
    one.text = "<p>" + one.text + "</p><p>See <a href=\"https://news.example/more\">more</a>.</p>";
    one.date = "Sat, 31 Jan 2026 10:00:00 GMT";
    read({one});
    auto const before = one;
    GetParam().change(one);
    ASSERT_NE(test::to_xml(one), test::to_xml(before));

    auto const report = read({one});

    EXPECT_EQ(told().size(), 1u);
    EXPECT_EQ(report.updates + report.fresh + report.duplicates, 0u);
}

INSTANTIATE_TEST_SUITE_P(
    Update, HarmlessChangeTest,
    testing::Values(
        Harmless{"Markup", [](RssItem& item) { item.text = "<div class=\"x\">" + item.text + "</div>"; }},
        Harmless{"Address", [](RssItem& item) { item.text.replace(item.text.find("/more"), 5, "/most"); }},
        Harmless{"WhiteSpace", [](RssItem& item) { item.text += "\n\n\t &nbsp; "; }},
        Harmless{"Date", [](RssItem& item) { item.date = "Sat, 31 Jan 2026 11:30:00 GMT"; }},
        Harmless{"NoDate", [](RssItem& item) { item.date.clear(); }},
        Harmless{"Tracking", [](RssItem& item) { item.link += "?utm_medium=feed"; }},
        Harmless{"Scheme", [](RssItem& item) { item.link.replace(0, 5, "http"); }},
        Harmless{"Author", [](RssItem& item) { item.more = "<author>a@example.org (A)</author>"; }},
        Harmless{"Entities", [](RssItem& item) { item.title = "&#65;bout a"; }}),
    [](auto const& param) { return param.param.name; });

TEST_F(UpdateTest, UpdatesIgnoreTellsNoUpdate) {
    config::FeedOptions options;
    options.updates = config::Updates::ignore;
    add_feed(kFeed, options);
    auto one = article("a");
    read({one});
    one.title = "Another title";

    auto const report = read({one});

    EXPECT_EQ(told().size(), 1u);
    EXPECT_EQ(report.updates, 0u);
}

// A cleaner as a later release may have it: it rewrites everything that it may.
void shout(articles::Draft& draft) {
    auto& article = draft.article;
    article.title += "!";
    article.content_text = "cleaned better";
    article.content_html = "<p>cleaned better</p>";
    article.url += "?cleaned=better";
    article.tags.emplace_back("better");
    article.attachments.clear();
}

class NewCleanerTest : public UpdateTest {
  protected:
    NewCleanerTest() {
        auto const steps = articles::cleaning_steps();
        better_.assign(steps.begin(), steps.end());
        better_.push_back({.name = "shout", .run = shout});
    }
    void install_better_cleaner() {
        steps_ = better_;
        reload();
    }
    /// Items of many kinds: long and short, with and without names, links, enclosures.
    static std::vector<RssItem> items() {
        return {
            article("a"),
            {.guid = "short", .title = "Short", .link = "https://news.example/short", .text = "Short."},
            {.title = "No guid", .link = "https://news.example/noguid?utm_source=x", .text = "Short, too."},
            {.title = "Neither", .text = long_text("nothing by which to name it")},
            {.guid = "episode",
             .title = "The show",
             .more = "<enclosure url=\"https://cdn.example/1.mp3\" type=\"audio/mpeg\" length=\"1\"/>"},
            {.guid = "html",
             .title = "<b>Bold</b> &amp; so on",
             .text = "<p>" + long_text("markup") + "<script>x()</script></p>"}};
    }

    std::vector<articles::Step> better_;
};

TEST_F(NewCleanerTest, CausesNoUpdateAtAll) {
    read(items());
    auto const before = told().size();
    ASSERT_EQ(before, items().size());
    install_better_cleaner();
    // The publisher touches every item, so that each is looked at and cleaned anew.
    auto touched = items();
    for (auto& item : touched) {
        item.more += "<!-- generated again --><category>x</category>";
    }

    auto const report = read(touched);

    EXPECT_EQ(told().size(), before);
    EXPECT_EQ(report.fresh + report.updates + report.duplicates, 0u);
}

TEST_F(NewCleanerTest, CausesNoUpdateWhenTheFeedsStateIsLost) {
    read(items());
    install_better_cleaner();
    std::vector<FeedId> const ids{plan()->feeds().id(0)};
    ASSERT_TRUE(run(store_->remove_feeds(ids)).has_value());

    auto const report = read(items());

    EXPECT_EQ(told().size(), items().size());
    EXPECT_EQ(report.fresh + report.updates, 0u);
}

TEST_F(NewCleanerTest, CausesNoNewsInAnotherFeed) {
    add_feed("https://a.example/1.xml");
    add_feed("https://b.example/2.xml");
    read({article("a")}, 0);
    install_better_cleaner();

    read({article("a")}, 1);

    EXPECT_EQ(told().size(), 1u);
}

TEST_F(NewCleanerTest, WritesTheNextRealUpdate) {
    read({article("a")});
    install_better_cleaner();
    auto changed = article("a");
    changed.text = long_text("what really changed");

    read({changed});

    auto const all = records();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[1].at("revision").as_int64(), 2);
    EXPECT_EQ(text(all[1], "title"), "About a!");
    EXPECT_THAT(this->changed(), ElementsAre("content_text"));
}

}  // namespace
}  // namespace newswired::daemon
