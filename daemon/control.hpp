// The control socket: a Unix socket in the runtime directory on which `status`, `explain` and their like ask
// the daemon.
//
// One question a connection: a line of JSON, {"command": "status", …}; the answer is one line of JSON,
// {"exit": 0, "out": "text for stdout", "err": "text for stderr"}.  Whoever may open the socket (mode 0660:
// the daemon's user and group) may ask.

#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/task.hpp"

#include <functional>
#include <map>
#include <string>

namespace newswired::daemon {

struct ControlAnswer {
    int exit = 0;
    std::string out{};
    std::string err{};
};

/// A question's arguments by name; "command" among them.
using ControlQuestion = std::map<std::string, std::string>;
using ControlHandler = std::function<Task<ControlAnswer>(ControlQuestion)>;

/// Answers questions at `path` until cancelled; a stale socket there is replaced, and ours removed at the
/// end. Failing to listen is logged, not fatal: the news go on.
Task<void> serve_control(std::string path, ControlHandler handler, Clock& clock);

/// $RUNTIME_DIRECTORY/control.sock, else STATE_DIR/control.sock.
std::string control_path(std::string const& state_dir);

/// Makes STATE_DIR/control.sock lead to `path`, when that is elsewhere: whoever asks from a shell does not
/// have the service's RUNTIME_DIRECTORY.
void offer_control_in(std::string const& state_dir, std::string const& path);

/// How long an answer may take: explain reads the disk of a daemon that may be busy.
inline constexpr milliseconds kAnswerTime{30'000};

/// Asks the daemon at `path`; blocks.  An error when none listens or it does not answer in time.
Result<ControlAnswer> ask_control(std::string const& path, ControlQuestion const& question,
                                  milliseconds patience = kAnswerTime);

}  // namespace newswired::daemon
