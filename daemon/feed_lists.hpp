// Keeps the lists of feeds that the configuration names by URL: asks for each hourly, with a feed's manners,
// and lays a good copy into the state, where the configuration reads it (config/feed_lists.hpp).
//
// A list that fails, or that is none any more, changes nothing: the last good copy stays.

#pragma once

#include "core/alarm.hpp"
#include "core/clock.hpp"
#include "core/task.hpp"
#include "core/worker_pool.hpp"
#include "daemon/plan.hpp"
#include "feeds/feed_state.hpp"
#include "http/client.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace newswired::daemon {

class FeedLists {
  public:
    struct Services {
        http::Client& client;
        WorkerPool& workers;
        Clock& clock;
    };
    FeedLists(Executor executor, Services services);

    /// The lists of this plan from now on.
    void adopt(SharedPlan plan);

    /// Asks for all lists that are due; true when one of them changed, and the configuration is to be read
    /// again.
    Task<bool> refresh();

    /// Refreshes for ever, and calls `changed` after each change.
    Task<void> run(std::function<Task<void>()> changed);

  private:
    struct List {
        std::string url{};
        std::string copy{};  ///< path
        feeds::FeedState state{};
    };

    Task<bool> refresh(std::size_t number);
    Task<bool> take(List& list, std::string text);
    SystemTime next() const;

    Services services_;
    SharedPlan plan_;
    std::vector<List> lists_;
    std::unique_ptr<Alarm> alarm_;
};

}  // namespace newswired::daemon
