#include "daemon/polling/assignments.hpp"

#include "core/hash.hpp"
#include "feeds/feed_state.hpp"
#include "feeds/interval.hpp"

#include <algorithm>
#include <random>

namespace newswired::daemon {
namespace {

// A hundred first polls a second, but an hour at most: a short list is there at once, a long one does not
// fall upon the network.
constexpr milliseconds kRampPerFeed{10};
constexpr milliseconds kLongestRamp{3'600'000};

// A feed that is gone stays so only as long as its configured address is the one that was gone.
Task<Result<void>> revive_moved(storage::Store& store, Plan const& plan, std::vector<SystemTime>& due) {
    std::vector<std::size_t> never;
    std::vector<FeedId> ids;
    for (std::size_t feed = 0; feed < due.size(); ++feed) {
        if (due[feed] >= feeds::kNeverAgain) {
            never.push_back(feed);
            ids.push_back(plan.feeds().id(feed));
        }
    }
    if (never.empty()) {
        co_return Result<void>{};
    }
    auto const records = co_await store.feeds(std::move(ids));
    if (!records) {
        co_return records.error();
    }
    for (std::size_t i = 0; i < never.size(); ++i) {
        auto const state = feeds::decode_feed_state((*records)[i].state);
        if (state.asked_for != xxh3(plan.feeds().url(never[i]))) {
            due[never[i]] = SystemTime{};
        }
    }
    co_return Result<void>{};
}

// A clock that once was far ahead must not silence a feed for years: what is due later than any reason could
// ask for is due now.
void bound(std::vector<SystemTime>& due, Plan const& plan, SystemTime now) {
    for (std::size_t feed = 0; feed < due.size(); ++feed) {
        if (due[feed] > now && due[feed] < feeds::kNeverAgain &&
            due[feed] - now > feeds::longest_rest(plan.interval_rules(feed))) {
            due[feed] = now;
        }
    }
}

// What the store knows of the plan's feeds: when each is due, and whether its host waits with it.  A feed
// that has moved since it was told to wait says nothing about its new host.
struct Start {
    std::vector<SystemTime> due{};
    std::vector<bool> host_waits{};
};

Start start_of(Plan const& plan, std::vector<storage::DueTime> const& known) {
    Start start{.due = std::vector<SystemTime>(plan.feeds().size()),
                .host_waits = std::vector<bool>(plan.feeds().size())};
    for (auto const& [id, next_poll, host] : known) {
        if (auto const feed = plan.feeds().find(id)) {
            start.due[*feed] = next_poll;
            start.host_waits[*feed] = host != 0 && host == xxh3(plan.feeds().url(*feed));
        }
    }
    return start;
}

// Before the overdue are spread: that is no pause that a host asked for.
void end_pauses(Start& start, SystemTime now) {
    for (std::size_t feed = 0; feed < start.due.size(); ++feed) {
        start.host_waits[feed] = start.host_waits[feed] && start.due[feed] > now;
    }
}

void spread(std::vector<SystemTime>& due, SystemTime now) {
    auto const overdue = std::count_if(due.begin(), due.end(), [&](SystemTime time) { return time <= now; });
    auto const ramp = std::min(kRampPerFeed * overdue, kLongestRamp);
    std::minstd_rand generator{std::random_device{}()};
    std::uniform_int_distribution<std::int64_t> delay{0, ramp.count()};
    for (auto& time : due) {
        if (time <= now) {
            time = now + milliseconds{delay(generator)};
        }
    }
}

}  // namespace

std::size_t thread_for(std::string_view url, std::size_t threads) {
    return host_hash(url) % threads;
}

Task<Result<std::vector<std::vector<Assignment>>>> assign(storage::Store& store, SharedPlan plan,
                                                          std::size_t threads, PollMode mode,
                                                          SystemTime now) {
    auto const known = co_await store.due_times(feeds::host_that_waits);
    if (!known) {
        co_return known.error();
    }
    auto start = start_of(*plan, *known);
    if (mode == PollMode::keep_going) {
        auto const revived = co_await revive_moved(store, *plan, start.due);
        if (!revived) {
            co_return revived.error();
        }
    }
    bound(start.due, *plan, now);
    end_pauses(start, now);
    if (mode == PollMode::keep_going) {
        spread(start.due, now);
    }
    std::vector<std::vector<Assignment>> assignments(threads);
    for (std::size_t feed = 0; feed < start.due.size(); ++feed) {
        assignments[thread_for(plan->feeds().url(feed), threads)].push_back(
            {.feed = std::uint32_t(feed),
             .host_waits = start.host_waits[feed],
             .next_poll = start.due[feed]});
    }
    co_return std::move(assignments);
}

}  // namespace newswired::daemon
