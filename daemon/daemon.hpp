// The day of the daemon: starts everything in order, keeps it going, and ends it in the opposite order.
//
//     storage is open → cursors → I/O threads poll, deliveries deliver, the control socket answers → READY
//     SIGHUP: the configuration again, the old one kept on error; log and sink files opened anew
//     SIGUSR1: log and sink files opened anew, no more
//     SIGTERM, SIGINT: no new polls → what is in hand ends → sinks take what they can in time → the rest is
//     kept
//
// The main thread runs deliveries, control and signals; polling has threads of its own (io_thread.hpp).

#pragma once

#include "config/read.hpp"
#include "core/clock.hpp"
#include "core/task_group.hpp"
#include "core/worker_pool.hpp"
#include "daemon/control.hpp"
#include "daemon/delivery/deliveries.hpp"
#include "daemon/delivery/outbox_keeper.hpp"
#include "daemon/explain.hpp"
#include "daemon/feed_lists.hpp"
#include "daemon/hubs/subscriptions.hpp"
#include "daemon/io_thread.hpp"
#include "daemon/plan.hpp"
#include "daemon/status.hpp"
#include "storage/store.hpp"

#include <functional>
#include <memory>
#include <variant>
#include <vector>

namespace newswired::daemon {

/// What a daemon is made with; all references outlive it.
struct DaemonServices {
    storage::Store& store;
    Clock& clock;
    /// Makes clients: one for each I/O thread, one for the sinks.
    ClientFactory make_client;
    /// Reads the configuration again, for SIGHUP; none: SIGHUP only reopens files.
    std::function<std::variant<config::Configuration, config::Mistakes>()> read_again{};
    /// Writes what is worth keeping over a restart but may be lost; called now and then, on a worker.
    std::function<void()> save_memory{};
};

/// How a whole run ended.
struct DayReport {
    Totals totals{};
    std::size_t failed_feeds = 0;
    std::size_t feeds = 0;
    bool sinks_are_behind = false;
    bool interrupted = false;  ///< a signal ended once mode early
};

class Daemon {
  public:
    Daemon(DaemonServices services, SharedPlan plan, PollMode mode);
    ~Daemon();

    /// Runs until a signal, or in once mode until everything was asked and delivered.  Blocks.
    DayReport run();

    /// Called about ten times a second in once mode: feeds asked so far, feeds in all, totals.
    void on_progress(std::function<void(std::size_t, std::size_t, Totals)> observer) {
        progress_ = std::move(observer);
    }

  private:
    Task<void> day();
    Task<bool> start();
    Task<void> wait_for_the_end();
    Task<void> stop_listening();
    Task<void> stop_polling();
    Task<void> stop_delivering();
    Task<void> cut_deliveries_off();
    Task<void> listen_for_signals();
    Task<void> reload();
    void reopen_files();
    Task<void> read_again();
    Task<void> fetch_lists();
    Task<void> take_over(config::Configuration configuration);
    Task<void> watch_threads(milliseconds interval);
    Task<void> summarise();
    Task<void> save_now_and_then();
    Task<void> report_progress();
    Task<ControlAnswer> answer(ControlQuestion question);
    Task<Status> status();
    Task<FeedNow> feed_now(FeedId feed);
    Totals totals() const;
    SubscriptionServices subscription_services();
    IoThread* thread_of(FeedId feed);
    Task<PushOutcome> push(FeedId feed, PushedDocument document);
    bool polling_has_ended() const { return ended_threads_ == threads_.size(); }

    DaemonServices services_;
    SharedPlan plan_;
    PollMode mode_;
    SystemTime started_{};
    boost::asio::io_context context_{1};
    WorkerPool workers_;
    feeds::PollBudget budget_;
    std::unique_ptr<http::Client> sink_client_;
    PageDesks desks_;
    std::vector<std::unique_ptr<IoThread>> threads_;
    Deliveries deliveries_;
    OutboxKeeper keeper_;
    Subscriptions subscriptions_;
    std::unique_ptr<http::Client> list_client_;
    FeedLists lists_;
    TaskGroup chores_;
    TaskGroup listening_;
    std::unique_ptr<Alarm> alarm_;
    std::size_t ended_threads_ = 0;
    bool stop_wanted_ = false;
    std::function<void(std::size_t, std::size_t, Totals)> progress_;
    DayReport report_;
};

}  // namespace newswired::daemon
