// The clock: a door, so that tests script the time.  Services are given one and never ask the system.

#pragma once

#include "core/alarm.hpp"
#include "core/task.hpp"
#include "core/time.hpp"

#include <memory>

namespace newswired {

class Clock {
  public:
    virtual ~Clock() = default;

    /// Wall-clock time: for what is stored, printed or compared with what servers say.
    virtual SystemTime now() const = 0;

    /// Time that never jumps: for deadlines and intervals.
    virtual SteadyTime steady_now() const = 0;

    /// Returns at `time`, or early when the awaiting task is cancelled (it then throws
    /// operation_aborted, as Asio's own timers do).
    virtual Task<void> sleep_until(SteadyTime time) = 0;

    Task<void> sleep_for(milliseconds duration) { return sleep_until(steady_now() + duration); }

    /// An alarm on this clock, for a loop that runs on `executor`.
    virtual std::unique_ptr<Alarm> alarm(Executor executor) = 0;
};

/// The machine's clock.  Has no state; one serves all threads.
class SystemClock final : public Clock {
  public:
    SystemTime now() const override;
    SteadyTime steady_now() const override;
    Task<void> sleep_until(SteadyTime time) override;
    std::unique_ptr<Alarm> alarm(Executor executor) override;
};

}  // namespace newswired
