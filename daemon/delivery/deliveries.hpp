// All deliveries: one for each sink of the plan, started, changed and stopped with it.

#pragma once

#include "core/task_group.hpp"
#include "daemon/delivery/delivery.hpp"
#include "daemon/plan.hpp"

#include <functional>
#include <list>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::daemon {

/// Makes the sink that the settings name; null for a type that is not built.
using SinkFactory = std::function<std::unique_ptr<sinks::Sink>(config::Sink const&, sinks::Services)>;

class Deliveries {
  public:
    /// All of it outlives the deliveries.
    Deliveries(Executor executor, storage::Store& store, sinks::Services services,
               SinkFactory make_sink = sinks::make_sink);

    /// Makes the sinks those of `plan`: new ones start, missing ones end, changed ones start anew.  A sink
    /// that the log has never known begins behind its newest article; only in an empty log does it begin at
    /// the beginning.
    Task<void> apply(Plan const& plan);

    void drain();
    void reopen();
    /// Waits until every delivery has ended (after drain()).
    Task<void> wait();
    /// Breaks off; then wait().
    void cancel();

    /// The delivery to the sink of that name; null when there is none.
    Delivery* find(std::string_view sink);

    std::vector<DeliveryStatus> status() const;
    std::vector<std::string> names() const;
    /// The sink that lags most behind, of those not in `parked`; empty when none lags.
    std::string laggard(std::set<std::string> const& parked, std::uint64_t last_seq) const;

  private:
    struct Running {
        Running(Executor executor, storage::Store& store, Clock& clock, config::Sink const& settings,
                std::unique_ptr<sinks::Sink> sink)
            : delivery{executor, store, clock, settings, std::move(sink)}, task{executor} {}
        Delivery delivery;
        TaskGroup task;
    };

    Task<void> end(Running& running);
    Task<void> start(config::Sink settings);
    Task<void> place_cursor(std::string sink);
    Task<Result<void>> begin(std::string sink);

    Executor executor_;
    storage::Store& store_;
    sinks::Services services_;
    SinkFactory make_sink_;
    std::list<Running> running_;
};

}  // namespace newswired::daemon
