#include "http/deadlines.hpp"

#include <algorithm>

namespace newswired::http {

struct Deadlines::State : std::enable_shared_from_this<State> {
    State(Executor executor, Clock const& the_clock, milliseconds the_silence, milliseconds the_total)
        : timer{executor},
          clock{the_clock},
          silence{the_silence},
          total{the_total},
          beat{std::clamp(std::min(silence, total) / 8, milliseconds{5}, milliseconds{250})} {}

    WakeUp timer;
    Clock const& clock;
    milliseconds silence;
    milliseconds total;
    milliseconds beat;
    std::vector<Deadline*> running;

    void enter(Deadline* deadline) {
        running.push_back(deadline);
        if (running.size() == 1) {
            arm();
        }
    }

    void leave(Deadline* deadline) {
        auto const found = std::find(running.begin(), running.end(), deadline);
        *found = running.back();
        running.pop_back();
        if (running.empty()) {
            timer.cancel();  // nothing to wait for may keep the event loop alive
        }
    }

    void arm() {
        timer.expires_after(beat);
        timer.async_wait([weak = weak_from_this()](Error error) {
            auto const self = weak.lock();
            if (!error && self && !self->running.empty()) {
                self->look();
                self->arm();
            }
        });
    }

    void look() {
        auto const now = clock.steady_now();
        for (auto* const deadline : running) {
            if (now >= deadline->total_until_) {
                deadline->interrupt(errc::too_slow);
            } else if (now >= deadline->silent_since_ + silence) {
                deadline->interrupt(errc::silence);
            }
        }
    }
};

Deadlines::Deadlines(Executor executor, Clock const& clock, milliseconds silence, milliseconds total)
    : state_{std::make_shared<State>(executor, clock, silence, total)} {}

Deadlines::~Deadlines() = default;

Deadline::Deadline(Deadlines& deadlines)
    : deadlines_{deadlines.state_},
      silent_since_{deadlines.state_->clock.steady_now()},
      total_until_{silent_since_ + deadlines.state_->total} {
    deadlines_->enter(this);
}

Deadline::~Deadline() {
    deadlines_->leave(this);
}

Deadline::Pause::Pause(Deadline& deadline)
    : deadline_{deadline}, began_{deadline.deadlines_->clock.steady_now()} {
    deadline_.deadlines_->leave(&deadline_);
}

Deadline::Pause::~Pause() {
    auto const now = deadline_.deadlines_->clock.steady_now();
    deadline_.total_until_ += now - began_;
    deadline_.silent_since_ = now;
    deadline_.deadlines_->enter(&deadline_);
}

WakeUp& Deadline::wake_up() {
    return wake_up_ ? *wake_up_ : wake_up_.emplace(executor());
}

Executor Deadline::executor() const {
    return deadlines_->timer.get_executor();
}

void Deadline::progress() {
    silent_since_ = deadlines_->clock.steady_now();
}

void Deadline::interrupt(errc why) {
    if (!expired_) {
        expired_ = why;
    }
    // Every time anew: the request may have been between two waits.
    if (wake_up_) {
        wake_up_->cancel();
    }
    if (socket_ != nullptr) {
        Error ignored;
        socket_->cancel(ignored);
    }
}

Error Deadline::meaning_of(Error error) const {
    if (expired_) {
        return *expired_;
    }
    if (error == boost::asio::error::operation_aborted) {
        throw boost::system::system_error{error};
    }
    return errc::connection_lost;
}

}  // namespace newswired::http
