#include "feeds/pace/poll_budget.hpp"

#include <algorithm>
#include <cmath>

namespace newswired::feeds {
namespace {

// An even list of one article a day and feed costs this much: where to begin while nothing is known.
constexpr double kFirstPrice = 60;
constexpr double kLeastPrice = 1e-3;
constexpr double kGreatestPrice = 1e9;
constexpr double kLeastWorthLog = -6;
constexpr double kWorthSteps = 4;  // an octave
constexpr double kLeastBoundLog = -5;
// The price is looked at again after this many plans, or a tenth of the feeds'.
constexpr std::size_t kPlansBetween = 64;
// Plans and what was foreseen of them are compared over about so many, or twenty a feed.
constexpr double kPlansCompared = 500;

std::size_t bucket(double value, double least_log, double steps, std::size_t count) {
    auto const place = std::floor((std::log2(std::max(value, 1e-9)) - least_log) * steps);
    return std::size_t(std::clamp(place, 0.0, double(count - 1)));
}

double middle(std::size_t bucket, double least_log, double steps) {
    return std::exp2(least_log + (double(bucket) + 0.5) / steps);
}

}  // namespace

PollBudget::PollBudget(std::uint32_t life) : life_{life == 0 ? 1 : life}, price_{kFirstPrice} {}

double PollBudget::price() const {
    std::lock_guard const lock{mutex_};
    return price_;
}

std::uint16_t PollBudget::place_of(Feed const& feed) {
    auto const worth = bucket(feed.worth, kLeastWorthLog, kWorthSteps, kWorths);
    auto const most = bucket(feed.most, kLeastBoundLog, 1, kBounds);
    return std::uint16_t(most * kWorths + worth);
}

// Polls a day of all feeds together.
double PollBudget::polls_at(double price) const {
    auto const root = std::sqrt(price);
    double polls = 0;
    for (std::size_t place = 0; place < classes_.size(); ++place) {
        if (classes_[place] != 0) {
            auto const most = middle(place / kWorths, kLeastBoundLog, 1);
            auto const wanted = middle(place % kWorths, kLeastWorthLog, kWorthSteps) / root;
            polls += classes_[place] * std::clamp(wanted, std::min(least_, most), most);
        }
    }
    return polls;
}

void PollBudget::settle() {
    counted_ = 0;
    auto const off = std::clamp((planned_ + 100) / (foreseen_ + 100), 0.25, 4.0);
    auto const budget = kPollsADay * double(feeds_) / off;
    auto low = std::log(kLeastPrice);
    auto high = std::log(kGreatestPrice);
    for (int i = 0; i < 40; ++i) {
        auto const price = (low + high) / 2;
        (polls_at(std::exp(price)) > budget ? low : high) = price;
    }
    price_ = std::exp(high);
}

void PollBudget::count(BudgetShare& share, Feed const& feed, double days) {
    std::lock_guard const lock{mutex_};
    if (share.life == life_ && share.place < classes_.size() && classes_[share.place] > 0) {
        --classes_[share.place];
    } else {
        ++feeds_;
    }
    share = {.life = life_, .place = place_of(feed)};
    ++classes_[share.place];
    auto const enough = 1 / double(std::min<std::size_t>(feeds_, 1000));
    least_ += (feed.least - least_) * enough;

    auto const forget = 1 - 1 / std::max(kPlansCompared, 20 * double(feeds_));
    planned_ = planned_ * forget + 1;
    foreseen_ = foreseen_ * forget + days * std::clamp(feed.worth / std::sqrt(price_), feed.least, feed.most);
    if (++counted_ >= std::max(kPlansBetween, feeds_ / 10) || feeds_ < 8) {
        settle();
    }
}

}  // namespace newswired::feeds
