#include "tests/support/fake_clock.hpp"

#include "core/spawn.hpp"

#include <gtest/gtest.h>

namespace newswired {
namespace {

Task<void> tick(Clock& clock, int& ticks) {
    for (int i = 0; i < 3; ++i) {
        co_await clock.sleep_for(std::chrono::hours{1});
        ++ticks;
    }
}

TEST(FakeClockTest, MovesOnlyWhenTold) {
    test::FakeClock clock;
    boost::asio::io_context context;
    int ticks = 0;
    spawn(context.get_executor(), tick(clock, ticks));

    context.poll();
    EXPECT_EQ(ticks, 0);
    clock.advance(std::chrono::minutes{61});
    context.poll();
    EXPECT_EQ(ticks, 1);
}

TEST(FakeClockTest, RunsADayInNoTime) {
    test::FakeClock clock;
    boost::asio::io_context context;
    int ticks = 0;
    spawn(context.get_executor(), tick(clock, ticks));

    clock.run(context, std::chrono::hours{24});

    EXPECT_EQ(ticks, 3);
}

}  // namespace
}  // namespace newswired
