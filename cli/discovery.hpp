// Finding the feeds of a web site: the page is asked, what it and its address suggest is tried, and only what
// really is a feed counts.
//
// Polite: one request at a time, a bounded number of them, and guessing begins only when nothing is declared.

#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "http/client.hpp"

#include <string>
#include <vector>

namespace newswired::cli {

struct FoundFeed {
    std::string url{};
    std::string type{};   ///< as `parse` names formats: "rss-2.0", "atom-1.0", "json-1.1"
    std::string title{};  ///< plain, in one line

    friend bool operator==(FoundFeed const&, FoundFeed const&) = default;
};

inline constexpr std::size_t kMaxAsked = 40;  // requests in all

/// The feeds of `url`, the most likely wanted first; "https://" is added where there is no scheme.  An error
/// only when the page could not be asked and nothing was found without it.
Task<Result<std::vector<FoundFeed>>> discover(http::Client& client, Clock& clock, std::string url);

}  // namespace newswired::cli
