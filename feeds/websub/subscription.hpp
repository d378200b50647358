// The life of one feed's subscription: a state machine that takes the time and what happened, and says what
// is to be asked of which hub, when.
//
//     linked() ──▶ due ──due_request()──▶ asked ──hears(subscribe)──▶ verified, lease runs ──▶ due (renewal)
//     …
//                   ▲                       │
//                   └──── back-off ◀────────┴── the hub refused, failed, never verified, or denied
//
// Independent of these steps, a lease that was verified lives until it ends: only then, or when a poll found
// what the hub should have told, is the feed polled as if there were no hub.  A subscription that is replaced
// (the feed names another hub or topic) or no longer wanted leaves a farewell: the old hub is asked to stop.
//
// Pure.  The daemon performs (daemon/hubs/subscriptions.hpp) and stores it.
// Spec: W3C WebSub (2018), 5 and 8.2.

#pragma once

#include "core/time.hpp"
#include "feeds/websub/links.hpp"
#include "feeds/websub/protocol.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::feeds::websub {

/// What the operator and the daemon set.
struct Rules {
    std::string callback{};  ///< the call-back's address, without a "/" at its end
    seconds lease{10 * 86'400};
    milliseconds backoff_base{5 * 60'000};
    milliseconds backoff_max{2 * 86'400'000};
};

/// Where chance comes from; tests have their own.
struct Chance {
    std::function<std::string()> word;  ///< a new one each time that nobody can guess; letters and digits
    std::function<double()> fraction;   ///< 0 to 1
};

/// How a hub answered a request.
struct HubAnswer {
    std::uint16_t status = 0;  ///< 0: it did not
    std::string reason{};      ///< why not, or what it said beside the status
    std::optional<seconds> retry_after{};
};

class Subscription {
  public:
    /// The feed now says this of itself; empty links end the subscription.
    void linked(Links const& links, SystemTime now, Chance const& chance);
    /// Ends it: the feed is no longer configured, or no longer to be told of.
    void leave(SystemTime now);

    /// When the next thing is due: a request, or the end of a wait.  SystemTime::max() for never.
    SystemTime wake_at() const;
    /// Ends waits that are over.  To be called at wake_at(), before due_request().
    void advance(SystemTime now, Rules const& rules, Chance const& chance);
    /// Which hub would be asked at wake_at(); empty when none is.
    std::string const& hub_to_ask(SystemTime now) const;
    /// What is to be asked now; its answer is to be reported, before the next is taken.
    std::optional<HubRequest> due_request(SystemTime now, Rules const& rules);
    void answered(Mode mode, HubAnswer const& answer, SystemTime now, Rules const& rules,
                  Chance const& chance);

    /// The hub speaks to the call-back of `token`.  Whether to agree (2xx, with the challenge) rather than to
    /// say 404: only to what was asked.
    bool hears(std::string_view token, HubSays const& says, SystemTime now, Rules const& rules,
               Chance const& chance);
    /// A signed document came.
    void delivered(SystemTime now);
    /// The feed was polled; `news`: that brought an article which was not known.
    void polled(bool news, SystemTime now);

    /// Whether news come by themselves, so that polls may be fewer.
    bool lives(SystemTime now) const { return lease_ends_ > now && !distrusted_; }
    /// Nothing is left to do, ever.
    bool is_over() const { return hub_.empty() && farewells_.empty(); }

    bool is_verified(SystemTime now) const { return lease_ends_ > now; }
    bool is_failing() const { return failures_ > 0; }
    std::string const& hub() const { return hub_; }
    std::string const& topic() const { return topic_; }
    std::string const& secret() const { return secret_; }
    std::string const& token() const { return token_; }
    SystemTime lease_ends() const { return lease_ends_; }
    /// Every token on which the hub may speak.
    std::vector<std::string> tokens() const;

    /// One sentence or two for the operator.
    std::string in_words(SystemTime now) const;

  private:
    friend std::string encode(Subscription const& subscription);
    friend std::optional<Subscription> decode_subscription(std::string_view bytes);

    enum class Step : std::uint8_t { idle, due, asked };
    enum class Failure : std::uint8_t { passing, refusal, gone };

    /// An earlier subscription that its hub is asked to end.
    struct Farewell {
        std::string hub{};
        std::string topic{};
        std::string token{};
        SystemTime ask_at{};
        SystemTime until{};  ///< forgotten then: the lease ends by itself
        std::uint32_t tries = 0;
    };

    void begin(std::string hub, std::string topic, SystemTime now, Chance const& chance);
    void part(SystemTime now);
    void fail(Failure failure, std::string problem, std::optional<seconds> retry_after, SystemTime now,
              Rules const& rules, Chance const& chance);
    void take_next_hub(SystemTime at, Chance const& chance);
    bool agrees_to_end(std::string_view token, std::string_view topic);
    Farewell const* due_farewell(SystemTime now) const;

    Links links_;
    std::string hub_;
    std::string topic_;
    std::string token_;
    std::string secret_;
    std::string callback_;  // below which the hub was told to come; empty: it was not asked yet
    Step step_ = Step::idle;
    SystemTime act_at_ = SystemTime::max();
    SystemTime verified_{};
    SystemTime lease_ends_{};
    std::uint32_t failures_ = 0;
    std::string problem_;
    std::uint64_t deliveries_ = 0;
    SystemTime delivered_{};
    bool distrusted_ = false;
    SystemTime missed_{};   // when it was last found wanting
    SystemTime doubted_{};  // a poll was first; the push may still come.  Not stored, as the next one
    SystemTime watched_{};  // the last poll while the lease lived
    SystemTime changes_since_{};
    std::uint32_t changes_ = 0;  // of hub or topic since then
    std::vector<Farewell> farewells_;
};

/// The subscription as bytes (a version first), and back; none for bytes of an unknown version or that are
/// cut: the feed is subscribed to anew then.
std::string encode(Subscription const& subscription);
std::optional<Subscription> decode_subscription(std::string_view bytes);

}  // namespace newswired::feeds::websub
