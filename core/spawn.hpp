// The beginning of a task that nothing awaits: the outermost one of an event loop.
//
// One compiled copy of what Asio needs for it, which takes the compiler seconds wherever it is used.  Within
// a task, use a task group (task_group.hpp).

#pragma once

#include "core/task.hpp"

#include <exception>
#include <functional>
#include <optional>
#include <utility>

namespace newswired {

/// Starts `task` at the next turn of the loop.  `ended` is told on the same thread what it threw, if it did.
void spawn(Executor executor, Task<void> task, std::function<void(std::exception_ptr)> ended);
/// What it throws comes out of the loop: a bug, which ends the program.
void spawn(Executor executor, Task<void> task);

/// A task that leaves what `task` returns in `value`, which must outlive it.
template <typename T>
Task<void> keep_result(Task<T> task, std::optional<T>& value) {
    value.emplace(co_await std::move(task));
}

}  // namespace newswired
