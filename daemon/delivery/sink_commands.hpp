// What the operator may ask of a sink: its dead letters, and articles again from the log.

#pragma once

#include "core/task.hpp"
#include "core/time.hpp"
#include "daemon/control.hpp"
#include "daemon/delivery/deliveries.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace newswired::daemon {

/// {"command": "dead", "do": "list" | "retry" | "drop", "sink": NAME}, or
/// {"command": "replay", "sink": NAME, "since": TIME or nothing}.
Task<ControlAnswer> answer_about_sink(storage::Store& store, Deliveries& deliveries, ControlQuestion question,
                                      SystemTime now);

/// A time as an operator writes it: "2h" (ago), or a date in any form that feeds use.
std::optional<SystemTime> time_of(std::string_view text, SystemTime now);

/// The last article of the log that is older than `since`; what comes after it is to be delivered again.
Task<Result<std::uint64_t>> last_before(storage::Store& store, SystemTime since);

}  // namespace newswired::daemon
