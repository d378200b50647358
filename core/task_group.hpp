// A task group: children that run side by side and do not outlive their parent.
//
// Asio's co_spawn lets a coroutine run on by itself; a group keeps count of what it has spawned, so that the
// parent can wait for all of it, or cancel it and then wait.  Everything belongs to one thread.
//
//     TaskGroup polls{executor};
//     polls.spawn(poll(feed));        // runs at the next turn of the loop
//     …
//     co_await polls.wait();          // nothing of it is left when this returns
//
// A child must not throw: what happens in normal life is handled in the child (GUIDE: one catch per job). One
// that does, ends the program, as a bug should; operation_aborted after cancel() is the exception.

#pragma once

#include "core/task.hpp"

#include <cstddef>
#include <memory>

namespace newswired {

class TaskGroup {
  public:
    explicit TaskGroup(Executor executor);
    /// All children must have ended.
    ~TaskGroup();
    TaskGroup(TaskGroup const&) = delete;
    TaskGroup& operator=(TaskGroup const&) = delete;

    void spawn(Task<void> child);

    /// Asks every running child to stop (asio's terminal cancellation).
    void cancel();

    /// Returns when no child is left, those spawned meanwhile included.
    Task<void> wait();

    std::size_t size() const;

  private:
    struct Shared;
    std::shared_ptr<Shared> shared_;
};

}  // namespace newswired
