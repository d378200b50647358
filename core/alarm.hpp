// An alarm: waits for a time, or for being rung before it.  What every loop of the daemon sleeps on.

#pragma once

#include "core/task.hpp"
#include "core/time.hpp"

#include <memory>

namespace newswired {

class Alarm {
  public:
    virtual ~Alarm() = default;

    /// Returns at `time`, or as soon as ring() is called; at once when it was rung since the last wait.
    /// At most one waiter.  Cancellation throws operation_aborted.
    virtual Task<void> wait_until(SteadyTime time) = 0;

    /// Wakes the waiter, or the next one.  From the alarm's own thread only.
    virtual void ring() = 0;
};

/// An alarm on the machine's steady clock.
std::unique_ptr<Alarm> make_alarm(Executor executor);

}  // namespace newswired
