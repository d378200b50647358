#include "daemon/hubs/subscriptions.hpp"

#include "core/hash.hpp"
#include "core/log.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "http/redirect.hpp"
#include "http/retry_after.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <random>
#include <utility>

namespace newswired::daemon {
namespace {

namespace websub = feeds::websub;

constexpr std::size_t kMaxHubRequests = 8;  // at once, at different hubs
constexpr unsigned kMaxHubRedirects = 3;
constexpr milliseconds kListenPause{30'000};  // until a port that is taken is tried again
constexpr milliseconds kStorePause{5'000};
constexpr std::size_t kMaxReason = 120;
constexpr std::size_t kTokenBytes = 24;

std::string reason_of(http::Response const& response) {
    auto const type = response.fields["Content-Type"];
    auto const is_text = type.empty() || starts_with_ignoring_case(type, "text/plain");
    return is_text ? collapse_space(std::string_view{response.body}.substr(0, kMaxReason)) : std::string{};
}

}  // namespace

websub::Chance real_chance() {
    return {.word = [] { return to_hex(random_bytes(kTokenBytes)); },
            .fraction =
                [] {
                    thread_local std::minstd_rand generator{std::random_device{}()};
                    return std::uniform_real_distribution{0.0, 1.0}(generator);
                }};
}

Subscriptions::Subscriptions(Executor executor, SubscriptionServices services)
    : executor_{executor},
      services_{std::move(services)},
      book_{services_.chance},
      callback_{book_, services_.workers, services_.clock, services_.push, [this] { alarm_->ring(); }},
      tasks_{executor},
      alarm_{services_.clock.alarm(executor)} {}

Subscriptions::~Subscriptions() = default;

Task<void> Subscriptions::load(SharedPlan plan) {
    auto const records = co_await services_.store.subscriptions();
    if (records) {
        book_.load(*records, services_.clock.now());
    } else {
        log::warn("Subscriptions at hubs can't be read; they are made anew",
                  {{"reason", records.error().message()}});
    }
    adopt(std::move(plan));
}

void Subscriptions::adopt(SharedPlan plan) {
    plan_ = std::move(plan);
    auto const& settings = plan_->settings();
    auto const is_wanted = [this](FeedId id) {
        auto const feed = plan_->feeds().find(id);
        return feed && plan_->feeds().options(*feed).websub;
    };
    book_.adopt({.callback = settings.websub.callback,
                 .lease = settings.websub.lease,
                 .backoff_base = settings.fetch.backoff_base,
                 .backoff_max = settings.fetch.backoff_max},
                is_wanted, services_.clock.now());
    listen_again_ = {};
    alarm_->ring();
}

void Subscriptions::polled(PolledFeed poll) {
    boost::asio::post(executor_, [this, poll = std::move(poll)] {
        book_.polled(poll);
        alarm_->ring();
    });
}

void Subscriptions::stop() {
    stopping_ = true;
    if (server_) {
        server_->stop();
    }
    alarm_->ring();
}

// Farewells need the call-back too: a hub asks whether it may really end a subscription.
bool Subscriptions::wants_to_listen() const {
    auto const& websub = plan_->settings().websub;
    return (websub.wanted || !book_.empty()) && !websub.callback.empty();
}

void Subscriptions::keep_listening(SteadyTime now) {
    auto const& websub = plan_->settings().websub;
    if (server_ && (!wants_to_listen() || listening_as_.listen != websub.listen)) {
        server_->stop();
        server_.reset();
    }
    if (server_ || !wants_to_listen() || now < listen_again_) {
        return;
    }
    http::ServerLimits limits;
    limits.request.body_max = plan_->settings().fetch.max_body;
    limits.buffered_max = std::max(limits.buffered_max, 2 * limits.request.body_max);
    auto server =
        std::make_shared<http::Server>(executor_, services_.clock, websub.listen, callback_, limits);
    auto const opened = server->open();
    if (!opened) {
        if (problem_.empty()) {
            log::error("Hubs can't reach us; feeds are polled as usual",
                       {{"listen", websub.listen}, {"reason", opened.error().message()}});
        }
        problem_ = "can't listen at " + websub.listen + ": " + opened.error().message();
        listen_again_ = now + kListenPause;
        return;
    }
    problem_.clear();
    listening_as_ = websub;
    server_ = std::move(server);
    tasks_.spawn(serve(server_));
    log::info("Listening for hubs", {{"listen", websub.listen}, {"callback", websub.callback}});
}

Task<void> Subscriptions::serve(std::shared_ptr<http::Server> server) {
    co_await server->run();
}

SteadyTime Subscriptions::next_wake() const {
    auto const now = services_.clock.steady_now();
    if (!server_) {
        return wants_to_listen() ? std::max(listen_again_, now) : SteadyTime::max();
    }
    auto const wake = book_.next_wake();
    if (wake == SystemTime::max() || asking_ >= kMaxHubRequests) {
        return SteadyTime::max();
    }
    // The wall clock may jump: it is looked at again now and then.
    constexpr milliseconds kLongest{60'000};
    auto const ahead = std::clamp<milliseconds>(wake - services_.clock.now(), milliseconds{0}, kLongest);
    return now + ahead;
}

void Subscriptions::note_changes() {
    for (auto const feed : book_.take_lost()) {
        services_.hasten(feed);
    }
    if (is_saving_) {
        return;  // one write at a time, so that the newest is the last
    }
    auto changes = book_.take_changes();
    if (!changes.empty()) {
        is_saving_ = true;
        tasks_.spawn(keep(std::move(changes)));
    }
}

Task<void> Subscriptions::keep(std::vector<storage::SubscriptionRecord> changes) {
    for (auto const& change : changes) {
        for (;;) {
            auto const kept = co_await services_.store.keep_subscription(change);
            if (kept || kept.error() == storage::errc::closed || stopping_) {
                break;
            }
            co_await services_.clock.sleep_for(kStorePause);
        }
    }
    is_saving_ = false;
    alarm_->ring();
}

Task<void> Subscriptions::run() {
    try {
        while (!stopping_) {
            keep_listening(services_.clock.steady_now());
            if (server_ && asking_ < kMaxHubRequests) {
                for (auto& request : book_.take_due(services_.clock.now(), kMaxHubRequests - asking_)) {
                    ++asking_;
                    tasks_.spawn(ask(std::move(request)));
                }
            }
            note_changes();
            co_await alarm_->wait_until(next_wake());
        }
    } catch (boost::system::system_error const&) {
        // Cancelled.  Nothing of it is left when this returns.
    }
    auto const state = co_await boost::asio::this_coro::cancellation_state;
    co_await boost::asio::this_coro::reset_cancellation_state();
    if (state.cancelled() != boost::asio::cancellation_type::none) {
        tasks_.cancel();
    }
    co_await tasks_.wait();
    is_saving_ = false;
    note_changes();
    co_await tasks_.wait();
}

// 307 and 308 alone keep a POST one (RFC 9110, 15.4.8); another redirect is no answer to a subscription.
Task<websub::HubAnswer> Subscriptions::send(websub::HubRequest const& hub_request) {
    std::string url = hub_request.hub;
    for (unsigned hop = 0;; ++hop) {
        http::Request request;
        request.url = url;
        request.method = http::Method::post;
        request.body = form_of(hub_request);
        request.redirects = http::Redirects::refuse;
        request.fields.add("Content-Type", "application/x-www-form-urlencoded");
        request.fields.add("Accept", "*/*");
        auto const response = co_await services_.client.send(std::move(request));
        if (!response) {
            co_return websub::HubAnswer{.reason = response.error().message()};
        }
        auto const keeps_method = response->status == 307 || response->status == 308;
        auto const from = http::parse_url(url);
        if (keeps_method && from && hop < kMaxHubRedirects) {
            if (auto const target = http::redirect_target(*from, *response)) {
                url = target->text();
                continue;
            }
        }
        co_return websub::HubAnswer{
            .status = response->status,
            .reason = reason_of(*response),
            .retry_after = http::retry_after(response->fields, services_.clock.now())};
    }
}

Task<void> Subscriptions::ask(SubscriptionBook::Request request) {
    auto const& wanted = request.request;
    if (!wanted.secret.empty() && starts_with_ignoring_case(wanted.hub, "http:") &&
        !std::exchange(warned_of_http_, true)) {
        log::warn("A hub is asked without TLS: whoever listens on the way can forge what it pushes",
                  {{"hub", wanted.hub}});
    }
    auto const answer = co_await send(wanted);
    auto const is_subscription = wanted.mode == websub::Mode::subscribe;
    log::debug(
        is_subscription ? "Asked a hub for a subscription" : "Asked a hub to end a subscription",
        {{"hub", wanted.hub}, {"topic", wanted.topic}, {"status", answer.status}, {"reason", answer.reason}});
    --asking_;
    book_.answered(request, answer, services_.clock.now());
    alarm_->ring();
}

PushStatus Subscriptions::status() const {
    return {.wanted = plan_ && wants_to_listen(),
            .problem = problem_,
            .counts = book_.counts(services_.clock.now()),
            .accepted = callback_.accepted(),
            .ignored = callback_.ignored()};
}

}  // namespace newswired::daemon
