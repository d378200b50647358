#include "daemon/io_thread.hpp"

#include "core/hash.hpp"
#include "core/spawn.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <functional>
#include <utility>

namespace newswired::daemon {

IoThread::IoThread(ClientFactory const& make_client, storage::Store& store, WorkerPool& workers, Clock& clock,
                   feeds::PollBudget& budget, Pushes* pushes, PageDesks& desks, std::string agent,
                   PollMode mode, std::size_t max_in_flight)
    : clock_{clock}, client_{make_client(context_, max_in_flight)} {
    PassServices const services{.client = *client_,
                                .store = store,
                                .workers = workers,
                                .clock = clock,
                                .budget = &budget,
                                .pushes = pushes,
                                .pages = &desks};
    poller_ = std::make_unique<Poller>(context_.get_executor(), services, mode, max_in_flight);
    desk_ = std::make_unique<PageDesk>(context_.get_executor(), *client_, clock, poller_->turns(),
                                       std::move(agent));
    desks.add(context_.get_executor(), *desk_);
}

IoThread::~IoThread() = default;

Task<void> IoThread::beat() {
    constexpr milliseconds kBeat{500};
    for (;;) {
        co_await clock_.sleep_for(kBeat);
        ++beats_;
        client_->close_stale_connections();
    }
}

Task<void> IoThread::run(std::function<void()> ended) {
    using namespace boost::asio::experimental::awaitable_operators;
    co_await (poller_->run() || beat());
    ended();
}

void IoThread::start(SharedPlan plan, std::vector<Assignment> feeds, std::function<void()> ended) {
    poller_->adopt(std::move(plan), feeds);
    spawn(context_.get_executor(), run(std::move(ended)));
    stay_.emplace(context_.get_executor());
    thread_ = std::thread{[this] { context_.run(); }};
}

void IoThread::adopt(SharedPlan plan, std::vector<Assignment> feeds) {
    boost::asio::post(context_, [this, plan = std::move(plan), feeds = std::move(feeds)]() mutable {
        poller_->adopt(std::move(plan), feeds);
    });
}

void IoThread::stop() {
    boost::asio::post(context_, [this] { poller_->stop(); });
}

void IoThread::abort() {
    boost::asio::post(context_, [this] { poller_->abort(); });
}

Task<PushOutcome> IoThread::push(FeedId feed, PushedDocument document) {
    Completion<PushOutcome> const answer;
    auto hand_over = [this, feed, answer, document = std::move(document)]() mutable {
        poller_->push(feed, std::move(document), answer);
    };
    boost::asio::post(context_, std::move(hand_over));
    co_return co_await answer.wait();
}

void IoThread::hasten(FeedId feed) {
    boost::asio::post(context_, [this, feed] { poller_->hasten(feed); });
}

void IoThread::join() {
    // Pages that other threads no longer wait for.
    boost::asio::post(context_, [this] { desk_->cancel(); });
    stay_.reset();
    if (thread_.joinable()) {
        thread_.join();
    }
}

namespace {

template <typename Answer>
Task<Answer> answer_here(std::function<Answer(Poller const&)> question, Poller const& poller) {
    co_return question(poller);
}

}  // namespace

// Asked on the poller's thread.
template <typename Answer>
Task<Answer> IoThread::ask(std::function<Answer(Poller const&)> question) {
    if (!thread_.joinable()) {
        co_return question(*poller_);  // it has ended: nobody else uses it, and nobody would answer there
    }
    auto const token = boost::asio::use_awaitable_t<Executor>{};
    auto answer = answer_here(std::move(question), *poller_);
    co_return co_await boost::asio::co_spawn(context_, std::move(answer), token);
}

Task<PollerStatus> IoThread::status() {
    std::function<PollerStatus(Poller const&)> question = [](Poller const& poller) {
        return poller.status();
    };
    return ask(std::move(question));
}

Task<SystemTime> IoThread::host_rests_until(std::string url) {
    std::function<SystemTime(Poller const&)> question = [host = host_hash(url)](Poller const& poller) {
        return poller.host_rests_until(host);
    };
    return ask(std::move(question));
}

}  // namespace newswired::daemon
