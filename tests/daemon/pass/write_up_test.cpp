#include "daemon/pass/write_up.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace newswired::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class WriteUpTest : public testing::Test {
  protected:
    WriteUpTest() { settings_.feeds.add("https://news.example/feed.xml"); }

    static Finding about(std::string const& name) {
        Finding finding;
        finding.candidate.url = "https://news.example/" + name;
        finding.article.title = "About " + name;
        return finding;
    }
    WriteUp written(std::vector<Finding> findings) {
        Plan const plan{settings_};
        return write_up(plan, 0, "The News", std::move(findings));
    }
    void drop_title(std::string pattern) {
        config::Rule rule;
        rule.conditions.push_back({.field = "title", .values = {std::move(pattern)}});
        settings_.rules.push_back(std::move(rule));
    }

    config::Settings settings_;
};

TEST_F(WriteUpTest, WritesARecordOfEachFinding) {
    auto const result = written({about("a"), about("b")});

    ASSERT_EQ(result.candidates.size(), 2u);
    EXPECT_EQ(result.candidates[0].url, "https://news.example/a");
    EXPECT_THAT(std::string{result.candidates[0].body.view()}, HasSubstr(R"("title":"About a")"));
    EXPECT_THAT(std::string{result.candidates[1].body.view()}, HasSubstr(R"("title":"The News")"));
}

TEST_F(WriteUpTest, WritesNothingForWhatTheFirstPollLeavesOut) {
    auto left_out = about("a");
    left_out.candidate.withheld = storage::Withheld::first_poll;

    auto const result = written({left_out});

    EXPECT_EQ(result.candidates.at(0).body, "");
    EXPECT_EQ(result.candidates.at(0).withheld, storage::Withheld::first_poll);
}

TEST_F(WriteUpTest, NamesTheRuleThatDropsAnArticle) {
    drop_title("nothing");
    drop_title("About b");

    auto const result = written({about("a"), about("b")});

    EXPECT_EQ(result.candidates.at(0).withheld, storage::Withheld::no);
    EXPECT_EQ(result.candidates.at(1).withheld, storage::Withheld::rule);
    EXPECT_EQ(result.candidates.at(1).rule, 2);
    EXPECT_EQ(result.candidates.at(1).body, "");
}

TEST_F(WriteUpTest, GathersTitlesOnlyForTheLog) {
    EXPECT_THAT(written({about("a")}).titles, IsEmpty());
    settings_.log.articles = true;
    EXPECT_THAT(written({about("a"), about("b")}).titles, ElementsAre("About a", "About b"));
}

}  // namespace
}  // namespace newswired::daemon
