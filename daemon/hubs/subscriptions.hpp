// Push subscriptions at work (WebSub): asks hubs, listens for them, stores what changes.
//
//     passes ── polled() ──▶ book ── due ──▶ hub ──▶ call-back ──▶ book      (subscription_book.hpp decides,
//                                                                           callback.hpp answers)
//
// Belongs to the main thread, but for live() and polled().  Without a listener no hub is asked, and nothing
// but polling goes on.

#pragma once

#include "core/alarm.hpp"
#include "core/clock.hpp"
#include "core/task_group.hpp"
#include "core/worker_pool.hpp"
#include "daemon/hubs/callback.hpp"
#include "daemon/hubs/push_status.hpp"
#include "daemon/hubs/pushes.hpp"
#include "daemon/hubs/subscription_book.hpp"
#include "daemon/plan.hpp"
#include "http/client.hpp"
#include "http/server/server.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace newswired::daemon {

/// What subscriptions work with; all of it outlives them.
struct SubscriptionServices {
    http::Client& client;
    storage::Store& store;
    WorkerPool& workers;
    Clock& clock;
    /// Hands a document to the feed's I/O thread.
    HubCallback::Push push;
    /// The feed is to be polled as if it had no hub.
    std::function<void(FeedId)> hasten;
    feeds::websub::Chance chance;
};

/// Chance as it is outside of tests.
feeds::websub::Chance real_chance();

class Subscriptions final : public Pushes {
  public:
    Subscriptions(Executor executor, SubscriptionServices services);
    ~Subscriptions() override;

    /// Reads what was stored.  Before the first poll.
    Task<void> load(SharedPlan plan);
    /// The plan after a reload.
    void adopt(SharedPlan plan);
    /// Listens and asks until stop(), and then until what is in hand has been answered.
    Task<void> run();
    void stop();

    bool live(FeedId feed) const override { return book_.live(feed); }
    void polled(PolledFeed poll) override;

    PushStatus status() const;
    /// The feed's subscription in words; empty when there is none.
    std::string in_words(FeedId feed) const { return book_.in_words(feed, services_.clock.now()); }
    /// The TCP port of the call-back; 0 when it does not listen.
    std::uint16_t port() const { return server_ ? server_->port() : std::uint16_t{0}; }

  private:
    void note_changes();
    void keep_listening(SteadyTime now);
    Task<void> serve(std::shared_ptr<http::Server> server);
    Task<void> ask(SubscriptionBook::Request request);
    Task<feeds::websub::HubAnswer> send(feeds::websub::HubRequest const& request);
    Task<void> keep(std::vector<storage::SubscriptionRecord> changes);
    bool wants_to_listen() const;
    SteadyTime next_wake() const;

    Executor executor_;
    SubscriptionServices services_;
    SubscriptionBook book_;
    HubCallback callback_;
    SharedPlan plan_;
    TaskGroup tasks_;
    std::unique_ptr<Alarm> alarm_;
    std::shared_ptr<http::Server> server_;
    config::Websub listening_as_;
    SteadyTime listen_again_{};
    std::string problem_;
    std::size_t asking_ = 0;
    bool is_saving_ = false;
    bool warned_of_http_ = false;
    bool stopping_ = false;
};

}  // namespace newswired::daemon
