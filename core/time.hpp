// Times as newswired reckons them: wall-clock seconds for what is stored or printed, steady time for
// what is waited for (a clock that jumps must cause neither a burst of polls nor a stuck feed).

#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace newswired {

using SystemTime = std::chrono::sys_time<std::chrono::milliseconds>;
using SteadyTime = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// `time` as RFC 3339 in UTC with milliseconds: "2026-01-31T12:00:03.217Z".  Years outside 0000-9999 are
/// clamped to them, since RFC 3339 has four digits.
std::string rfc3339_milliseconds(SystemTime time);

/// `time` as RFC 3339 in UTC, to the second: "2026-01-31T12:00:03Z".
std::string rfc3339(SystemTime time);

/// "1.5 s", "3 min", "2 h", "4 d": a duration as one writes it in a sentence.
std::string in_words(milliseconds duration);

}  // namespace newswired
