// The log: sentences with fields, to stderr (with journald's priorities under systemd) or to a file.
//
//     log::info("Stopped at the operator's word", {{"signal", "SIGTERM"}});
//     2026-01-31T12:00:03.217Z info  Stopped at the operator's word  signal=SIGTERM
//
// debug: one line a poll.  info: what an operator wants to see of a day.  warn: unexpected, nothing lost.
// error: something lost or a person is needed, and therefore rare.
// The one thing in the house that is reached for instead of being passed in.  Thread-safe.  spdlog is behind
// it.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace newswired::log {

enum class Level : std::uint8_t { trace, debug, info, warn, error };

/// One field: a name and a value.  Values with spaces or quotes are quoted; line ends never reach the log.
struct Field {
    std::string_view name;
    std::string value;

    Field(std::string_view n, std::string_view v) : name{n}, value{v} {}
    Field(std::string_view n, std::string v) : name{n}, value{std::move(v)} {}
    Field(std::string_view n, char const* v) : name{n}, value{v} {}
    template <typename Number>
    requires std::is_arithmetic_v<Number> Field(std::string_view n, Number v)
        : name{n}, value{std::to_string(v)} {}
};

using Fields = std::initializer_list<Field>;

/// Starts logging; `file` empty: stderr.  Until then everything from info on goes to stderr.
/// Returns false, and changes nothing, when the file can't be opened.
bool start(Level level, std::string const& file);

/// Opens the file anew (after log rotation).
void reopen();

/// Whether a line of that level would be written: ask before building costly fields.
bool enabled(Level level);

void write(Level level, std::string_view sentence, Fields fields = {});

inline void debug(std::string_view sentence, Fields fields = {}) {
    write(Level::debug, sentence, fields);
}
inline void info(std::string_view sentence, Fields fields = {}) {
    write(Level::info, sentence, fields);
}
inline void warn(std::string_view sentence, Fields fields = {}) {
    write(Level::warn, sentence, fields);
}
inline void error(std::string_view sentence, Fields fields = {}) {
    write(Level::error, sentence, fields);
}

/// `sentence  name=value …`, as write() prints it after time and level.
std::string format(std::string_view sentence, Fields fields);

}  // namespace newswired::log
