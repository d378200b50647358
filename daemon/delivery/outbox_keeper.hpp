// The keeper of the outbox: drops what every sink has and nobody may replay any more, and sees to it that a
// dead sink cannot stop the news for all the others.
//
// When undelivered articles fill the outbox, the sink that lags most is parked, loudly: the log no longer
// waits for it, and it is told of the gap when it returns.  Where the operator prefers (`on_full: stop`),
// polling waits instead.

#pragma once

#include "core/clock.hpp"
#include "core/task.hpp"
#include "daemon/delivery/deliveries.hpp"
#include "daemon/plan.hpp"
#include "storage/store.hpp"

#include <set>
#include <string>

namespace newswired::daemon {

class OutboxKeeper {
  public:
    OutboxKeeper(storage::Store& store, Deliveries& deliveries, Clock& clock)
        : store_{store}, deliveries_{deliveries}, clock_{clock} {}

    void adopt(config::Outbox const& settings) { settings_ = settings; }

    /// Keeps until cancelled.
    Task<void> run();

    std::set<std::string> const& parked() const { return parked_; }

  private:
    Task<void> keep();
    void park_the_slowest(storage::Stats const& stats);
    void unpark(storage::Stats const& stats);

    storage::Store& store_;
    Deliveries& deliveries_;
    Clock& clock_;
    config::Outbox settings_;
    std::set<std::string> parked_;
};

}  // namespace newswired::daemon
