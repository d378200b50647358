#include "daemon/schedule/schedule.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::daemon {
namespace {

using Ready = Schedule::Ready;

class ScheduleTest : public testing::Test {
  protected:
    // Feeds 0-9 live on host 0, 10-19 on host 1, and so on.
    Schedule make(HostRules rules) {
        Schedule schedule{rules, start_, [](Schedule::Feed feed) { return Schedule::HostId{feed / 10}; }};
        schedule.resize(100);
        return schedule;
    }
    SteadyTime at(milliseconds time) const { return start_ + time; }

    SteadyTime start_{std::chrono::hours{1000}};
};

TEST_F(ScheduleTest, AsksAFeedWhenItsTimeHasComeAndNotBefore) {
    auto schedule = make({});
    schedule.rest(3, at(seconds{10}));

    EXPECT_TRUE(schedule.take_ready(at(milliseconds{9'999}), 10).empty());
    EXPECT_LE(schedule.next_wake(at(milliseconds{9'999})), at(seconds{10}));
    EXPECT_EQ(schedule.take_ready(at(seconds{10}), 10), (std::vector<Ready>{{3, 0}}));
    EXPECT_EQ(schedule.resting(), 0u);
}

TEST_F(ScheduleTest, AsksAHostOneFeedAtATimeWithAPauseBetween) {
    auto schedule = make({.connections = 1, .delay = seconds{1}});
    schedule.rest(0, at(seconds{0}));
    schedule.rest(1, at(seconds{0}));

    ASSERT_EQ(schedule.take_ready(at(seconds{0}), 10).size(), 1u);
    EXPECT_TRUE(schedule.take_ready(at(seconds{5}), 10).empty()) << "the host has not answered yet";
    EXPECT_EQ(schedule.next_wake(at(seconds{5})), SteadyTime::max());
    schedule.answered(0);
    EXPECT_EQ(schedule.take_ready(at(seconds{5}), 10).size(), 1u);
}

TEST_F(ScheduleTest, KeepsThePauseForAFeedThatBecomesDueLater) {
    auto schedule = make({.connections = 1, .delay = seconds{10}});
    schedule.rest(0, at(seconds{0}));
    ASSERT_EQ(schedule.take_ready(at(seconds{0}), 10).size(), 1u);
    schedule.answered(0);
    schedule.rest(1, at(seconds{3}));

    EXPECT_TRUE(schedule.take_ready(at(seconds{3}), 10).empty());
    EXPECT_EQ(schedule.next_wake(at(seconds{3})), at(seconds{10}));
    EXPECT_EQ(schedule.take_ready(at(seconds{10}), 10).size(), 1u);
}

TEST_F(ScheduleTest, NeverOpensMoreConnectionsToAHostThanAllowed) {
    auto schedule = make({.connections = 2, .delay = milliseconds{0}});
    for (Schedule::Feed feed = 0; feed < 10; ++feed) {
        schedule.rest(feed, at(seconds{0}));
    }

    EXPECT_EQ(schedule.take_ready(at(seconds{0}), 10).size(), 2u);
    schedule.answered(0);
    EXPECT_EQ(schedule.take_ready(at(seconds{0}), 10).size(), 1u);
    EXPECT_EQ(schedule.waiting(), 7u);
}

TEST_F(ScheduleTest, GivesEachHostItsTurn) {
    auto schedule = make({.connections = 5, .delay = milliseconds{0}});
    for (Schedule::Feed feed = 0; feed < 5; ++feed) {
        schedule.rest(feed, at(seconds{0}));
    }
    schedule.rest(10, at(seconds{0}));

    auto const ready = schedule.take_ready(at(seconds{0}), 2);

    ASSERT_EQ(ready.size(), 2u);
    EXPECT_NE(ready[0].host, ready[1].host);
}

TEST_F(ScheduleTest, LetsAHostWaitThatAskedForIt) {
    auto schedule = make({.connections = 1, .delay = milliseconds{0}});
    schedule.rest(0, at(seconds{0}));
    ASSERT_EQ(schedule.take_ready(at(seconds{0}), 10).size(), 1u);
    schedule.answered(0);
    schedule.pause_host(0, at(seconds{60}));
    schedule.rest(1, at(seconds{1}));

    EXPECT_TRUE(schedule.take_ready(at(seconds{30}), 10).empty());
    EXPECT_EQ(schedule.take_ready(at(seconds{60}), 10).size(), 1u);
}

TEST_F(ScheduleTest, ForgetsAFeedThatIsResting) {
    auto schedule = make({});
    schedule.rest(0, at(seconds{1}));
    schedule.forget(0);

    EXPECT_TRUE(schedule.take_ready(at(seconds{10}), 10).empty());
    EXPECT_EQ(schedule.next_wake(at(seconds{10})), SteadyTime::max());
}

// A day of ten hosts with ten feeds each: nobody starves, no rule is broken.
TEST_F(ScheduleTest, ServesAllFeedsOfABusyDay) {
    auto schedule = make({.connections = 1, .delay = seconds{1}});
    for (Schedule::Feed feed = 0; feed < 100; ++feed) {
        schedule.rest(feed, at(seconds{0}));
    }
    std::vector<int> asked(100, 0);
    for (milliseconds now{0}; now < std::chrono::minutes{10}; now += milliseconds{100}) {
        for (auto const& [feed, host] : schedule.take_ready(at(now), 1000)) {
            ++asked[feed];
            schedule.answered(host);
            schedule.rest(feed, at(now + seconds{60}));
        }
    }
    for (auto const times : asked) {
        EXPECT_GE(times, 8);
        EXPECT_LE(times, 10);
    }
}

// Guests

TEST_F(ScheduleTest, AGuestKeepsToTheHostsPauseAndConnections) {
    auto schedule = make({.connections = 1, .delay = seconds{1}});
    schedule.enter(77);
    ASSERT_TRUE(schedule.admit(77, at(seconds{0})));
    schedule.enter(77);

    EXPECT_FALSE(schedule.admit(77, at(seconds{5}))) << "the host has not answered yet";
    EXPECT_EQ(schedule.next_admission(77), SteadyTime::max());
    schedule.answered(77);
    EXPECT_TRUE(schedule.admit(77, at(seconds{5})));
    schedule.answered(77);
    schedule.enter(77);
    EXPECT_FALSE(schedule.admit(77, at(milliseconds{5'500})));
    EXPECT_EQ(schedule.next_admission(77), at(seconds{6}));
}

TEST_F(ScheduleTest, GuestsAndFeedsShareAHost) {
    auto schedule = make({.connections = 1, .delay = seconds{1}});
    schedule.rest(0, at(seconds{0}));
    ASSERT_EQ(schedule.take_ready(at(seconds{0}), 10).size(), 1u);
    schedule.enter(0);

    EXPECT_FALSE(schedule.admit(0, at(seconds{3})));
    schedule.answered(0);
    EXPECT_TRUE(schedule.admit(0, at(seconds{3})));
    schedule.rest(1, at(seconds{4}));
    EXPECT_TRUE(schedule.take_ready(at(seconds{5}), 10).empty());
    schedule.answered(0);
    EXPECT_EQ(schedule.take_ready(at(seconds{5}), 10), (std::vector<Ready>{{1, 0}}));
}

TEST_F(ScheduleTest, GuestsAndFeedsTakeTurns) {
    auto schedule = make({.connections = 1, .delay = seconds{1}});
    std::string turns;
    for (Schedule::Feed feed = 0; feed < 4; ++feed) {
        schedule.rest(feed, at(seconds{0}));
    }
    int guests = 4;
    for (int i = 0; i < guests; ++i) {
        schedule.enter(0);
    }
    // Whoever looks first at any moment, here always the guest.
    for (milliseconds now{0}; now < seconds{12}; now += milliseconds{50}) {
        if (guests > 0 && schedule.admit(0, at(now))) {
            --guests;
            turns += 'g';
            schedule.answered(0);
        }
        if (!schedule.take_ready(at(now), 10).empty()) {
            turns += 'f';
            schedule.answered(0);
        }
    }

    EXPECT_EQ(turns, "gfgfgfgf");
}

TEST_F(ScheduleTest, AGuestThatGoesAwayHoldsUpNobody) {
    auto schedule = make({.connections = 1, .delay = seconds{1}});
    schedule.rest(0, at(seconds{0}));
    schedule.enter(0);
    schedule.leave(0, at(seconds{0}));

    EXPECT_EQ(schedule.take_ready(at(seconds{0}), 10).size(), 1u);
    schedule.leave(99, at(seconds{0}));
}

}  // namespace
}  // namespace newswired::daemon
