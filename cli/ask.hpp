// Asking the running daemon: what `status`, `explain` and their like have in common.

#pragma once

#include "daemon/control.hpp"

#include <string>

namespace newswired::cli {

/// Puts `question` to the daemon of the configuration in `file`, prints its answer and returns its exit code.
/// Without a running daemon: says so and returns `none_runs`.
int ask_daemon(std::string const& file, daemon::ControlQuestion const& question, int none_runs);

}  // namespace newswired::cli
