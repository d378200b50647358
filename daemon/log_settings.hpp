// The log as the operator configured it.

#pragma once

#include "config/settings.hpp"

namespace newswired::daemon {

/// Starts logging by `settings`; when the file can't be opened, says so and logs to stderr.
void start_log(config::Log const& settings);

}  // namespace newswired::daemon
