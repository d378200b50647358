// What `status` shows of push subscriptions.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace newswired::daemon {

struct PushCounts {
    std::size_t subscriptions = 0;  ///< feeds with a hub that is asked
    std::size_t verified = 0;
    std::size_t failing = 0;
};

struct PushStatus {
    bool wanted = false;
    std::string problem{};  ///< why hubs can't reach us; empty: they can
    PushCounts counts{};
    std::uint64_t accepted = 0;  ///< documents, since the start
    std::uint64_t ignored = 0;   ///< not signed as agreed, or no feed
};

}  // namespace newswired::daemon
