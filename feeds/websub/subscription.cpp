#include "feeds/websub/subscription.hpp"

#include <algorithm>
#include <utility>

namespace newswired::feeds::websub {
namespace {

using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::minutes;

constexpr minutes kVerificationTime{10};  // hubs verify within seconds; busy ones queue
constexpr minutes kGrace{2};              // a poll may be a little faster than the hub
constexpr hours kRefusalPause{24};        // a hub that says no means it, for today
constexpr hours kLongestRefusalPause{7 * 24};
constexpr hours kGonePause{30 * 24};  // 410: as good as never, but a document that still names it counts
constexpr hours kMissPause{24};       // a hub that tells nothing is not asked anew all day
constexpr milliseconds kShortestRenewal{5'000};  // a hub with leases of a second is no reason to hammer it
constexpr seconds kShortestLease{1};
constexpr seconds kLongestLease{366LL * 86'400};
constexpr hours kFarewellTime{24};
constexpr std::uint32_t kMaxFarewellTries = 3;
constexpr std::size_t kMaxFarewells = 4;
constexpr std::size_t kMaxProblem = 200;
// Servers behind a balancer may name another hub at every poll; neither hub is to suffer for it.
constexpr std::uint32_t kFreeChanges = 3;
constexpr hours kChangesTime{1};

milliseconds scaled(milliseconds duration, double factor) {
    return milliseconds{static_cast<std::int64_t>(static_cast<double>(duration.count()) * factor)};
}

milliseconds backoff(milliseconds base, milliseconds max, std::uint32_t failures, double fraction) {
    constexpr std::uint32_t kMaxDoublings = 20;
    auto const doublings = std::min(failures > 0 ? failures - 1 : 0, kMaxDoublings);
    auto const grown = std::min(scaled(base, static_cast<double>(1u << doublings)), std::max(base, max));
    return scaled(grown, 0.85 + 0.3 * fraction);
}

// What a hub says goes to logs and terminals.
std::string harmless(std::string text) {
    if (text.size() > kMaxProblem) {
        text.resize(kMaxProblem);
    }
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; },
        ' ');
    return text;
}

}  // namespace

void Subscription::begin(std::string hub, std::string topic, SystemTime now, Chance const& chance) {
    hub_ = std::move(hub);
    topic_ = std::move(topic);
    token_ = chance.word();
    secret_ = chance.word();
    callback_.clear();
    step_ = Step::due;
    act_at_ = now;
    verified_ = lease_ends_ = doubted_ = watched_ = {};
    distrusted_ = false;
}

// The hub is asked to stop only where it may have begun.
void Subscription::part(SystemTime now) {
    auto const may_have_begun = lease_ends_ > now || step_ == Step::asked;
    if (!hub_.empty() && may_have_begun) {
        if (farewells_.size() == kMaxFarewells) {
            farewells_.erase(farewells_.begin());
        }
        farewells_.push_back(
            {.hub = hub_, .topic = topic_, .token = token_, .ask_at = now, .until = now + kFarewellTime});
    }
    hub_.clear();
    topic_.clear();
    token_.clear();
    secret_.clear();
    callback_.clear();
    step_ = Step::idle;
    act_at_ = SystemTime::max();
    lease_ends_ = {};
    failures_ = 0;
    problem_.clear();
}

void Subscription::linked(Links const& links, SystemTime now, Chance const& chance) {
    links_ = links;
    auto const hub_stays = std::find(links.hubs.begin(), links.hubs.end(), hub_) != links.hubs.end();
    if (!hub_.empty() && hub_stays && topic_ == links.topic) {
        return;
    }
    part(now);
    if (links.empty()) {
        return;
    }
    begin(links.hubs.front(), links.topic, now, chance);
    if (changes_since_ + kChangesTime <= now) {
        changes_since_ = now;
        changes_ = 0;
    }
    if (++changes_ > kFreeChanges) {
        act_at_ = changes_since_ + kChangesTime;
    }
}

void Subscription::leave(SystemTime now) {
    links_ = {};
    part(now);
}

Subscription::Farewell const* Subscription::due_farewell(SystemTime now) const {
    auto const due = std::find_if(farewells_.begin(), farewells_.end(),
                                  [now](Farewell const& one) { return one.ask_at <= now; });
    return due == farewells_.end() ? nullptr : &*due;
}

SystemTime Subscription::wake_at() const {
    auto time = step_ == Step::idle ? SystemTime::max() : act_at_;
    if (lease_ends_ != SystemTime{}) {
        time = std::min(time, lease_ends_);
    }
    if (doubted_ != SystemTime{}) {
        time = std::min(time, doubted_ + kGrace);
    }
    for (auto const& farewell : farewells_) {
        time = std::min({time, farewell.ask_at, farewell.until});
    }
    return time;
}

void Subscription::advance(SystemTime now, Rules const& rules, Chance const& chance) {
    if (!callback_.empty() && callback_ != rules.callback) {
        begin(hub_, topic_, now, chance);  // the operator moved the call-back: the old one leads nowhere
    }
    if (lease_ends_ != SystemTime{} && lease_ends_ <= now) {
        lease_ends_ = {};
    }
    if (doubted_ != SystemTime{} && doubted_ + kGrace <= now) {
        doubted_ = {};
        distrusted_ = true;
        auto const again = missed_ == SystemTime{} || missed_ + kMissPause <= now;
        missed_ = now;
        if (again && step_ != Step::asked) {
            step_ = Step::due;
            act_at_ = now;
        }
    }
    if (step_ == Step::asked && act_at_ <= now) {
        fail(Failure::passing, "the hub never verified the subscription", {}, now, rules, chance);
    }
    std::erase_if(farewells_, [now](Farewell const& one) { return one.until <= now; });
}

std::string const& Subscription::hub_to_ask(SystemTime now) const {
    static std::string const kNone;
    if (step_ == Step::due && act_at_ <= now) {
        return hub_;
    }
    auto const* const farewell = due_farewell(now);
    return farewell == nullptr ? kNone : farewell->hub;
}

std::optional<HubRequest> Subscription::due_request(SystemTime now, Rules const& rules) {
    if (step_ == Step::due && act_at_ <= now) {
        step_ = Step::asked;  // before the answer: some hubs verify before they answer
        act_at_ = now + kVerificationTime;
        callback_ = rules.callback;
        return HubRequest{.mode = Mode::subscribe,
                          .hub = hub_,
                          .topic = topic_,
                          .callback = rules.callback + "/" + token_,
                          .secret = secret_,
                          .lease = rules.lease};
    }
    if (auto const* const due = due_farewell(now)) {
        auto& farewell = farewells_[static_cast<std::size_t>(due - farewells_.data())];
        ++farewell.tries;
        farewell.ask_at = farewell.tries < kMaxFarewellTries ? now + hours{1} : SystemTime::max();
        return HubRequest{.mode = Mode::unsubscribe,
                          .hub = farewell.hub,
                          .topic = farewell.topic,
                          .callback = rules.callback + "/" + farewell.token};
    }
    return {};
}

// With several hubs each is tried in turn; a lease that still runs is not given up for that.
void Subscription::take_next_hub(SystemTime at, Chance const& chance) {
    auto const& hubs = links_.hubs;
    auto const place = std::find(hubs.begin(), hubs.end(), hub_);
    if (hubs.size() < 2 || place == hubs.end() || lease_ends_ != SystemTime{}) {
        return;
    }
    auto const next = place + 1 == hubs.end() ? hubs.begin() : place + 1;
    begin(*next, topic_, at, chance);
}

void Subscription::fail(Failure failure, std::string problem, std::optional<seconds> retry_after,
                        SystemTime now, Rules const& rules, Chance const& chance) {
    ++failures_;
    problem_ = harmless(std::move(problem));
    step_ = Step::due;
    auto wait = backoff(rules.backoff_base, rules.backoff_max, failures_, chance.fraction());
    auto const another_is_untried = failures_ < links_.hubs.size();
    if (failure == Failure::refusal && !another_is_untried) {
        wait = std::max(wait, backoff(kRefusalPause, kLongestRefusalPause, failures_, chance.fraction()));
    } else if (failure == Failure::gone && !another_is_untried) {
        wait = kGonePause;
    }
    if (retry_after) {
        wait = std::max<milliseconds>(wait, std::min<seconds>(*retry_after, kLongestRefusalPause));
    }
    act_at_ = now + wait;
    take_next_hub(act_at_, chance);
}

void Subscription::answered(Mode mode, HubAnswer const& answer, SystemTime now, Rules const& rules,
                            Chance const& chance) {
    if (mode == Mode::unsubscribe || step_ != Step::asked) {
        return;  // best effort; or verified, denied or replaced meanwhile
    }
    auto const status = answer.status;
    if (status >= 200 && status < 300) {
        return;  // 5.3: now the hub verifies
    }
    auto problem = status == 0 ? "the hub did not answer: " + answer.reason
                               : "the hub answered with status " + std::to_string(status) +
                                     (answer.reason.empty() ? "" : ": " + answer.reason);
    auto const passing = status < 400 || status >= 500 || status == 408 || status == 425 || status == 429;
    auto const failure = status == 410 ? Failure::gone : passing ? Failure::passing : Failure::refusal;
    fail(failure, std::move(problem), answer.retry_after, now, rules, chance);
}

bool Subscription::agrees_to_end(std::string_view token, std::string_view topic) {
    auto const ended = std::erase_if(farewells_, [&](Farewell const& one) {
        return one.token == token && one.topic == topic && one.tries > 0;
    });
    return ended > 0;
}

bool Subscription::hears(std::string_view token, HubSays const& says, SystemTime now, Rules const& rules,
                         Chance const& chance) {
    if (says.mode == HubSays::Mode::unsubscribe) {
        return agrees_to_end(token, says.topic);
    }
    auto const ours = !hub_.empty() && token == token_ && says.topic == topic_ &&
                      (step_ == Step::asked || lease_ends_ > now);
    if (!ours) {
        return false;
    }
    if (says.mode == HubSays::Mode::denied) {
        lease_ends_ = {};
        fail(Failure::refusal,
             says.reason.empty() ? "the hub denied the subscription"
                                 : "the hub denied the subscription: " + says.reason,
             {}, now, rules, chance);
        return true;
    }
    if (says.mode != HubSays::Mode::subscribe) {
        return false;
    }
    // 5.3: the hub's word on the lease counts; hubs older than WebSub say nothing, or 0 for "for ever".
    auto const said = says.lease.value_or(seconds{0});
    auto const lease = std::clamp(said > seconds{0} ? said : rules.lease, kShortestLease, kLongestLease);
    verified_ = now;
    lease_ends_ = now + lease;
    step_ = Step::due;
    act_at_ = now + std::max(scaled(lease, 0.7 + 0.2 * chance.fraction()), kShortestRenewal);
    failures_ = 0;
    problem_.clear();
    return true;
}

void Subscription::delivered(SystemTime now) {
    ++deliveries_;
    delivered_ = now;
    doubted_ = {};
    distrusted_ = false;
}

// What the first poll after the verification finds may be older than the subscription.
void Subscription::polled(bool news, SystemTime now) {
    if (!lives(now)) {
        watched_ = {};
        return;
    }
    if (news && watched_ != SystemTime{} && doubted_ == SystemTime{}) {
        doubted_ = now;
    }
    watched_ = now;
}

std::vector<std::string> Subscription::tokens() const {
    std::vector<std::string> all;
    if (!token_.empty()) {
        all.push_back(token_);
    }
    for (auto const& farewell : farewells_) {
        all.push_back(farewell.token);
    }
    return all;
}

}  // namespace newswired::feeds::websub
