#include "core/task_group.hpp"

#include "core/clock.hpp"
#include "tests/support/task_runner.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/this_coro.hpp>

#include <gtest/gtest.h>

namespace newswired {
namespace {

Task<void> count_up(int& count) {
    ++count;
    co_return;
}

Task<void> sleep_for_ever(Clock& clock, int& ended) {
    struct AtEnd {
        int& count;
        ~AtEnd() { ++count; }
    } const at_end{ended};
    co_await clock.sleep_until(SteadyTime::max());
}

Task<int> run_three() {
    TaskGroup group{co_await boost::asio::this_coro::executor};
    int count = 0;
    group.spawn(count_up(count));
    group.spawn(count_up(count));
    group.spawn(count_up(count));
    co_await group.wait();
    co_return count;
}

TEST(TaskGroupTest, WaitsForAllChildren) {
    test::TaskRunner runner;

    EXPECT_EQ(runner.run(run_three()), 3);
}

Task<int> cancel_two(Clock& clock) {
    TaskGroup group{co_await boost::asio::this_coro::executor};
    int ended = 0;
    group.spawn(sleep_for_ever(clock, ended));
    group.spawn(sleep_for_ever(clock, ended));
    co_await clock.sleep_for(milliseconds{1});
    group.cancel();
    co_await group.wait();
    co_return ended;
}

TEST(TaskGroupTest, CancelsWhatIsRunningAndLeavesNothingBehind) {
    SystemClock clock;
    test::TaskRunner runner;

    EXPECT_EQ(runner.run(cancel_two(clock)), 2);
}

Task<bool> wait_for_none() {
    TaskGroup group{co_await boost::asio::this_coro::executor};
    co_await group.wait();
    co_return true;
}

TEST(TaskGroupTest, ReturnsAtOnceWhenThereIsNothingToWaitFor) {
    test::TaskRunner runner;

    EXPECT_TRUE(runner.run(wait_for_none()));
}

Task<void> wait_for_either(Clock& clock) {
    using namespace boost::asio::experimental::awaitable_operators;
    co_await (clock.sleep_until(SteadyTime::max()) || clock.sleep_until(SteadyTime::max()));
}

Task<std::size_t> cancel_one_that_waits_for_either(Clock& clock) {
    TaskGroup group{co_await boost::asio::this_coro::executor};
    group.spawn(wait_for_either(clock));
    co_await clock.sleep_for(milliseconds{1});
    group.cancel();
    co_await group.wait();
    co_return group.size();
}

TEST(TaskGroupTest, AChildThatWaitsForTheFirstOfTwoIsCancelledLikeAnyOther) {
    test::TaskRunner runner;
    SystemClock clock;

    EXPECT_EQ(runner.run(cancel_one_that_waits_for_either(clock)), 0u);
}

}  // namespace
}  // namespace newswired
