#include "feeds/pace/poll_budget.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace newswired::feeds {
namespace {

// Asks every feed as the price has it, many times over; how often they are asked a day, all together.
double polls_a_day(PollBudget& budget, std::vector<PollBudget::Feed> const& feeds) {
    std::vector<BudgetShare> shares(feeds.size());
    auto rate = [&](PollBudget::Feed const& feed) {
        return std::clamp(feed.worth / std::sqrt(budget.price()), feed.least, feed.most);
    };
    for (int round = 0; round < 50; ++round) {
        for (std::size_t i = 0; i < feeds.size(); ++i) {
            budget.count(shares[i], feeds[i], 1 / rate(feeds[i]));
        }
    }
    double sum = 0;
    for (auto const& feed : feeds) {
        sum += rate(feed);
    }
    return sum;
}

TEST(PollBudgetTest, AsksAllFeedsTogetherAsOftenAsTheBudgetAllows) {
    PollBudget budget{1};
    std::vector<PollBudget::Feed> feeds;
    for (int i = 0; i < 300; ++i) {
        feeds.push_back({.worth = std::exp2(i % 10), .least = 1, .most = 288});
    }
    EXPECT_NEAR(polls_a_day(budget, feeds) / 300, PollBudget::kPollsADay, 2);
}

TEST(PollBudgetTest, GivesToTheOthersWhatAFeedCanNotUse) {
    PollBudget budget{1};
    std::vector<PollBudget::Feed> feeds(99, {.worth = 1, .least = 1, .most = 1});
    feeds.push_back({.worth = 100, .least = 1, .most = 288});

    polls_a_day(budget, feeds);

    EXPECT_GE(100 / std::sqrt(budget.price()), 250);
}

TEST(PollBudgetTest, CountsAFeedOnceHoweverOftenItIsAsked) {
    PollBudget budget{1};
    BudgetShare busy;
    BudgetShare quiet;
    PollBudget::Feed const news{.worth = 64};
    budget.count(quiet, {.worth = 1}, 1);
    for (int i = 0; i < 1000; ++i) {
        budget.count(busy, news, std::sqrt(budget.price()) / news.worth);
    }
    // Two feeds, 48 polls a day: almost all for the busy one.
    EXPECT_NEAR(news.worth / std::sqrt(budget.price()), 47, 8);
}

TEST(PollBudgetTest, CountsAnewWhatWasCountedInAnotherLife) {
    PollBudget earlier{1};
    BudgetShare share;
    earlier.count(share, {.worth = 10}, 1);

    PollBudget later{2};
    later.count(share, {.worth = 10}, 1);

    EXPECT_EQ(share.life, 2u);
    EXPECT_GT(later.price(), 0);
}

TEST(PollBudgetTest, SurvivesSharesFromNowhere) {
    PollBudget budget{1};
    BudgetShare share{.life = 1, .place = 0xFFFF};
    budget.count(share, {.worth = 0, .least = 0, .most = 1e12}, 0);
    budget.count(share, {.worth = 1e300, .least = 1, .most = 0}, 1e9);
    EXPECT_TRUE(std::isfinite(budget.price()));
    EXPECT_GT(budget.price(), 0);
}

}  // namespace
}  // namespace newswired::feeds
