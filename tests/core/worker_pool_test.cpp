#include "core/worker_pool.hpp"

#include "tests/support/task_runner.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>

namespace newswired {
namespace {

Task<std::string> run_on(WorkerPool& pool, std::thread::id& worker) {
    auto work = [&] {
        worker = std::this_thread::get_id();
        return std::string{"done"};
    };
    co_return co_await pool.run(work);
}

TEST(WorkerPoolTest, RunsElsewhereAndReturnsHome) {
    WorkerPool pool{1};
    test::TaskRunner runner;
    std::thread::id worker;

    auto const answer = runner.run(run_on(pool, worker));

    EXPECT_EQ(answer, "done");
    EXPECT_NE(worker, std::this_thread::get_id());
}

Task<void> fail_on(WorkerPool& pool) {
    auto work = [] { throw std::runtime_error{"broken"}; };
    co_await pool.run(work);
}

TEST(WorkerPoolTest, BringsBackWhatTheWorkThrew) {
    WorkerPool pool{1};
    test::TaskRunner runner;

    EXPECT_THROW(runner.run(fail_on(pool)), std::runtime_error);
}

}  // namespace
}  // namespace newswired
