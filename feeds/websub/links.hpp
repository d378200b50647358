// Where a feed says that its news are told: hubs, and the name under which they know it.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace newswired::feeds::websub {

/// What a feed says about being told of its news.
struct Links {
    static constexpr std::size_t kMaxHubs = 4;       ///< tried in turn; more than two are rare
    static constexpr std::size_t kMaxLength = 2048;  ///< of a URL

    std::vector<std::string> hubs{};  ///< absolute http(s) URLs, the preferred one first
    std::string topic{};              ///< the feed's own name for itself

    bool empty() const { return hubs.empty(); }
    friend bool operator==(Links const&, Links const&) = default;
};

}  // namespace newswired::feeds::websub
