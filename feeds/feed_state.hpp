// What is remembered of a feed between two polls, and how it rests in storage.
//
// One small record a feed, written with every poll.  The items of its last document are kept apart
// (window.hpp), since most polls do not change them.

#pragma once

#include "core/time.hpp"
#include "feeds/conditional_get.hpp"
#include "feeds/pace/poll_budget.hpp"
#include "feeds/pace/rhythm.hpp"
#include "feeds/poll_history.hpp"
#include "feeds/websub/links.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace newswired::feeds {

/// Why the next poll is when it is.
enum class WhyThen : std::uint8_t {
    interval,       ///< the configured or learnt interval
    freshness,      ///< Cache-Control or Expires
    feed_pace,      ///< ttl or sy:updatePeriod of the feed
    skipped_hours,  ///< skipHours or skipDays of the feed
    retry_after,    ///< the server said so
    backoff,        ///< after errors
    gone,           ///< 410: not asked again
    pushed,         ///< a hub tells of its news: polled rarely
    robots,         ///< robots.txt disallows the feed, or could not be read
};

/// A permanent redirect on its way to be learnt.
struct LearntAddress {
    std::string configured{};  ///< the configured URL it was learnt for: a change of that wins
    std::string target{};
    std::uint32_t sightings = 0;  ///< equal permanent answers in a row
    bool learnt = false;
};

struct FeedState {
    Validators validators{};
    LearntAddress address{};
    std::string title{};
    std::string language{};

    SystemTime polled{};  ///< epoch: never
    SystemTime succeeded{};
    SystemTime changed{};  ///< when it last brought something new
    SystemTime next_poll{};
    SystemTime renewed{};  ///< when the store was last told that the window's items are still there
    WhyThen why = WhyThen::interval;
    std::uint32_t errors = 0;  ///< in a row
    std::string last_error{};
    std::uint64_t asked_for = 0;  ///< hash of the configured URL at the last poll: a new one starts afresh
    bool gone = false;
    bool read_before = false;  ///< a document was read: what comes now is no backlog
    bool host_waits = false;   ///< 429 with Retry-After: no feed of its host is asked before next_poll

    std::uint32_t ttl_seconds = 0;  ///< the longest that ttl and sy: of the last document ask for
    std::uint32_t skip_hours = 0;
    std::uint8_t skip_days = 0;

    Rhythm rhythm{};                     ///< for interval: auto
    BudgetShare share{};                 ///< in the budget of polls, for interval: auto
    std::uint32_t document_items = 0;    ///< in the last document: how much it can hold before it forgets
    std::uint8_t haste = 0;              ///< how often the interval is halved, because items were missed
    std::uint8_t calm_polls = 0;         ///< since then or since it was last doubled again
    std::uint8_t blind_polls = 0;        ///< in a row that brought a whole document again, with nothing new
    bool told_failing_for_long = false;  ///< the operator knows

    PollHistory history{};

    websub::Links links{};       ///< what its last document said of hubs, whether or not anyone subscribes
    SystemTime usual_poll{};     ///< with `why` pushed: when it would be polled if there were no hub
    std::string bodies{};        ///< what was learnt of its items' bodies (articles/teaser.hpp), opaque here
    std::string site{};          ///< the site that its articles are of, by name; empty: none seen yet
    std::uint64_t document = 0;  ///< document_digest() of the last one that was read whole; 0: none

    /// The last poll ended at a redirect that asked to wait: now it may be followed.
    bool has_waited_for_redirect() const;
};

/// The state as bytes (a version first; core/bytes.hpp), and back; bytes of an unknown version or that are
/// cut give a new state: the feed is then read as if for the first time, and dedup keeps its articles from
/// being told twice.
std::string encode(FeedState const& state);
FeedState decode_feed_state(std::string_view bytes);

/// Of a state at rest: `asked_for`, when the host of that address waits; else 0.  Where none does, and that
/// is nearly everywhere, two bytes are looked at: a start asks it of every feed that there is.
std::uint64_t host_that_waits(std::string_view bytes);

}  // namespace newswired::feeds
