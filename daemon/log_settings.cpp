#include "daemon/log_settings.hpp"

#include "core/log.hpp"

namespace newswired::daemon {
namespace {

log::Level level_of(config::LogLevel level) {
    switch (level) {
        case config::LogLevel::trace:
            return log::Level::trace;
        case config::LogLevel::debug:
            return log::Level::debug;
        case config::LogLevel::info:
            return log::Level::info;
        case config::LogLevel::warn:
            return log::Level::warn;
        case config::LogLevel::error:
            break;
    }
    return log::Level::error;
}

}  // namespace

void start_log(config::Log const& settings) {
    if (!log::start(level_of(settings.level), settings.file)) {
        log::start(level_of(settings.level), "");
        log::error("The log file can't be opened; logging to stderr", {{"file", settings.file}});
    }
}

}  // namespace newswired::daemon
