#include "core/timing_wheel.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace newswired {
namespace {

std::vector<TimingWheel::Thing> advance(TimingWheel& wheel, TimingWheel::Tick now) {
    std::vector<TimingWheel::Thing> due;
    wheel.advance(now, due);
    return due;
}

TEST(TimingWheelTest, GivesThingsBackWhenTheyAreDueAndNotBefore) {
    TimingWheel wheel;
    wheel.make_room(4);
    wheel.schedule(0, 5);
    wheel.schedule(1, 300);
    wheel.schedule(2, 70'000);
    wheel.schedule(3, 20'000'000);

    EXPECT_TRUE(advance(wheel, 4).empty());
    EXPECT_EQ(advance(wheel, 5), (std::vector<TimingWheel::Thing>{0}));
    EXPECT_TRUE(advance(wheel, 299).empty());
    EXPECT_EQ(advance(wheel, 300), (std::vector<TimingWheel::Thing>{1}));
    EXPECT_EQ(advance(wheel, 70'000), (std::vector<TimingWheel::Thing>{2}));
    EXPECT_TRUE(advance(wheel, 19'999'999).empty());
    EXPECT_EQ(advance(wheel, 20'000'001), (std::vector<TimingWheel::Thing>{3}));
    EXPECT_EQ(wheel.scheduled(), 0u);
}

TEST(TimingWheelTest, TakesWhatIsAlreadyLateAtTheNextTurn) {
    TimingWheel wheel{1000};
    wheel.make_room(1);

    wheel.schedule(0, 10);

    EXPECT_EQ(wheel.next(), 1000u);
    EXPECT_EQ(advance(wheel, 1000), (std::vector<TimingWheel::Thing>{0}));
}

TEST(TimingWheelTest, MovesAndForgetsThings) {
    TimingWheel wheel;
    wheel.make_room(2);
    wheel.schedule(0, 10);
    wheel.schedule(1, 10);

    wheel.schedule(0, 400);
    wheel.cancel(1);

    EXPECT_TRUE(advance(wheel, 399).empty());
    EXPECT_EQ(advance(wheel, 400), (std::vector<TimingWheel::Thing>{0}));
}

TEST(TimingWheelTest, TakesAThingOnceHoweverOftenItWasMoved) {
    TimingWheel wheel;
    wheel.make_room(2);
    wheel.schedule(0, 70'000);
    wheel.schedule(0, 10);
    wheel.schedule(0, 70'000);
    wheel.schedule(1, 300);
    wheel.schedule(1, 10);

    EXPECT_EQ(wheel.scheduled(), 2u);
    EXPECT_EQ(advance(wheel, 10), (std::vector<TimingWheel::Thing>{1}));
    wheel.schedule(1, 70'000);
    EXPECT_TRUE(advance(wheel, 69'999).empty());
    EXPECT_EQ(advance(wheel, 70'000), (std::vector<TimingWheel::Thing>{0, 1}));
    EXPECT_EQ(wheel.scheduled(), 0u);
}

TEST(TimingWheelTest, IsNotMisledByEntriesOfAnEarlierTurn) {
    TimingWheel wheel;
    wheel.make_room(1);
    wheel.schedule(0, 20);
    wheel.cancel(0);
    EXPECT_TRUE(advance(wheel, 65'536).empty());

    wheel.schedule(0, 65'536 + 20 + 256);

    EXPECT_TRUE(advance(wheel, 65'536 + 20 + 255).empty());
    EXPECT_EQ(advance(wheel, 65'536 + 20 + 256), (std::vector<TimingWheel::Thing>{0}));
}

TEST(TimingWheelTest, KeepsWhatIsScheduledWhenRoomIsMade) {
    TimingWheel wheel;
    wheel.make_room(1);
    wheel.schedule(0, 5);

    wheel.make_room(1000);
    wheel.make_room(10);

    EXPECT_EQ(wheel.size(), 1000u);
    EXPECT_FALSE(wheel.is_scheduled(999));
    EXPECT_EQ(advance(wheel, 5), (std::vector<TimingWheel::Thing>{0}));
}

TEST(TimingWheelTest, GivesThingsOfOneTickBackInTheOrderTheyCame) {
    TimingWheel wheel;
    wheel.make_room(100);
    std::vector<TimingWheel::Thing> expected;
    for (TimingWheel::Thing thing = 0; thing < 100; ++thing) {
        wheel.schedule(thing, 7);
        expected.push_back(thing);
    }

    EXPECT_EQ(advance(wheel, 7), expected);
}

// Against the obvious implementation: a map from tick to things.
TEST(TimingWheelTest, AgreesWithASortedMapOverARandomDay) {
    std::mt19937 generator{42};
    auto const random = [&](unsigned bound) { return unsigned(generator() % bound); };
    constexpr unsigned kThings = 2000;
    TimingWheel wheel{12345};
    wheel.make_room(kThings);
    std::map<TimingWheel::Thing, TimingWheel::Tick> expected;
    TimingWheel::Tick now = 12345;
    for (unsigned round = 0; round < 3000; ++round) {
        for (unsigned i = 0; i < 5; ++i) {
            auto const thing = random(kThings);
            auto const tick = now + random(1u << random(22));
            wheel.schedule(thing, tick);
            expected[thing] = tick;
        }
        auto const gone = random(kThings);
        wheel.cancel(gone);
        expected.erase(gone);
        now += random(1u << random(14));
        EXPECT_LE(wheel.next(), [&] {
            auto first = TimingWheel::kNever;
            for (auto const& [thing, tick] : expected) {
                first = std::min(first, std::max(tick, wheel.now()));
            }
            return first;
        }());

        auto const due = advance(wheel, now);

        for (auto const thing : due) {
            ASSERT_TRUE(expected.contains(thing));
            EXPECT_LE(expected[thing], now);
            expected.erase(thing);
        }
        for (auto const& [thing, tick] : expected) {
            ASSERT_GT(tick, now) << "thing " << thing << " was due";
        }
    }
}

}  // namespace
}  // namespace newswired
