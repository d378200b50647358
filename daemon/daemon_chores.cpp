// What the daemon does beside polling and delivering: it feeds the watchdog, sums up, saves its memory and
// answers questions.

#include "core/heap.hpp"
#include "core/log.hpp"
#include "daemon/daemon.hpp"
#include "daemon/delivery/sink_commands.hpp"
#include "daemon/explain.hpp"
#include "daemon/sd_notify.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace newswired::daemon {

// The watchdog is fed only while every I/O thread's loop turns.
Task<void> Daemon::watch_threads(milliseconds interval) {
    std::vector<std::uint64_t> before(threads_.size(), 0);
    auto const round = std::max(interval / 3, milliseconds{700});  // a beat comes every half second
    for (;;) {
        sd_notify("WATCHDOG=1");
        for (bool all_alive = false; !all_alive;) {
            co_await services_.clock.sleep_for(round);
            all_alive = true;
            for (std::size_t i = 0; i < threads_.size(); ++i) {
                auto const beats = threads_[i]->beats();
                all_alive = all_alive && (beats != before[i] || polling_has_ended());
                before[i] = beats;
            }
        }
    }
}

Task<void> Daemon::summarise() {
    constexpr milliseconds kMinute{60'000};
    Totals before;
    for (;;) {
        co_await services_.clock.sleep_for(kMinute);
        auto const now = totals();
        auto const minute = now - before;
        before = now;
        std::uint64_t behind = 0;
        auto const stats = co_await services_.store.stats();
        for (auto const& sink : deliveries_.status()) {
            behind =
                std::max(behind, stats ? stats->last_seq - std::min(sink.delivered, stats->last_seq) : 0);
        }
        log::info("The last minute", {{"polls", minute.polls},
                                      {"documents", minute.documents},
                                      {"not_modified", minute.not_modified},
                                      {"failed", minute.failures},
                                      {"new", minute.fresh},
                                      {"updates", minute.updates},
                                      {"duplicates", minute.duplicates},
                                      {"bytes", minute.bytes},
                                      {"undelivered", behind}});
        // An arena gives memory back when it is used, and one large document leaves its size behind in each.
        heap::give_back();
    }
}

// A crash then costs some TLS handshakes more, no more than that.
Task<void> Daemon::save_now_and_then() {
    constexpr milliseconds kPause{10 * 60'000};
    for (;;) {
        co_await services_.clock.sleep_for(kPause);
        auto save = services_.save_memory;
        co_await workers_.run(save);
    }
}

Task<void> Daemon::report_progress() {
    constexpr milliseconds kTenth{100};
    for (;;) {
        co_await services_.clock.sleep_for(kTenth);
        auto const now = totals();
        progress_(now.polls, plan_->feeds().size(), now);
    }
}

Totals Daemon::totals() const {
    Totals all;
    for (auto const& thread : threads_) {
        all += thread->totals();
    }
    return all;
}

Task<Status> Daemon::status() {
    Status status{.now = services_.clock.now(), .started = started_, .totals = totals()};
    for (auto& thread : threads_) {
        auto one = co_await thread->status();
        merge(status.polling, std::move(one));
    }
    auto const stats = co_await services_.store.stats();
    if (stats) {
        status.log = *stats;
    }
    status.sinks = deliveries_.status();
    status.parked = keeper_.parked();
    status.pushes = subscriptions_.status();
    co_return std::move(status);
}

Task<FeedNow> Daemon::feed_now(FeedId feed) {
    FeedNow now{.push = subscriptions_.in_words(feed)};
    if (auto* const thread = thread_of(feed)) {
        std::string url{plan_->feeds().url(*plan_->feeds().find(feed))};
        now.host_rests_until = co_await thread->host_rests_until(std::move(url));
    }
    co_return now;
}

Task<ControlAnswer> Daemon::answer(ControlQuestion question) {
    auto const& command = question["command"];
    if (command == "status") {
        auto const now = co_await status();
        co_return ControlAnswer{.out = question["json"] == "true" ? status_json(now) : status_text(now)};
    }
    if (command == "explain") {
        AskNow const ask_now = [this](FeedId feed) { return feed_now(feed); };
        co_return co_await explain(services_.store, plan_, question["url"], services_.clock.now(), ask_now);
    }
    if (command == "replay" || command == "dead") {
        co_return co_await answer_about_sink(services_.store, deliveries_, std::move(question),
                                             services_.clock.now());
    }
    co_return ControlAnswer{.exit = 1,
                            .err = "the running daemon does not know the command '" + command + "'\n"};
}

}  // namespace newswired::daemon
