#include "config/rules.hpp"

#include "tests/config/config_test.hpp"

#include <gmock/gmock.h>

namespace newswired::config {
namespace {

// An article that a rule may look at; what a test does not say is plain.
struct Seen {
    std::string title = "Harbour reopens";
    std::string text = "The harbour of Example opens again on Monday.";
    std::string url = "https://example.org/2026/harbour";
    std::vector<std::string> authors{"Ada Byron", "Example Wire"};
    std::vector<std::string> tags{"Ports", "economy"};
    std::string feed_name = "example";
    std::string feed_url = "https://example.org/feed.xml";
    std::vector<std::string> feed_tags{"world"};
    std::string language = "en-GB";
    bool near_duplicate = false;
};

class RulesTest : public ConfigTest {
  protected:
    RuleSet rules(std::string const& yaml) const { return RuleSet{settings(whole("rules: " + yaml)).rules}; }

    Decision decide(std::string const& yaml, Seen const& seen = {}) const {
        return rules(yaml).decide({.title = seen.title,
                                   .text = seen.text,
                                   .url = seen.url,
                                   .authors = seen.authors,
                                   .tags = seen.tags,
                                   .feed_name = seen.feed_name,
                                   .feed_url = seen.feed_url,
                                   .feed_tags = seen.feed_tags,
                                   .language = seen.language,
                                   .near_duplicate = seen.near_duplicate});
    }
    bool fires(std::string const& conditions, Seen const& seen = {}) const {
        return decide("[{drop: " + conditions + "}]", seen).fires;
    }
};

TEST_F(RulesTest, AreReadInOrderWithWhatTheOperatorWrote) {
    auto const read = settings(whole("rules:\n"
                                     "  - drop: {title: \"(?i)sponsored\"}\n"
                                     "  - allow: {feed_tag: world, language: [en, fr]}\n"
                                     "  - drop: all\n"))
                          .rules;

    ASSERT_EQ(read.size(), 3u);
    EXPECT_EQ(read[0].action, Rule::Action::drop);
    EXPECT_EQ(read[0].text, "drop: {title: \"(?i)sponsored\"}");
    EXPECT_EQ(read[1].action, Rule::Action::allow);
    ASSERT_EQ(read[1].conditions.size(), 2u);
    EXPECT_EQ(read[1].conditions[1].field, "language");
    EXPECT_THAT(read[1].conditions[1].values, testing::ElementsAre("en", "fr"));
    EXPECT_EQ(read[1].text, "allow: {feed_tag: \"world\", language: \"en\" or \"fr\"}");
    EXPECT_TRUE(read[2].all);
    EXPECT_EQ(read[2].text, "drop: all");
}

TEST_F(RulesTest, LetPassWhatNoneFiresFor) {
    auto const decision = decide("[{drop: {title: nothing like it}}]");

    EXPECT_FALSE(decision.fires);
    EXPECT_FALSE(decide("[]").fires);
    EXPECT_TRUE(rules("[]").empty());
}

TEST_F(RulesTest, AreDecidedByTheFirstThatFires) {
    auto const decision = decide("[{drop: {title: Nope}}, {allow: {title: Harbour}}, {drop: all}]");

    EXPECT_TRUE(decision.fires);
    EXPECT_EQ(decision.number, 2u);
    EXPECT_EQ(decision.action, Rule::Action::allow);
    EXPECT_EQ(decide("[{drop: all}, {allow: all}]").action, Rule::Action::drop);
}

TEST_F(RulesTest, FindPatternsAnywhere) {
    EXPECT_TRUE(fires("{title: bour}"));
    EXPECT_FALSE(fires("{title: BOUR}"));
    EXPECT_TRUE(fires("{title: '(?i)BOUR'}"));
    EXPECT_FALSE(fires("{title: ^bour}"));
    EXPECT_TRUE(fires("{text: 'opens\\s+again'}"));
    EXPECT_TRUE(fires("{url: /2026/}"));
    EXPECT_TRUE(fires("{author: Wire$}"));
    EXPECT_FALSE(fires("{author: Nobody}"));
    EXPECT_TRUE(fires("{title: '(?i)ÜBER'}", {.title = "Was über uns"})) << "patterns are Unicode";
}

TEST_F(RulesTest, CompareNamesAndTagsWhole) {
    EXPECT_TRUE(fires("{tag: ports}"));
    EXPECT_FALSE(fires("{tag: port}"));
    EXPECT_TRUE(fires("{feed_tag: WORLD}"));
    EXPECT_FALSE(fires("{feed_tag: economy}"));
    EXPECT_TRUE(fires("{feed: example}"));
    EXPECT_TRUE(fires("{feed: \"https://example.org/feed.xml\"}"));
    EXPECT_FALSE(fires("{feed: exam}"));
}

TEST_F(RulesTest, TakeALanguageWithAllItsRegions) {
    EXPECT_TRUE(fires("{language: en}"));
    EXPECT_TRUE(fires("{language: EN-gb}"));
    EXPECT_FALSE(fires("{language: en-US}"));
    EXPECT_FALSE(fires("{language: e}"));
    EXPECT_FALSE(fires("{language: en}", {.language = ""}));
    EXPECT_FALSE(fires("{language: en}", {.language = "enm"}));
}

TEST_F(RulesTest, NeedAllConditionsAndAnyValueOfEach) {
    EXPECT_TRUE(fires("{title: [Nope, Harbour], language: [fr, en]}"));
    EXPECT_FALSE(fires("{title: [Nope, Harbour], language: [fr, de]}"));
}

TEST_F(RulesTest, SurviveTextThatIsNoUtf8) {
    EXPECT_FALSE(fires("{title: '^.$'}", {.title = "\xFF\xC3"}));
    EXPECT_TRUE(fires("{title: End}", {.title = std::string{"\xFF\0End", 5}}));
}

TEST_F(RulesTest, LeaveADollarInPatternsAlone) {
    EXPECT_TRUE(fires("{title: '[${]HOME}'}", {.title = "costs ${HOME}"}));
}

TEST_F(RulesTest, FireOnNearDuplicatesOnly) {
    EXPECT_TRUE(fires("{near_duplicate: true}", {.near_duplicate = true}));
    EXPECT_FALSE(fires("{near_duplicate: yes}", {.near_duplicate = false}));
    EXPECT_TRUE(fires("{near_duplicate: no}", {.near_duplicate = false}));
}

TEST_F(RulesTest, SayWhetherNearDuplicatesMatter) {
    EXPECT_TRUE(rules("[{drop: {title: x}}, {drop: {near_duplicate: true}}]").asks_for_near_duplicates());
    EXPECT_FALSE(rules("[{drop: {title: x}}]").asks_for_near_duplicates());
}

}  // namespace
}  // namespace newswired::config
