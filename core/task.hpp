// Tasks: everything that may suspend returns a Task<T>.
//
// A task is lazy: it runs when awaited, on the I/O thread of whoever awaits it, and it lives no longer
// than the task that started it (&&, ||, or core/task_group.hpp).  Nothing is ever detached.
// The executor is the io_context's own type, not the type-erased one: a resumption is then a plain call.

#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace newswired {

using Executor = boost::asio::io_context::executor_type;

template <typename T = void>
using Task = boost::asio::awaitable<T, Executor>;

}  // namespace newswired
