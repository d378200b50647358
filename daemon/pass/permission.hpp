// Permission: whether a feed may be asked, where its operator respects robots.txt (`respect_robots`).
//
// By default nobody asks for it: a person chose the feed, and robots.txt speaks to those who come without
// being sent.

#pragma once

#include "core/task.hpp"
#include "daemon/pass/pages.hpp"
#include "daemon/pass/pass.hpp"
#include "http/client.hpp"

#include <optional>
#include <string>

namespace newswired::daemon {

/// Whether permission_to_ask() has anything to say: without a robots.txt to respect, every feed may be asked.
bool needs_permission(Pass const& pass);

/// What is said to a poll of `url`.  The poll has its host's turn, the poller's or the one in `turn`; when
/// robots.txt has to be read first, it gives that up and comes back with another one, which it then holds in
/// `turn`.
Task<Permission> permission_to_ask(Pass& pass, std::string url, std::optional<Turn>& turn);

/// Lets the requests of one pass be led only to where robots.txt allows them.
class RedirectPermission final : public http::RedirectJudge {
  public:
    /// Both outlive it; `turn` as above.
    RedirectPermission(Pass& pass, std::optional<Turn>& turn) : pass_{pass}, turn_{turn} {}

    /// http::errc::bad_redirect where it is not allowed.
    Task<Error> judge(std::string target) override;

    /// What was said to the last redirect.
    Permission said() const { return said_; }

    /// What a request of the pass takes along: this, or nothing where no permission is needed.
    http::RedirectJudge* if_needed() { return needs_permission(pass_) ? this : nullptr; }

  private:
    Pass& pass_;
    std::optional<Turn>& turn_;
    Permission said_ = Permission::allowed;
};

}  // namespace newswired::daemon
