// Pages: the door through which a pass asks for article pages.
//
// Behind it each host's pages are asked by the I/O thread that the host belongs to
// (polling/page_desk.hpp), in turn with its feeds and as its robots.txt allows.

#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "http/message.hpp"

#include <cstdint>
#include <string>

namespace newswired::daemon {

/// What became of one request; redirects are answers like any other.
struct PageAnswer {
    enum class Kind : std::uint8_t {
        answered,    ///< `response` came, whatever its status
        disallowed,  ///< robots.txt says no, or can't be read for now
        failed,      ///< `error`: no answer came
        resting,     ///< the host asked for peace a while ago (429 or 503): it was not asked
        stopping,    ///< the daemon is about to end: the page may be asked for another day
    } kind = Kind::failed;
    http::Response response{};
    Error error{};
};

/// What a site's robots.txt says to a request.
enum class Permission : std::uint8_t {
    allowed,
    disallowed,
    unreadable,  ///< the file can't be read for now, so nothing is allowed (RFC 9309, 2.3.1.4)
    not_known,   ///< it would have to be read first
    stopping,    ///< the daemon is about to end
};

enum class RobotsReading : std::uint8_t { if_need_be, never };

class Pages {
  public:
    virtual ~Pages() = default;

    /// One request, when it is its host's turn; redirects are not followed.  Cancelling it gives it up.
    virtual Task<PageAnswer> ask(http::Request request) = 0;

    /// Whether `url` may be asked.  The file is read in its host's turn: who holds one must not wait for it.
    virtual Task<Permission> permission(std::string url, RobotsReading reading) = 0;
};

}  // namespace newswired::daemon
