// What `newswired status` shows, as text and as JSON.

#pragma once

#include "core/time.hpp"
#include "daemon/delivery/delivery.hpp"
#include "daemon/hubs/push_status.hpp"
#include "daemon/polling/poller.hpp"
#include "daemon/polling/tally.hpp"
#include "storage/store.hpp"

#include <set>
#include <string>
#include <vector>

namespace newswired::daemon {

struct Status {
    SystemTime now{};
    SystemTime started{};
    PollerStatus polling{};  ///< of all threads together
    Totals totals{};
    storage::Stats log{};
    std::vector<DeliveryStatus> sinks{};
    std::set<std::string> parked{};
    PushStatus pushes{};
};

/// Adds one thread's part.
void merge(PollerStatus& all, PollerStatus one);

std::string status_text(Status const& status);
std::string status_json(Status const& status);

}  // namespace newswired::daemon
