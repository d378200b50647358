// The client of a feed that respects robots.txt: it follows redirects one by one, and asks nobody whose
// robots.txt does not allow it.
//
// The client behind it would be at the target before anyone could look.  What is asked first is judged by
// whoever sends it (permission.hpp).

#pragma once

#include "daemon/pages.hpp"
#include "daemon/pass.hpp"
#include "daemon/turns.hpp"
#include "http/client.hpp"

#include <optional>

namespace newswired::daemon {

class JudgedClient final : public http::Client {
  public:
    /// For requests of `pass`, one at a time, each sent in the poller's turn or in that of `turn`; when a
    /// robots.txt has to be read first, the turn afterwards is another one.  Both outlive the client.
    JudgedClient(Pass& pass, std::optional<Turn>& turn) : pass_{pass}, turn_{turn} {}

    /// As the client behind it answers; http::errc::bad_redirect where said() is not `allowed`.  A redirect
    /// that asks to wait is the response, however short the wait.
    Task<Result<http::Response>> send(http::Request request) override;

    /// What was said to the last redirect.
    Permission said() const { return said_; }

  private:
    Task<Result<http::Response>> ask(http::Request request);

    Pass& pass_;
    std::optional<Turn>& turn_;
    Permission said_ = Permission::allowed;
    milliseconds taken_{};  // by servers, together
};

}  // namespace newswired::daemon
