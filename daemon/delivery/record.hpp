// The record as sinks get it: the stream fields that storage gave it, around the body that the feed's pass
// wrote.

#pragma once

#include "storage/store.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace newswired::daemon {

/// The JSON object of INTERFACE's "The record", on one line; `log` names this life of the state.
std::string record_json(storage::OutboxEntry const& entry, std::string_view log);

/// An event that tells a sink of articles it will never get: `first` to `last` are no longer in the log.
std::string gap_json(std::uint64_t first, std::uint64_t last, SystemTime now, std::string_view log);

}  // namespace newswired::daemon
