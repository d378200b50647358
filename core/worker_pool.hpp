// Worker threads for what would hold up an I/O thread: calls that block, and heavy computing.

#pragma once

#include "core/task.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <cstddef>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace newswired {

class WorkerPool {
  public:
    explicit WorkerPool(std::size_t threads) : pool_{threads} {}

    /// Runs `work()` on a worker and returns what it returned, on the thread that asked.  What it throws
    /// comes back as well.  The caller's frame (and so what `work` refers to) lives until the work has ended,
    /// even when the task is cancelled: cancellation does not interrupt work that blocks. Give a capturing
    /// lambda a name before `co_await pool.run(work)`: g++ 12 frees one that is made in the same expression
    /// twice.
    template <typename Work>
    Task<std::invoke_result_t<Work&>> run(Work work);

    /// Whether work was given that has not come back: a test's clock stands still meanwhile.
    bool is_busy() const { return pending_ > 0; }

    /// Waits for running work; work that has not begun is dropped.
    void stop() {
        pool_.stop();
        pool_.join();
    }

  private:
    struct Pending {
        std::atomic<std::size_t>& count;
        explicit Pending(std::atomic<std::size_t>& c) : count{c} { ++count; }
        ~Pending() { --count; }
        Pending(Pending const&) = delete;
        Pending& operator=(Pending const&) = delete;
    };

    std::atomic<std::size_t> pending_{0};
    boost::asio::thread_pool pool_;
};

template <typename Work>
Task<std::invoke_result_t<Work&>> WorkerPool::run(Work work) {
    using Outcome = std::invoke_result_t<Work&>;
    Pending const pending{pending_};
    auto const home = co_await boost::asio::this_coro::executor;
    auto const token = boost::asio::use_awaitable_t<Executor>{};
    std::exception_ptr failure;
    if constexpr (std::is_void_v<Outcome>) {
        co_await boost::asio::post(boost::asio::bind_executor(pool_.get_executor(), token));
        try {
            work();
        } catch (...) {
            failure = std::current_exception();
        }
        co_await boost::asio::post(home, token);
        if (failure) {
            std::rethrow_exception(failure);
        }
    } else {
        std::optional<Outcome> outcome;
        co_await boost::asio::post(boost::asio::bind_executor(pool_.get_executor(), token));
        try {
            outcome.emplace(work());
        } catch (...) {
            failure = std::current_exception();
        }
        co_await boost::asio::post(home, token);
        if (failure) {
            std::rethrow_exception(failure);
        }
        co_return std::move(*outcome);
    }
}

}  // namespace newswired
