// Permission: whether a feed may be asked, where its operator respects robots.txt (`respect_robots`).
//
// By default nobody asks for it: a person chose the feed, and robots.txt speaks to those who come without
// being sent.

#pragma once

#include "core/task.hpp"
#include "daemon/pages.hpp"
#include "daemon/pass.hpp"

#include <optional>
#include <string>

namespace newswired::daemon {

/// Whether permission_to_ask() has anything to say: without a robots.txt to respect, every feed may be asked.
bool needs_permission(Pass const& pass);

/// What is said to a poll of `url`.  The poll has its host's turn, the poller's or the one in `turn`; when
/// robots.txt has to be read first, it gives that up and comes back with another one, which it then holds in
/// `turn`.
Task<Permission> permission_to_ask(Pass& pass, std::string url, std::optional<Turn>& turn);

}  // namespace newswired::daemon
