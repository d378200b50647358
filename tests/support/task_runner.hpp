// Runs a task to its end on an io_context of its own, as a test needs it.

#pragma once

#include "core/spawn.hpp"

#include <boost/asio/steady_timer.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace newswired::test {

class TaskRunner {
  public:
    /// What `task` returns or throws.  Fails when the task can't go on because nothing is left to wait for.
    template <typename T>
    T run(Task<T> task) {
        std::optional<T> value;
        run(keep_result(std::move(task), value));
        return std::move(*value);
    }
    void run(Task<void> task) {
        std::exception_ptr failure;
        bool ended = false;
        spawn(context_.get_executor(), std::move(task), [&](std::exception_ptr error) {
            failure = error;
            ended = true;
        });
        context_.restart();
        context_.run();
        if (failure) {
            std::rethrow_exception(failure);
        }
        if (!ended) {
            throw std::logic_error{"the task never ended"};
        }
    }

    boost::asio::io_context& context() { return context_; }

  private:
    boost::asio::io_context context_{1};
    // With a timer the context waits in epoll, as the daemon's do.  Without, whoever posts from another
    // thread signals a condition variable after it let go of the lock, and that may be gone by then.
    boost::asio::steady_timer reactor_{context_};
};

}  // namespace newswired::test
