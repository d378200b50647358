// Push subscriptions at work (WebSub): asks hubs, answers them on the call-back, hands on what they push.
//
//     passes ── polled() ──▶ book ── due ──▶ hub          (subscription_book.hpp decides)
//     hub ── GET call-back/token ──▶ book: the challenge, or 404
//     hub ── POST call-back/token ──▶ signature ──▶ the feed's I/O thread ──▶ 2xx once it is stored
//
// Belongs to the main thread, but for live() and polled().  Without a listener no hub is asked, and nothing
// but polling goes on.

#pragma once

#include "core/alarm.hpp"
#include "core/clock.hpp"
#include "core/task_group.hpp"
#include "core/worker_pool.hpp"
#include "daemon/plan.hpp"
#include "daemon/push_status.hpp"
#include "daemon/pushes.hpp"
#include "daemon/subscription_book.hpp"
#include "http/client.hpp"
#include "http/server.hpp"
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
    std::function<Task<PushOutcome>(FeedId, PushedDocument)> push;
    /// The feed is to be polled as if it had no hub.
    std::function<void(FeedId)> hasten;
    feeds::websub::Chance chance;
};

/// Chance as it is outside of tests.
feeds::websub::Chance real_chance();

class Subscriptions final : public Pushes, private http::Service {
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
    std::optional<http::ServerResponse> refuse(http::ServerRequest const& head) override;
    Task<http::ServerResponse> answer(http::ServerRequest request) override;
    http::ServerResponse verify(std::string_view token, http::ServerRequest const& request);
    Task<http::ServerResponse> take(FeedId feed, http::ServerRequest request);
    Task<bool> is_signed(FeedId feed, http::ServerRequest const& request);

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
    SharedPlan plan_;
    TaskGroup tasks_;
    std::unique_ptr<Alarm> alarm_;
    std::shared_ptr<http::Server> server_;
    config::Websub listening_as_;
    SteadyTime listen_again_{};
    std::string problem_;
    std::size_t asking_ = 0;
    std::uint64_t accepted_ = 0;
    std::uint64_t ignored_ = 0;
    bool is_saving_ = false;
    bool warned_of_http_ = false;
    bool stopping_ = false;
};

}  // namespace newswired::daemon
