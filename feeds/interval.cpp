#include "feeds/interval.hpp"

#include <algorithm>
#include <bit>
#include <vector>

namespace newswired::feeds {
namespace {

constexpr milliseconds kRoundingSlack{20};  // whole-second promises are kept in full

milliseconds scaled(milliseconds duration, double factor) {
    constexpr double kMost = 1e15;
    return milliseconds{std::int64_t(std::min(double(duration.count()) * factor, kMost))};
}

milliseconds own_interval(IntervalRules const& rules, FeedState const& state) {
    if (rules.interval) {
        return *rules.interval;
    }
    milliseconds const learnt =
        state.learnt_interval_seconds > 0 ? seconds{state.learnt_interval_seconds} : kFirstAutoInterval;
    return std::clamp(learnt, rules.min_interval, rules.max_interval);
}

// Later than the interval by up to a tenth, never earlier: an interval is a promise to the publisher.
milliseconds with_jitter(milliseconds duration, double jitter) {
    return scaled(duration, 1 + jitter / 10);
}

milliseconds backoff(IntervalRules const& rules, FeedState const& state, double jitter) {
    auto const doublings = std::min(state.errors > 0 ? state.errors - 1 : 0u, 30u);
    auto const grown = std::min(scaled(rules.backoff_base, double(1u << doublings)), rules.backoff_max);
    return scaled(grown, 0.85 + 0.3 * jitter);
}

bool is_skipped(FeedState const& state, SystemTime time) {
    using namespace std::chrono;
    auto const midnight = floor<days>(time);
    auto const hour = unsigned(floor<hours>(time - midnight).count());
    auto const day = weekday{midnight}.c_encoding();
    return (state.skip_hours >> hour & 1) != 0 || (state.skip_days >> day & 1) != 0;
}

// The first full hour from `time` on that the feed does not ask to skip; `time` itself when all are skipped.
SystemTime after_skipped(FeedState const& state, SystemTime time) {
    using namespace std::chrono;
    constexpr int kHoursOfAWeek = 7 * 24;
    auto candidate = time;
    for (int i = 0; i < kHoursOfAWeek; ++i) {
        if (!is_skipped(state, candidate)) {
            return candidate;
        }
        candidate = floor<hours>(candidate) + hours{1};
    }
    return time;
}

NextPoll after_failure(IntervalRules const& rules, FeedState const& state, PollEvidence const& evidence) {
    auto const wait = std::max(backoff(rules, state, evidence.jitter), own_interval(rules, state));
    if (evidence.retry_after) {
        auto const asked =
            std::min<milliseconds>(*evidence.retry_after, rules.max_server_delay) + kRoundingSlack;
        if (asked > wait) {
            return {evidence.now + scaled(asked, 1 + evidence.jitter / 50), WhyThen::retry_after};
        }
    }
    return {evidence.now + wait, WhyThen::backoff};
}

NextPoll after_success(IntervalRules const& rules, FeedState const& state, PollEvidence const& evidence) {
    NextPoll next{evidence.now + with_jitter(own_interval(rules, state), evidence.jitter), WhyThen::interval};
    auto hold_back = [&](milliseconds asked, WhyThen why) {
        auto const capped = std::min(asked, rules.max_server_delay);
        if (capped > milliseconds{0} && evidence.now + capped + kRoundingSlack > next.at) {
            next = {evidence.now + scaled(capped, 1 + evidence.jitter / 50) + kRoundingSlack, why};
        }
    };
    hold_back(evidence.fresh_for.value_or(seconds{0}), WhyThen::freshness);
    hold_back(seconds{state.ttl_seconds}, WhyThen::feed_pace);
    hold_back(evidence.retry_after.value_or(seconds{0}), WhyThen::retry_after);
    auto const allowed = after_skipped(state, next.at);
    if (allowed != next.at && allowed - evidence.now <= rules.max_server_delay) {
        next = {allowed + scaled(std::chrono::minutes{5}, evidence.jitter), WhyThen::skipped_hours};
    }
    return next;
}

}  // namespace

NextPoll next_poll(IntervalRules const& rules, FeedState const& state, PollEvidence const& evidence) {
    switch (evidence.outcome) {
        case PollOutcome::gone:
            return {kNeverAgain, WhyThen::gone};
        case PollOutcome::document:
        case PollOutcome::not_modified:
            return after_success(rules, state, evidence);
        case PollOutcome::refused:
        case PollOutcome::unreadable:
        case PollOutcome::no_answer:
            break;
    }
    return after_failure(rules, state, evidence);
}

std::optional<seconds> learn_interval(std::span<SystemTime const> dates, SystemTime now) {
    constexpr std::size_t kNewest = 10;  // older ones tell of another season
    std::vector<SystemTime> sorted{dates.begin(), dates.end()};
    std::erase_if(sorted, [&](SystemTime date) { return date > now; });
    if (sorted.size() < 3) {
        return {};
    }
    std::sort(sorted.rbegin(), sorted.rend());
    auto const count = std::min(sorted.size(), kNewest);
    auto const mean_gap = (sorted.front() - sorted[count - 1]) / std::int64_t(count - 1);
    auto const silence = now - sorted.front();
    return std::chrono::floor<seconds>(std::max(mean_gap / 2, silence / 10));
}

void note_pace(FeedState& state, Pace const& pace) {
    auto const longest = std::max(pace.ttl.value_or(seconds{0}), pace.update_period.value_or(seconds{0}));
    state.ttl_seconds = std::uint32_t(std::clamp<std::int64_t>(longest.count(), 0, 0xFFFFFFFF));
    constexpr std::uint32_t kAllHours = 0xFFFFFF;
    constexpr std::uint8_t kAllDays = 0x7F;
    // A feed that skips everything says nothing.
    state.skip_hours = (pace.skip_hours & kAllHours) == kAllHours ? 0 : pace.skip_hours & kAllHours;
    state.skip_days =
        (pace.skip_days & kAllDays) == kAllDays ? std::uint8_t{0} : std::uint8_t(pace.skip_days & kAllDays);
}

}  // namespace newswired::feeds
