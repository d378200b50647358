// A feed that fails for long: the operator is told once, and once more when it is back.
//
// A single failure is told when it begins, and then only shows in `status`; a feed that has moved away or
// died would be forgotten there.

#pragma once

#include "core/time.hpp"
#include "feeds/feed_state.hpp"

#include <chrono>
#include <cstdint>

namespace newswired::feeds {

inline constexpr std::chrono::hours kLongFailure{7 * 24};

enum class Tidings : std::uint8_t {
    none,
    fails_for_long,  ///< for a week, and this is the first time it is said
    is_back,         ///< it was said, and now it answers
};

/// `state` as after a poll at `now`, its errors counted; remembers what was told.
Tidings note_long_failure(FeedState& state, SystemTime now);

/// When a feed that fails last answered well; if it never did, the oldest failure that is remembered.
SystemTime fails_since(FeedState const& state);

}  // namespace newswired::feeds
