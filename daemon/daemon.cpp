#include "daemon/daemon.hpp"

#include "core/heap.hpp"
#include "core/log.hpp"
#include "core/spawn.hpp"
#include "daemon/limits.hpp"
#include "daemon/log_settings.hpp"
#include "daemon/polling/assignments.hpp"
#include "daemon/sd_notify.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <utility>

namespace newswired::daemon {
namespace {

constexpr std::size_t kWorkers = 2;
constexpr milliseconds kTimeToLetGo{500};

std::size_t thread_count(config::Settings const& settings, PollMode mode) {
    auto const cores = settings.threads > 0 ? settings.threads : usable_cores();
    // A short run over a short list has no use for a thread that starts up and finds nothing to do.
    return mode == PollMode::once ? std::clamp<std::size_t>(settings.feeds.size(), 1, cores) : cores;
}

}  // namespace

Daemon::Daemon(DaemonServices services, SharedPlan plan, PollMode mode)
    : services_{std::move(services)},
      plan_{std::move(plan)},
      mode_{mode},
      workers_{kWorkers},
      budget_{std::uint32_t(std::chrono::floor<seconds>(services_.clock.now()).time_since_epoch().count())},
      sink_client_{services_.make_client(context_, 0)},
      deliveries_{context_.get_executor(), services_.store,
                  sinks::Services{.client = *sink_client_,
                                  .workers = workers_,
                                  .clock = services_.clock,
                                  .log = services_.store.log()}},
      keeper_{services_.store, deliveries_, services_.clock},
      subscriptions_{context_.get_executor(), subscription_services()},
      list_client_{services_.make_client(context_, 0)},
      lists_{context_.get_executor(),
             {.client = *list_client_, .workers = workers_, .clock = services_.clock}},
      chores_{context_.get_executor()},
      listening_{context_.get_executor()},
      alarm_{services_.clock.alarm(context_.get_executor())} {}

Daemon::~Daemon() {
    workers_.stop();
}

SubscriptionServices Daemon::subscription_services() {
    return {.client = *sink_client_,
            .store = services_.store,
            .workers = workers_,
            .clock = services_.clock,
            .push = [this](FeedId feed, PushedDocument document) { return push(feed, std::move(document)); },
            .hasten =
                [this](FeedId feed) {
                    if (auto* const thread = thread_of(feed)) {
                        thread->hasten(feed);
                    }
                },
            .chance = real_chance()};
}

// Null when the feed is not polled (any more).
IoThread* Daemon::thread_of(FeedId feed) {
    auto const number = plan_->feeds().find(feed);
    if (!number || threads_.empty() || stop_wanted_ || polling_has_ended()) {
        return nullptr;
    }
    return threads_[thread_for(plan_->feeds().url(*number), threads_.size())].get();
}

Task<PushOutcome> Daemon::push(FeedId feed, PushedDocument document) {
    auto* const thread = thread_of(feed);
    if (thread == nullptr) {
        co_return PushOutcome::refused;
    }
    co_return co_await thread->push(feed, std::move(document));
}

DayReport Daemon::run() {
    started_ = services_.clock.now();
    spawn(context_.get_executor(), day());
    context_.run();
    return report_;
}

Task<void> Daemon::day() {
    if (co_await start()) {
        co_await wait_for_the_end();
    }
    sd_notify("STOPPING=1");
    co_await stop_listening();
    co_await stop_polling();
    co_await stop_delivering();
    chores_.cancel();
    co_await chores_.wait();
    for (auto const& status : deliveries_.status()) {
        report_.sinks_are_behind = report_.sinks_are_behind || !status.error.empty();
    }
    auto const flushed = co_await services_.store.flush();
    if (!flushed) {
        log::warn("The state could not be flushed; it is read from its log at the next start",
                  {{"reason", flushed.error().message()}});
    }
    report_.totals = totals();
}

// Once mode can't wait for lists to come by the way: what they name is to be asked now.
Task<void> Daemon::fetch_lists() {
    lists_.adopt(plan_);
    if (mode_ != PollMode::once || !services_.read_again || plan_->settings().feed_lists.empty()) {
        co_return;
    }
    auto const changed = co_await lists_.refresh();
    if (!changed) {
        co_return;
    }
    auto read = services_.read_again;
    auto outcome = co_await workers_.run(read);
    if (auto* const configuration = std::get_if<config::Configuration>(&outcome)) {
        plan_ = std::make_shared<Plan const>(std::move(configuration->settings));
    }
}

Task<bool> Daemon::start() {
    co_await fetch_lists();
    auto const in_flight = descriptors_allow(plan_->settings().fetch.max_in_flight);
    auto const count = std::min(thread_count(plan_->settings(), mode_), in_flight);
    auto assignments = co_await assign(services_.store, plan_, count, mode_, services_.clock.now());
    if (!assignments) {
        log::error("The state can't be read", {{"reason", assignments.error().message()}});
        report_.sinks_are_behind = true;
        co_return false;
    }
    keeper_.adopt(plan_->settings().outbox);
    co_await deliveries_.apply(*plan_);
    if (mode_ == PollMode::keep_going) {
        co_await subscriptions_.load(plan_);
    }
    auto* const pushes = mode_ == PollMode::keep_going ? &subscriptions_ : nullptr;
    auto const home = context_.get_executor();
    auto thread_ended = [this, home] {
        boost::asio::post(home, [this] {
            ++ended_threads_;
            alarm_->ring();
        });
    };
    auto const agent = http::product_token(plan_->settings().fetch.user_agent);
    for (std::size_t i = 0; i < count; ++i) {
        threads_.push_back(std::make_unique<IoThread>(services_.make_client, services_.store, workers_,
                                                      services_.clock, budget_, pushes, desks_, agent, mode_,
                                                      in_flight / count));
    }
    for (std::size_t i = 0; i < count; ++i) {
        threads_[i]->start(plan_, std::move((*assignments)[i]), thread_ended);
    }
    chores_.spawn(listen_for_signals());
    chores_.spawn(keeper_.run());
    heap::give_back();  // reading a long list takes more memory than keeping it
    if (mode_ == PollMode::keep_going) {
        listening_.spawn(subscriptions_.run());
        chores_.spawn(summarise());
        chores_.spawn(lists_.run([this] { return read_again(); }));
        if (services_.save_memory) {
            chores_.spawn(save_now_and_then());
        }
        ControlHandler handler = [this](ControlQuestion question) { return answer(std::move(question)); };
        auto const socket = control_path(plan_->settings().state_dir);
        offer_control_in(plan_->settings().state_dir, socket);
        chores_.spawn(serve_control(socket, std::move(handler), services_.clock));
        if (auto const interval = sd_watchdog_interval()) {
            chores_.spawn(watch_threads(*interval));
        }
        log::info("Started", {{"feeds", plan_->feeds().size()},
                              {"sinks", plan_->settings().sinks.size()},
                              {"threads", count},
                              {"state", plan_->settings().state_dir}});
    } else if (progress_) {
        chores_.spawn(report_progress());
    }
    sd_notify("READY=1");
    co_return true;
}

Task<void> Daemon::wait_for_the_end() {
    while (!stop_wanted_ && !polling_has_ended()) {
        co_await alarm_->wait_until(SteadyTime::max());
    }
}

// What hubs have sent goes its way while the I/O threads still run; it is stored within moments.
Task<void> Daemon::stop_listening() {
    subscriptions_.stop();
    auto cut_off = [](TaskGroup& group, Clock& clock) -> Task<void> {
        co_await clock.sleep_for(kTimeToLetGo);
        group.cancel();
    };
    TaskGroup timer{context_.get_executor()};
    timer.spawn(cut_off(listening_, services_.clock));
    co_await listening_.wait();
    timer.cancel();
    co_await timer.wait();
}

// Passes end by themselves; those that wait for a server that does not answer are broken off half-way through
// the time that the operator gave, so that the sinks have the other half.
Task<void> Daemon::stop_polling() {
    for (auto& thread : threads_) {
        thread->stop();
    }
    auto const deadline = services_.clock.steady_now() + plan_->settings().shutdown_timeout / 2;
    while (!polling_has_ended() && services_.clock.steady_now() < deadline) {
        co_await alarm_->wait_until(deadline);
    }
    if (!polling_has_ended()) {
        for (auto& thread : threads_) {
            thread->abort();
        }
    }
    while (!polling_has_ended()) {
        co_await alarm_->wait_until(SteadyTime::max());
    }
    for (auto& thread : threads_) {
        thread->join();
        auto const status = thread->poller().status();
        report_.failed_feeds += status.failing_count;
        report_.feeds += status.feeds;
    }
}

Task<void> Daemon::stop_delivering() {
    deliveries_.drain();
    TaskGroup timer{context_.get_executor()};
    timer.spawn(cut_deliveries_off());
    co_await deliveries_.wait();
    timer.cancel();
    co_await timer.wait();
}

// A sink's call that blocks on a worker can't be broken off: a pipe that nobody reads, a disk that is gone.
// The process then ends without it, as if killed; what the sink has not confirmed comes again at the next
// start.
Task<void> Daemon::cut_deliveries_off() {
    co_await services_.clock.sleep_for(plan_->settings().shutdown_timeout / 2);
    log::warn("Sinks did not take everything in time; the rest is kept for the next start");
    deliveries_.cancel();
    co_await services_.clock.sleep_for(kTimeToLetGo);
    log::warn("A sink does not let go; the program ends without it");
    chores_.cancel();
    co_await chores_.wait();
    (void)co_await services_.store.flush();
    std::_Exit(mode_ == PollMode::once ? 1 : 0);
}

Task<void> Daemon::listen_for_signals() {
    boost::asio::basic_signal_set<Executor> signals{context_.get_executor(), SIGINT, SIGTERM, SIGHUP};
    signals.add(SIGUSR1);
    auto const token = boost::asio::use_awaitable_t<Executor>{};
    for (;;) {
        auto const signal = co_await signals.async_wait(token);
        if (signal == SIGUSR1) {
            reopen_files();
            continue;
        }
        if (signal == SIGHUP) {
            co_await reload();
            continue;
        }
        log::info("Stopping", {{"signal", signal == SIGINT ? "SIGINT" : "SIGTERM"}});
        report_.interrupted = true;
        stop_wanted_ = true;
        alarm_->ring();
    }
}

// What a rotation from outside wants; a program that it must not send SIGHUP to gets SIGUSR1 by custom.
void Daemon::reopen_files() {
    log::reopen();
    deliveries_.reopen();
}

Task<void> Daemon::reload() {
    sd_notify_reloading();
    reopen_files();
    co_await read_again();
    sd_notify("READY=1");
}

Task<void> Daemon::read_again() {
    if (services_.read_again && mode_ == PollMode::keep_going) {
        auto read = services_.read_again;
        auto outcome = co_await workers_.run(read);
        if (auto* mistakes = std::get_if<config::Mistakes>(&outcome)) {
            for (auto const& mistake : *mistakes) {
                log::error("The new configuration is refused, the old one stays",
                           {{"mistake", mistake.text()}});
            }
        } else {
            co_await take_over(std::move(std::get<config::Configuration>(outcome)));
        }
    }
}

Task<void> Daemon::take_over(config::Configuration configuration) {
    for (auto const& warning : configuration.warnings) {
        log::warn("Configuration", {{"warning", warning.text()}});
    }
    if (configuration.settings.state_dir != plan_->settings().state_dir) {
        log::warn("A new state_dir takes effect at the next start",
                  {{"state_dir", configuration.settings.state_dir}});
    }
    plan_ = std::make_shared<Plan const>(std::move(configuration.settings));
    start_log(plan_->settings().log);
    keeper_.adopt(plan_->settings().outbox);
    lists_.adopt(plan_);
    co_await deliveries_.apply(*plan_);
    auto assignments = co_await assign(services_.store, plan_, threads_.size(), mode_, services_.clock.now());
    if (!assignments) {
        log::error("The feeds could not be taken over", {{"reason", assignments.error().message()}});
        co_return;
    }
    for (std::size_t i = 0; i < threads_.size(); ++i) {
        threads_[i]->adopt(plan_, std::move((*assignments)[i]));
    }
    subscriptions_.adopt(plan_);
    log::info("Reloaded", {{"feeds", plan_->feeds().size()}, {"sinks", plan_->settings().sinks.size()}});
}

}  // namespace newswired::daemon
