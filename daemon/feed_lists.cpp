#include "daemon/feed_lists.hpp"

#include "config/feed_lists.hpp"
#include "core/log.hpp"
#include "daemon/private_file.hpp"
#include "feeds/interval.hpp"
#include "feeds/poll.hpp"

#include <algorithm>
#include <filesystem>
#include <random>
#include <utility>

namespace newswired::daemon {
namespace {

constexpr milliseconds kHour{3'600'000};
constexpr milliseconds kDay{24 * 3'600'000};

double random_fraction() {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::uniform_real_distribution{0.0, 1.0}(generator);
}

feeds::IntervalRules rules() {
    return {.interval = kHour,
            .min_interval = kHour,
            .max_interval = kHour,
            .max_server_delay = kDay,
            .backoff_base = kHour / 12,
            .backoff_max = kDay};
}

// What is thought of a new copy, and whether it is another than the old one; on a worker, since it may be
// long.
struct Judgement {
    std::string refused{};
    std::size_t feeds = 0;
    bool is_new = false;
    Error error{};
};

Judgement judge(std::string const& path, std::string const& text) {
    Judgement judgement;
    auto const read = config::read_list(text);
    if (auto const* const wrong = std::get_if<config::ListError>(&read)) {
        judgement.refused = wrong->what;
        return judgement;
    }
    judgement.feeds = std::get<config::ReadList>(read).feeds.size();
    judgement.is_new = read_private_file(path) != text;
    if (judgement.is_new) {
        std::error_code ignored;
        std::filesystem::create_directories(std::filesystem::path{path}.parent_path(), ignored);
        auto const written = write_private_file(path, text);
        judgement.error = written ? Error{} : written.error();
    }
    return judgement;
}

}  // namespace

FeedLists::FeedLists(Executor executor, Services services)
    : services_{services}, alarm_{services.clock.alarm(executor)} {}

void FeedLists::adopt(SharedPlan plan) {
    auto const before = std::move(lists_);
    lists_.clear();
    plan_ = std::move(plan);
    for (auto const& url : plan_->settings().feed_lists) {
        List list{.url = url, .copy = config::list_copy_path(plan_->settings().state_dir, url)};
        auto const known = std::find_if(before.begin(), before.end(),
                                        [&](List const& other) { return other.copy == list.copy; });
        list.state = known != before.end()
                         ? known->state
                         : feeds::decode_feed_state(read_private_file(list.copy + ".state"));
        std::error_code ignored;
        if (!std::filesystem::exists(list.copy, ignored)) {
            list.state = {};  // without the copy, its validators are worth nothing
        }
        lists_.push_back(std::move(list));
    }
    alarm_->ring();
}

SystemTime FeedLists::next() const {
    auto next = SystemTime::max();
    for (auto const& list : lists_) {
        next = std::min(next, list.state.next_poll);
    }
    return next;
}

Task<bool> FeedLists::take(List& list, std::string text) {
    auto const path = list.copy;
    auto work = [&path, &text] { return judge(path, text); };
    auto const judgement = co_await services_.workers.run(work);
    if (!judgement.refused.empty()) {
        log::warn("A list of feeds is not usable; the last good copy stays",
                  {{"list", list.url}, {"reason", judgement.refused}});
    } else if (judgement.error) {
        log::error("A list of feeds can't be kept",
                   {{"list", list.url}, {"reason", judgement.error.message()}});
    } else if (judgement.is_new) {
        log::info("A list of feeds has changed", {{"list", list.url}, {"feeds", judgement.feeds}});
    }
    auto const is_good = judgement.refused.empty() && !judgement.error;
    list.state.errors = is_good ? 0 : list.state.errors + 1;
    co_return is_good&& judgement.is_new;
}

Task<bool> FeedLists::refresh(std::size_t number) {
    // A copy, since a reload may change the lists meanwhile.
    auto list = lists_[number];
    feeds::RequestOptions options;
    if (list.state.has_waited_for_redirect()) {
        options.redirect_delay = http::RedirectDelay::waited;
    }
    auto answer = co_await feeds::poll(services_.client, list.url, list.state.validators, std::move(options),
                                       services_.clock.now());
    bool changed = false;
    if (answer.outcome == feeds::PollOutcome::document) {
        changed = co_await take(list, std::move(answer.body));
        if (list.state.errors == 0) {
            list.state.validators = answer.validators;
        } else {
            answer.outcome = feeds::PollOutcome::unreadable;
        }
    } else if (answer.outcome == feeds::PollOutcome::not_modified) {
        list.state.validators = answer.validators;
        list.state.errors = 0;
    } else if (answer.outcome != feeds::PollOutcome::postponed && ++list.state.errors == 1) {
        log::warn(
            "A list of feeds could not be read; the last good copy stays",
            {{"list", list.url},
             {"reason", answer.error ? answer.error.message() : "status " + std::to_string(answer.status)}});
    }
    auto const now = services_.clock.now();
    auto const next = feeds::next_poll(rules(), list.state,
                                       {.now = now,
                                        .outcome = answer.outcome,
                                        .fresh_for = answer.fresh_for,
                                        .retry_after = answer.retry_after,
                                        .too_many = answer.status == 429,
                                        .name_is_unknown = answer.name_is_unknown(),
                                        .jitter = random_fraction()});
    list.state.next_poll = next.at;
    list.state.why = next.why;
    list.state.polled = now;
    list.state.history.add({.at = now, .outcome = answer.outcome, .status = answer.status});
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path{list.copy}.parent_path(), ignored);
    (void)write_private_file(list.copy + ".state", feeds::encode(list.state));  // else it is asked anew
    for (auto& other : lists_) {
        if (other.copy == list.copy) {
            other.state = list.state;
        }
    }
    co_return changed;
}

Task<bool> FeedLists::refresh() {
    bool changed = false;
    for (std::size_t i = 0; i < lists_.size(); ++i) {
        if (lists_[i].state.next_poll <= services_.clock.now()) {
            auto const one = co_await refresh(i);
            changed = changed || one;
        }
    }
    co_return changed;
}

Task<void> FeedLists::run(std::function<Task<void>()> changed) {
    for (;;) {
        auto const is_changed = co_await refresh();
        if (is_changed) {
            co_await changed();
        }
        auto const time = next();
        auto const ahead = time == SystemTime::max() ? milliseconds{kDay} : time - services_.clock.now();
        co_await alarm_->wait_until(services_.clock.steady_now() + std::clamp(ahead, milliseconds{0}, kDay));
    }
}

}  // namespace newswired::daemon
