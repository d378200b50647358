// Deadlines of all requests of one client: one coarse timer looks at them a few times a second.
//
// A timer for each read would cost more than the read; a server's silence need not be noticed to the
// millisecond.

#pragma once

#include "core/clock.hpp"
#include "http/client.hpp"
#include "http/socket.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace newswired::http {

class Deadline;

class Deadlines {
  public:
    Deadlines(Executor executor, Clock const& clock, milliseconds silence, milliseconds total);
    ~Deadlines();
    Deadlines(Deadlines const&) = delete;
    Deadlines& operator=(Deadlines const&) = delete;

  private:
    friend class Deadline;
    struct State;
    std::shared_ptr<State> state_;
};

/// The time that one request may take, redirects included.  Lives in the request's coroutine.
class Deadline {
  public:
    explicit Deadline(Deadlines& deadlines);
    ~Deadline();
    Deadline(Deadline const&) = delete;
    Deadline& operator=(Deadline const&) = delete;

    /// The server did something: its silence is counted from now on.
    void progress();
    /// Until then it is not the server that is waited for, and only the whole time counts.
    void wait_for_ourselves() { silent_since_ = total_until_; }

    /// While it lives, no time passes: neither the server nor we ourselves are waited for.
    class Pause {
      public:
        explicit Pause(Deadline& deadline);
        ~Pause();
        Pause(Pause const&) = delete;
        Pause& operator=(Pause const&) = delete;

      private:
        Deadline& deadline_;
        SteadyTime began_;
    };

    /// What is to be interrupted when time is up; null while there is nothing.
    void watch(Socket* socket) { socket_ = socket; }
    /// What the request waits on when it waits for no socket; interrupted as well.
    WakeUp& wake_up();
    Executor executor() const;

    /// errc::silence or errc::too_slow once time is up.
    std::optional<errc> expired() const { return expired_; }

    /// What an operation that ended with `error` comes to: why time is up, else connection_lost.  Throws
    /// operation_aborted when the task has been cancelled.
    Error meaning_of(Error error) const;

  private:
    friend class Deadlines;
    void interrupt(errc why);

    std::shared_ptr<Deadlines::State> deadlines_;
    std::optional<WakeUp> wake_up_{};  // few requests need it
    Socket* socket_ = nullptr;
    SteadyTime silent_since_;
    SteadyTime total_until_;
    std::optional<errc> expired_;
};

}  // namespace newswired::http
