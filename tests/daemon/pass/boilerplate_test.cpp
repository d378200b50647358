// What a site's articles have in common goes, whatever came when, and is never an update.

#include "daemon/pass/boilerplate.hpp"

#include "tests/daemon/pass/pass_test.hpp"

namespace newswired::daemon {
namespace {

using test::article;
using test::RssItem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class BoilerplateTest : public PassTest {
  protected:
    static RssItem pitched(std::string const& name) {
        auto one = article(name);
        one.text = "<p>" + one.text + "</p><p>More about " + name +
                   " has been written elsewhere.</p><p>Subscribe to our newsletter!</p>";
        return one;
    }
    std::string body_of(std::size_t number) { return text(records().at(number), "content_text"); }
};

TEST_F(BoilerplateTest, GoesWithinOneDocument) {
    read({pitched("a"), pitched("b"), pitched("c")});

    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_THAT(body_of(i), AllOf(HasSubstr("written elsewhere"), Not(HasSubstr("Subscribe"))));
    }
}

TEST_F(BoilerplateTest, GoesFromPollToPollAndFromFeedToFeed) {
    add_feed(kFeed);
    add_feed("https://news.example/sport.xml");
    read({pitched("a"), pitched("b")});

    read({pitched("c")}, 1);

    EXPECT_THAT(body_of(0), HasSubstr("Subscribe"));
    EXPECT_THAT(body_of(2), Not(HasSubstr("Subscribe")));
}

TEST_F(BoilerplateTest, StaysWhereItIsNotToBeLearnt) {
    add_feed(kFeed, {.boilerplate = config::Boilerplate::off});

    read({pitched("a"), pitched("b"), pitched("c")});

    EXPECT_THAT(body_of(2), HasSubstr("Subscribe"));
}

TEST_F(BoilerplateTest, IsNeverAnUpdate) {
    std::vector<RssItem> const items{pitched("a"), pitched("b"), pitched("c")};
    settings_.feeds.add(kFeed, "", {});
    read(items);
    for (auto const setting : {config::Boilerplate::off, config::Boilerplate::learn}) {
        settings_.feeds = {};
        settings_.feeds.add(kFeed, "", {.boilerplate = setting});
        reload();
        // Every item is looked at again, but nothing in it has changed that counts.
        auto again = items;
        for (auto& item : again) {
            item.more =
                setting == config::Boilerplate::off ? "<category>x</category>" : "<category>y</category>";
        }
        auto const report = read(again);
        EXPECT_EQ(report.fresh + report.updates, 0u);
    }
    EXPECT_EQ(told().size(), 3u);
}

TEST_F(BoilerplateTest, IsTold) {
    read({pitched("a"), pitched("b"), pitched("c")});

    EXPECT_THAT(explained("https://news.example/a"),
                HasSubstr("body: without 1 block: \"Subscribe to our newsletter!\" (as in 2 others)"));
    EXPECT_THAT(explained(kFeed), HasSubstr("site: news.example is known by 1 blocks that its 3 articles"));
}

TEST_F(BoilerplateTest, WaitsForNothingWhenItsMemoryCannotBeRead) {
    disk_.fail_next(storage::Operation::sites, storage::Fault::before);

    read({pitched("a"), pitched("b"), pitched("c")});

    EXPECT_THAT(body_of(2), HasSubstr("Subscribe"));
    EXPECT_EQ(told().size(), 3u);
}

TEST(SitesTest, AreThoseOfTheLinksAndFewEnough) {
    std::vector<Finding> findings(20);
    for (std::size_t i = 0; i < findings.size(); ++i) {
        findings[i].article.url =
            "https://www.site" + std::to_string(i / 2) + ".example/" + std::to_string(i);
        findings[i].article.content_text = "one\n\ntwo";
    }
    findings[1].article.url.clear();
    findings[2].article.content_text = "a single line";

    auto const groups = sites_of(findings, "https://feeds.example/x");

    ASSERT_EQ(groups.size(), kMaxSites);
    EXPECT_EQ(groups[0].name, "site0.example");
    EXPECT_EQ(groups[1].name, "feeds.example");
    EXPECT_EQ(groups[2].findings, (std::vector<std::size_t>{3}));
    EXPECT_EQ(groups[3].findings, (std::vector<std::size_t>{4, 5}));
}

}  // namespace
}  // namespace newswired::daemon
