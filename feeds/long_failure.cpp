#include "feeds/long_failure.hpp"

namespace newswired::feeds {

SystemTime fails_since(FeedState const& state) {
    if (state.succeeded != SystemTime{}) {
        return state.succeeded;
    }
    auto const first = state.history.oldest();
    return first ? first->at : state.polled;
}

Tidings note_long_failure(FeedState& state, SystemTime now) {
    if (state.errors == 0) {
        auto const was_told = state.told_failing_for_long;
        state.told_failing_for_long = false;
        return was_told && !state.gone ? Tidings::is_back : Tidings::none;
    }
    // A daemon that was off for a week knows of one failure only.
    constexpr std::uint32_t kEnoughErrors = 3;
    auto const since = fails_since(state);
    if (state.told_failing_for_long || state.errors < kEnoughErrors || since == SystemTime{} ||
        now - since < kLongFailure) {
        return Tidings::none;
    }
    state.told_failing_for_long = true;
    return Tidings::fails_for_long;
}

}  // namespace newswired::feeds
