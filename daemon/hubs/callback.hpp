// The call-back of hubs (WebSub): what is said to a token's address is checked against the book.
//
//     GET  …/token?hub.mode=…  ──▶ the book agrees: 200 and the challenge; else 404
//     POST …/token  document   ──▶ signature ──▶ the feed's I/O thread ──▶ 202 once it is stored, 503 if not
//
// Spec: W3C WebSub (2018), 5.2, 5.3, 7.

#pragma once

#include "core/clock.hpp"
#include "core/worker_pool.hpp"
#include "daemon/hubs/pushes.hpp"
#include "daemon/hubs/subscription_book.hpp"
#include "http/server/server.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace newswired::daemon {

class HubCallback final : public http::Service {
  public:
    /// Hands a document to the feed's I/O thread.
    using Push = std::function<Task<PushOutcome>(FeedId, PushedDocument)>;

    /// `changed` is called when a hub changed something in the book.  All of it outlives the call-back.
    HubCallback(SubscriptionBook& book, WorkerPool& workers, Clock& clock, Push push,
                std::function<void()> changed);

    std::optional<http::ServerResponse> refuse(http::ServerRequest const& head) override;
    Task<http::ServerResponse> answer(http::ServerRequest request) override;

    /// Documents since the start: taken, and ignored because they were not signed as agreed or are no feed.
    std::uint64_t accepted() const { return accepted_; }
    std::uint64_t ignored() const { return ignored_; }

  private:
    http::ServerResponse verify(std::string_view token, http::ServerRequest const& request);
    Task<http::ServerResponse> take(FeedId feed, http::ServerRequest request);
    Task<bool> is_signed(FeedId feed, http::ServerRequest const& request);
    Task<PushOutcome> push_in_time(FeedId feed, PushedDocument document);

    SubscriptionBook& book_;
    WorkerPool& workers_;
    Clock& clock_;
    Push push_;
    std::function<void()> changed_;
    std::uint64_t accepted_ = 0;
    std::uint64_t ignored_ = 0;
};

}  // namespace newswired::daemon
