#include "feeds/pace/rhythm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace newswired::feeds {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// A Thursday, 12:00:00 GMT.
SystemTime const kNow{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + hours{12}};

Rhythm rhythm_of(std::vector<SystemTime> const& dates) {
    Rhythm rhythm;
    note_arrivals(rhythm, arrivals_of_backlog(dates, kNow), kNow);
    return rhythm;
}

std::vector<SystemTime> every(milliseconds gap, int count, SystemTime last = kNow) {
    std::vector<SystemTime> dates;
    for (int i = 0; i < count; ++i) {
        dates.push_back(last - gap * i);
    }
    return dates;
}

TEST(RhythmTest, KnowsTheRateOfAFeedByItsBacklog) {
    EXPECT_NEAR(lasting_rate(rhythm_of(every(hours{1}, 100)), kNow), 24, 6);
    EXPECT_NEAR(lasting_rate(rhythm_of(every(hours{48}, 40)), kNow), 0.5, 0.1);
}

TEST(RhythmTest, ForgetsOldHabits) {
    auto rhythm = rhythm_of(every(hours{1}, 500));
    auto const season_later = kNow + hours{24 * 90};
    note_arrivals(rhythm, {}, season_later);

    EXPECT_LT(lasting_rate(rhythm, season_later), 1);
    EXPECT_LT(recent_rate(rhythm, season_later), 0.1);
}

TEST(RhythmTest, BelievesOnlyWhatStandsOutFromChance) {
    auto const few =
        shares(rhythm_of({kNow - hours{7}, kNow - hours{30}, kNow - hours{57}, kNow - hours{80}}));
    auto const even = shares(rhythm_of(every(hours{1}, 240)));
    auto const morning = shares(rhythm_of(every(hours{24}, 30, kNow - hours{4})));

    for (std::size_t hour = 0; hour < Rhythm::kHours; ++hour) {
        EXPECT_NEAR(even.hours[hour], 1, 0.3) << hour;
        EXPECT_LT(few.hours[hour], 5) << hour;
    }
    EXPECT_GT(morning.hours[8], 15);
    EXPECT_GT(morning.hours[20], 0) << "no hour is impossible";
}

TEST(RhythmTest, LearnsNoHourFromDatesThatHaveNone) {
    auto const midnight = std::chrono::floor<std::chrono::days>(kNow);
    auto const rhythm = rhythm_of(every(hours{24}, 60, midnight));

    EXPECT_THAT(rhythm.hours, testing::Each(0));
    EXPECT_NEAR(lasting_rate(rhythm, kNow), 1, 0.2);
}

TEST(RhythmTest, TakesTheTimeInWhichAnItemAppearedWhereItsDateCanNotBe) {
    auto const before = kNow - hours{1};
    auto const between = kNow - minutes{20};
    auto const old = kNow - hours{100};

    EXPECT_EQ(arrival_of_new(&between, before, kNow).at, between);
    EXPECT_EQ(arrival_of_new(&old, before, kNow).at, kNow - minutes{30});
    EXPECT_EQ(arrival_of_new(nullptr, before, kNow).at, kNow - minutes{30});
    EXPECT_FALSE(arrival_of_new(nullptr, old, kNow).exact) << "who knows at which hour";
}

TEST(RhythmTest, SurvivesDatesFromAnywhere) {
    auto const rhythm = rhythm_of(
        {SystemTime::min(), SystemTime{}, kNow + hours{1000}, SystemTime::max(), SystemTime{seconds{1}}});
    auto const rate = lasting_rate(rhythm, kNow);
    EXPECT_GE(rate, 0);
    EXPECT_LT(rate, 1);
}

TEST(RhythmTest, StandsAClockThatJumpsBack) {
    auto rhythm = rhythm_of(every(hours{1}, 100));
    auto const earlier = kNow - hours{24 * 400};
    note_arrivals(rhythm, {}, earlier);
    EXPECT_GE(lasting_rate(rhythm, earlier), 0);

    note_arrivals(rhythm, {}, kNow);
    EXPECT_NEAR(lasting_rate(rhythm, kNow), 24, 6);
}

TEST(RhythmTest, RestsInFewBytesAndComesBackTheSame) {
    auto const rhythm = rhythm_of(every(minutes{20}, 500));
    auto const bytes = encode(rhythm);

    EXPECT_LE(bytes.size(), 80u);
    EXPECT_EQ(encode(decode_rhythm(bytes)), bytes);
    EXPECT_EQ(decode_rhythm(bytes).hours, rhythm.hours);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        EXPECT_FALSE(decode_rhythm(std::string_view{bytes}.substr(0, length)).known()) << length;
    }
}

TEST(RhythmTest, SpeaksInWords) {
    EXPECT_EQ(in_words(Rhythm{}, kNow), "");
    EXPECT_THAT(in_words(rhythm_of(every(hours{24}, 60, kNow - hours{3} - minutes{27})), kNow),
                testing::MatchesRegex(
                    "about (1.0|0.9) articles a day, mostly between 08:00 and 09:00 UTC, in the five "
                    "minutes from 30 past the hour on|about 6.. articles a week, mostly between 08:00 "
                    "and 09:00 UTC, in the five minutes from 30 past the hour on"));
    EXPECT_THAT(in_words(rhythm_of(every(minutes{59}, 400)), kNow), testing::StartsWith("about 2"));
}

TEST(RhythmTest, NamesTheWorkingWeek) {
    std::vector<SystemTime> dates;
    for (auto const date : every(hours{5}, 200)) {
        auto const day = std::chrono::weekday{std::chrono::floor<std::chrono::days>(date)}.c_encoding();
        if (day != 0 && day != 6) {
            dates.push_back(date);
        }
    }
    EXPECT_THAT(in_words(rhythm_of(dates), kNow), testing::HasSubstr("on weekdays"));
}

}  // namespace
}  // namespace newswired::feeds
