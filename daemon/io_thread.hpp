// An I/O thread: an event loop with its own client and poller, and a beat by which the watchdog sees that it
// gets on.

#pragma once

#include "core/clock.hpp"
#include "core/task.hpp"
#include "core/worker_pool.hpp"
#include "daemon/polling/page_desk.hpp"
#include "daemon/polling/poller.hpp"
#include "http/client.hpp"
#include "storage/store.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace newswired::daemon {

/// Makes an HTTP client, which runs on `context` and has at most `connections_max` sockets; 0: no bound.
using ClientFactory = std::function<std::unique_ptr<http::Client>(boost::asio::io_context& context,
                                                                  std::size_t connections_max)>;

class IoThread {
  public:
    /// Everything passed in outlives the thread.  Its page desk is added to `desks`; `agent` is what
    /// robots.txt knows us by.
    IoThread(ClientFactory const& make_client, storage::Store& store, WorkerPool& workers, Clock& clock,
             feeds::PollBudget& budget, Pushes* pushes, PageDesks& desks, std::string agent, PollMode mode,
             std::size_t max_in_flight);
    /// join() must have been called, if start() was.
    ~IoThread();

    /// Starts polling `feeds`; `ended` is called on this thread when the poller has ended.
    void start(SharedPlan plan, std::vector<Assignment> feeds, std::function<void()> ended);
    void adopt(SharedPlan plan, std::vector<Assignment> feeds);
    void stop();
    void abort();
    void join();

    /// As Poller::push and hasten; awaited, called from any thread.
    Task<PushOutcome> push(FeedId feed, PushedDocument document);
    void hasten(FeedId feed);

    /// Rises as long as the thread's loop turns.
    std::uint64_t beats() const { return beats_; }
    /// The poller's status, asked on its thread; awaited from any.
    Task<PollerStatus> status();
    /// As the poller's, for the host of `url`; the same way.
    Task<SystemTime> host_rests_until(std::string url);
    Totals totals() const { return poller_->tally().totals(); }
    Poller& poller() { return *poller_; }

  private:
    Task<void> run(std::function<void()> ended);
    Task<void> beat();
    template <typename Answer>
    Task<Answer> ask(std::function<Answer(Poller const&)> question);

    boost::asio::io_context context_{1};
    Clock& clock_;
    std::unique_ptr<http::Client> client_;
    std::unique_ptr<Poller> poller_;
    std::unique_ptr<PageDesk> desk_;
    std::optional<boost::asio::executor_work_guard<Executor>> stay_;  // answers status() until join()
    std::atomic<std::uint64_t> beats_{0};
    std::thread thread_;
};

}  // namespace newswired::daemon
