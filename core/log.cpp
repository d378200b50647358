#include "core/log.hpp"

#include "core/text.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>

namespace newswired::log {
namespace {

// Journald reads a leading "<N>" as the line's priority (sd-daemon(3)) and adds the time itself.
class Priority final : public spdlog::custom_flag_formatter {
  public:
    void format(spdlog::details::log_msg const& message, std::tm const&, spdlog::memory_buf_t& out) override {
        auto const priority = message.level >= spdlog::level::err    ? '3'
                              : message.level == spdlog::level::warn ? '4'
                              : message.level == spdlog::level::info ? '6'
                                                                     : '7';
        out.push_back('<');
        out.push_back(priority);
        out.push_back('>');
    }
    std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<Priority>(); }
};

std::unique_ptr<spdlog::formatter> make_formatter(bool for_journald) {
    auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
    formatter->add_flag<Priority>('*').set_pattern(for_journald ? "%*%v" : "%Y-%m-%dT%H:%M:%S.%eZ %-5l %v");
    return formatter;
}

spdlog::level::level_enum spdlog_level(Level level) {
    switch (level) {
        case Level::trace:
            return spdlog::level::trace;
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warn:
            return spdlog::level::warn;
        case Level::error:
            break;
    }
    return spdlog::level::err;
}

std::shared_ptr<spdlog::logger> make_logger(spdlog::sink_ptr sink, bool for_journald) {
    auto logger = std::make_shared<spdlog::logger>("newswired", std::move(sink));
    logger->set_formatter(make_formatter(for_journald));
    logger->set_level(spdlog::level::trace);  // enabled() decides
    logger->flush_on(spdlog::level::trace);   // tail -f shows a line when it happens
    return logger;
}

std::shared_ptr<spdlog::logger> make_stderr_logger() {
    return make_logger(std::make_shared<spdlog::sinks::stderr_sink_mt>(),
                       std::getenv("JOURNAL_STREAM") != nullptr);
}

struct State {
    std::mutex mutex;
    std::string file;
    std::shared_ptr<spdlog::logger> logger = make_stderr_logger();
    std::atomic<Level> level{Level::info};
};

State& state() {
    static State the_state;
    return the_state;
}

void append_value(std::string& line, std::string_view value) {
    bool plain = !value.empty();
    for (char const c : value) {
        plain = plain && static_cast<unsigned char>(c) > ' ' && c != '"' && c != '=' && c != '\x7f';
    }
    if (plain) {
        line += value;
        return;
    }
    line += '"';
    for (char const c : value) {
        if (c == '"' || c == '\\') {
            line += '\\';
        }
        line += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? ' ' : c;
    }
    line += '"';
}

std::shared_ptr<spdlog::logger> file_logger(std::string const& file) {
    try {
        return make_logger(std::make_shared<spdlog::sinks::basic_file_sink_mt>(file), false);
    } catch (spdlog::spdlog_ex const&) {
        return nullptr;
    }
}

}  // namespace

bool start(Level level, std::string const& file) {
    auto& own = state();
    auto logger = file.empty() ? make_stderr_logger() : file_logger(file);
    if (!logger) {
        return false;
    }
    own.level = level;
    std::lock_guard const lock{own.mutex};
    own.file = file;
    own.logger = std::move(logger);
    return true;
}

void reopen() {
    auto& own = state();
    std::lock_guard const lock{own.mutex};
    if (own.file.empty()) {
        return;
    }
    if (auto logger = file_logger(own.file)) {
        own.logger = std::move(logger);
    }
}

bool enabled(Level level) {
    return level >= state().level.load(std::memory_order_relaxed);
}

void write(Level level, std::string_view sentence, Fields fields) {
    if (!enabled(level)) {
        return;
    }
    auto const line = format(sentence, fields);
    auto& own = state();
    std::shared_ptr<spdlog::logger> logger;
    {
        std::lock_guard const lock{own.mutex};
        logger = own.logger;
    }
    logger->log(spdlog_level(level), spdlog::string_view_t{line.data(), line.size()});
}

std::string format(std::string_view sentence, Fields fields) {
    std::string line{sentence};
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < ' ') {
            c = ' ';
        }
    }
    if (fields.size() > 0) {
        line += ' ';
    }
    for (auto const& field : fields) {
        line += ' ';
        line += field.name;
        line += '=';
        append_value(line, field.value);
    }
    return is_utf8(line) ? line : to_valid_utf8(line);
}

}  // namespace newswired::log
