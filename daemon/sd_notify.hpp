// Telling systemd how we are (sd_notify(3)): READY=1, STOPPING=1, RELOADING=1, WATCHDOG=1, STATUS=….
//
// The protocol is one datagram to the socket named by $NOTIFY_SOCKET; its own manual page recommends to speak
// it directly rather than to link a library for it.

#pragma once

#include "core/time.hpp"

#include <optional>
#include <string_view>

namespace newswired::daemon {

/// Sends `state` (lines of NAME=VALUE); does nothing when no service manager listens.
void sd_notify(std::string_view state);

/// RELOADING=1 with the monotonic time that Type=notify-reload asks for.
void sd_notify_reloading();

/// How often WATCHDOG=1 is expected at the latest; none when no watchdog is set for this process.
std::optional<milliseconds> sd_watchdog_interval();

}  // namespace newswired::daemon
