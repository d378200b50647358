#include "feeds/websub/pace.hpp"

#include <algorithm>

namespace newswired::feeds::websub {

NextPoll next_poll_while_pushed(NextPoll usual, IntervalRules const& rules, SystemTime now) {
    constexpr int kFactor = 4;
    constexpr milliseconds kDay{86'400'000};
    // What the server or the feed asked for is kept as it is, and errors are not a hub's to mend.
    if (usual.why != WhyThen::interval) {
        return usual;
    }
    auto const wait = std::chrono::ceil<milliseconds>(usual.at - now);
    auto const longest = std::min(kDay, rules.max_interval);
    auto const stretched = now + std::min(wait * kFactor, longest);
    return stretched > usual.at ? NextPoll{stretched, WhyThen::pushed} : usual;
}

}  // namespace newswired::feeds::websub
