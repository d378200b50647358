// What passes ask and tell about push subscriptions (WebSub), from any I/O thread.
//
// Behind it is subscriptions.hpp, on the main thread.

#pragma once

#include "core/ids.hpp"
#include "core/time.hpp"
#include "feeds/websub/links.hpp"

#include <cstdint>
#include <string>

namespace newswired::daemon {

/// A poll that went well, of a feed whose hub is to be asked.
struct PolledFeed {
    FeedId feed{};
    feeds::websub::Links links{};
    bool news = false;  ///< it brought articles that were not known
    SystemTime at{};
};

/// A document that a hub sent, its signature checked.
struct PushedDocument {
    std::string bytes{};
    std::string content_type{};
};

/// What became of it.
enum class PushOutcome : std::uint8_t {
    stored,
    unreadable,  ///< it is no feed
    refused,     ///< not now: too many wait, or it could not be stored.  The hub had better send it again
};

class Pushes {
  public:
    virtual ~Pushes() = default;

    /// Whether a hub tells of the feed's news, so that it need not be polled as often.
    virtual bool live(FeedId feed) const = 0;
    virtual void polled(PolledFeed poll) = 0;
};

}  // namespace newswired::daemon
