// The budget of polls that the feeds with `interval: auto` share, and the price that keeps them within it.
//
// Every such feed brings its own worth (forecast.hpp); the price is the one at which all of them together are
// asked as often as a mean of kPollsADay a feed allows.  What a feed can't use (it is asked at least once in
// its longest interval, and at most as often as its shortest, or its server, lets it) goes to the others.
//
// Only sums are kept, by classes of equal worth: the same few kilobytes for a million feeds.  Each feed's own
// state remembers in which class it was counted.  Thread-safe.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace newswired::feeds {

/// In which class a feed was counted last, kept in its state.
struct BudgetShare {
    std::uint32_t life = 0;  ///< of which budget; 0: of none
    std::uint16_t place = 0;

    friend bool operator==(BudgetShare const&, BudgetShare const&) = default;
};

class PollBudget {
  public:
    static constexpr double kPollsADay = 24;  ///< a mean, for each feed

    /// `life` tells this budget from those of earlier runs; not 0.
    explicit PollBudget(std::uint32_t life);

    /// What a poll costs now, in minutes of an article's waiting.
    double price() const;

    struct Feed {
        double worth = 0;  ///< polls a day at a price of 1
        double least = 1;  ///< polls a day that it gets at any rate
        double most = 288;
    };
    /// Counts `feed` (again), whose next poll was just planned in `days`.
    void count(BudgetShare& share, Feed const& feed, double days);

  private:
    // Worths from 2^-6 to 2^14 in quarter octaves; bounds in octaves of polls a day, from 2^-5 to 2^10.
    static constexpr std::size_t kWorths = 80;
    static constexpr std::size_t kBounds = 16;

    static std::uint16_t place_of(Feed const& feed);
    double polls_at(double price) const;
    void settle();

    std::uint32_t life_;
    mutable std::mutex mutex_;
    std::array<std::uint32_t, kWorths * kBounds> classes_{};  // feeds in each
    std::size_t feeds_ = 0;
    double least_ = 1;         // mean over the feeds
    std::size_t counted_ = 0;  // since the price was settled
    double planned_ = 0;       // polls that were planned …
    double foreseen_ = 0;      // … and that their classes had foreseen for the same time
    double price_;
};

}  // namespace newswired::feeds
