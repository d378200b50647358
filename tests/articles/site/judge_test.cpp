#include "articles/site/judge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace newswired::articles::site {
namespace {

// Blocks of a body, by what they are.
Facts prose() {
    return {.weight = 200};
}
Facts brief() {
    return {.weight = 20};
}
Facts picture() {
    return {};
}
Facts known(Facts facts, std::uint32_t others = 7, double share = 1.0) {
    facts.others = others;
    facts.share = share;
    return facts;
}
Facts heading(Facts facts) {
    facts.is_heading = true;
    return facts;
}
Facts link(Facts facts) {
    facts.link_weight = facts.weight;
    return facts;
}
Facts listed(Facts facts, std::uint32_t list = 1) {
    facts.list = list;
    return facts;
}
Facts other_title() {
    return {.weight = 50, .is_other_title = true};
}
Facts trailing() {
    return {.weight = 60, .trails_off = true};
}

// '.' for a block that stays, 'x' for one that goes.
std::string judged(std::vector<Facts> const& blocks) {
    std::string text;
    for (bool const goes : judge(blocks)) {
        text += goes ? 'x' : '.';
    }
    return text;
}

TEST(JudgeTest, TakesWhatTheSiteHasInCommonFromBothEnds) {
    EXPECT_EQ(judged({known(brief()), prose(), prose(), known(brief()), known(prose())}), "x..xx");
}

TEST(JudgeTest, NeedsTwoOtherArticles) {
    EXPECT_EQ(judged({prose(), prose(), known(link(brief()), 1)}), "...");
    EXPECT_EQ(judged({prose(), prose(), known(link(brief()), 2)}), "..x");
}

TEST(JudgeTest, KeepsShortLinesThatFewArticlesHave) {
    EXPECT_EQ(judged({prose(), prose(), known(brief(), 3, 0.2)}), "...") << "“Thank you.”";
    EXPECT_EQ(judged({prose(), prose(), known(brief(), 3, 0.3), known(brief())}), "..xx");
}

TEST(JudgeTest, KeepsDialogueInside) {
    EXPECT_EQ(judged({prose(), known(brief()), prose(), known(brief()), prose()}), ".....");
}

TEST(JudgeTest, KeepsHeadingsOfWhatStays) {
    auto const ingredients = known(heading(brief()));
    EXPECT_EQ(judged({ingredients, listed(brief()), ingredients, prose(), prose()}), ".....");
    EXPECT_EQ(judged({prose(), prose(), ingredients, known(prose())}), "..xx");
}

TEST(JudgeTest, KeepsWhatIntroducesShortLines) {
    EXPECT_EQ(judged({known(brief()), brief(), brief(), prose()}), "....") << "“Ingredients:”";
    EXPECT_EQ(judged({known(brief()), listed(prose()), prose()}), "...");
    EXPECT_EQ(judged({known(brief()), prose(), prose()}), "x..") << "“Date:”";
}

TEST(JudgeTest, KeepsParagraphsThatTheReportsOnOneMatterShare) {
    EXPECT_EQ(judged({prose(), prose(), known(prose(), 4, 0.05)}), "...") << "at the end, in few of all";
    EXPECT_EQ(judged({prose(), known(prose(), 2, 0.3), prose(), prose()}), "....")
        << "inside, in three of ten";
    EXPECT_EQ(judged({prose(), known(prose(), 2), prose(), prose()}), ".x..") << "in three of three";
    EXPECT_EQ(judged({prose(), known(prose(), 9), prose(), prose()}), ".x..") << "a pitch in every article";
}

TEST(JudgeTest, TakesLinksInside) {
    EXPECT_EQ(judged({prose(), known(link(brief()), 2), prose()}), ".x.");
}

TEST(JudgeTest, KeepsTablesAndCode) {
    auto cell = known(brief());
    cell.is_fixed = true;
    EXPECT_EQ(judged({prose(), cell, cell}), "...");
}

TEST(JudgeTest, TakesAListAsAWholeOrOnlyItsLinks) {
    EXPECT_EQ(judged({prose(), listed(brief()), listed(known(brief()))}), "...") << "“Bug fixes”";
    EXPECT_EQ(judged({prose(), listed(known(brief())), listed(known(brief()))}), ".xx");
    EXPECT_EQ(judged({prose(), listed(link(brief())), listed(known(link(brief())))}), "..x");
}

TEST(JudgeTest, TakesTeasersBelowWhatGoes) {
    EXPECT_EQ(judged({prose(), prose(), known(brief()), other_title(), trailing(), brief(), trailing()}),
              "..xxxxx");
}

TEST(JudgeTest, KeepsALastSentenceThatTrailsOff) {
    EXPECT_EQ(judged({prose(), prose(), trailing()}), "...");
    EXPECT_EQ(judged({prose(), prose(), known(prose()), trailing()}), "..x.") << "below a pitch";
}

TEST(JudgeTest, TakesTitlesOfOthersAtTheEnd) {
    EXPECT_EQ(judged({prose(), prose(), other_title(), trailing(), other_title()}), "..xxx");
}

TEST(JudgeTest, KeepsAnArticleAboutOtherArticles) {
    EXPECT_EQ(judged({brief(), other_title(), other_title(), other_title()}), "....");
}

TEST(JudgeTest, LooksPastACreditLineAndPictures) {
    EXPECT_EQ(judged({prose(), prose(), known(brief()), brief(), picture(), known(brief())}), "..x..x");
}

TEST(JudgeTest, KeepsWhatDiffersInItsNumbersWhereThatIsTheNews) {
    auto const measure = [] {
        auto facts = known(prose());
        facts.varies = true;
        return facts;
    };
    EXPECT_EQ(judged({prose(), measure(), measure(), measure()}), "....");
    EXPECT_EQ(judged({prose(), prose(), prose(), prose(), prose(), measure()}), ".....x");
}

TEST(JudgeTest, NeverLeavesNothing) {
    EXPECT_EQ(judged({known(brief()), known(brief())}), "..");
    EXPECT_EQ(judged({}), "");
}

TEST(JudgeTest, KeepsProseWhenMostOfItWouldGo) {
    EXPECT_EQ(judged({brief(), known(prose()), known(prose()), known(brief())}), "...x");
}

}  // namespace
}  // namespace newswired::articles::site
