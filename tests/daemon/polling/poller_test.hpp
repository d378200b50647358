// What the tests of pollers share: a poller with a scripted network, a clock turned by hand, and hubs that
// the test plays.

#pragma once

#include "core/completion.hpp"
#include "core/task_group.hpp"
#include "daemon/hubs/pushes.hpp"
#include "daemon/polling/poller.hpp"
#include "tests/daemon/pass/pass_test.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newswired::daemon {

class PollerTest : public PassTest {
  protected:
    ~PollerTest() override {
        if (poller_) {
            poller_->stop();
            poller_->abort();
            let(milliseconds{0});
        }
        running_.reset();
    }

    /// Adds a feed that is polled every ten minutes and holds one article.
    void serve(std::string const& url) {
        config::FeedOptions options;
        options.interval = std::chrono::minutes{10};
        add_feed(url, options);
        http::Response response;
        response.body = test::rss({test::article(url)});
        client_.answer(url, std::move(response));
    }

    void prepare(PollMode mode) {
        mode_ = mode;
        PassServices const services{.client = *network_,
                                    .store = *store_,
                                    .workers = workers_,
                                    .clock = clock_,
                                    .pushes = pushes_,
                                    .pages = pages_};
        poller_.emplace(context_->get_executor(), services, mode, max_in_flight_);
    }
    void go() {
        adopt();
        running_.emplace(context_->get_executor());
        running_->spawn(poller_->run());
        let(milliseconds{0});
    }
    void start(PollMode mode) {
        prepare(mode);
        go();
    }
    /// Hands the feeds of the plan to the poller, due at once.
    void adopt() {
        std::vector<Assignment> all;
        for (std::uint32_t feed = 0; feed < plan()->feeds().size(); ++feed) {
            all.push_back({.feed = feed});
        }
        poller_->adopt(plan(), all);
    }
    void let(milliseconds span) {
        auto const end = clock_.steady_now() + span;
        clock_.run(*context_, span);
        clock_.advance(std::chrono::ceil<milliseconds>(end - clock_.steady_now()));
        clock_.run(*context_, milliseconds{0});
    }
    bool has_ended() const { return running_->size() == 0; }

    std::map<std::string, int> asked() const {
        std::map<std::string, int> counts;
        for (auto const& request : client_.requests()) {
            ++counts[request.url];
        }
        return counts;
    }

    PollMode mode_{};
    std::size_t max_in_flight_ = 16;
    Pushes* pushes_ = nullptr;
    http::Client* network_ = &client_;
    std::optional<Poller> poller_;
    std::optional<TaskGroup> running_;
};

// A hub's part, played by the test.
class ScriptedPushes final : public Pushes {
  public:
    bool live(FeedId) const override { return live_; }
    void polled(PolledFeed poll) override { polls_.push_back(std::move(poll)); }

    bool live_ = false;
    std::vector<PolledFeed> polls_;
};

// A network that takes its time.
class SlowClient final : public http::Client {
  public:
    SlowClient(http::Client& client, Clock& clock) : client_{client}, clock_{clock} {}
    Task<Result<http::Response>> send(http::Request request) override {
        co_await clock_.sleep_for(seconds{10});
        co_return co_await client_.send(std::move(request));
    }

  private:
    http::Client& client_;
    Clock& clock_;
};

class PushedPollerTest : public PollerTest {
  protected:
    static inline std::string const kPushed = "https://a.example/1";

    ~PushedPollerTest() override {
        if (poller_) {
            poller_->stop();
            poller_->abort();
            let(milliseconds{0});
        }
        running_.reset();
        poller_.reset();
    }

    void begin() {
        config::FeedOptions options;
        options.interval = std::chrono::minutes{10};
        options.websub = true;
        settings_.websub.wanted = true;
        add_feed(kPushed, options);
        serve_items({test::article("old")});
        pushes_ = &hub_;
        start(PollMode::keep_going);
    }
    void serve_items(std::vector<test::RssItem> const& items) {
        http::Response response;
        response.body = test::rss(items);
        response.fields.add("Link", "<https://hub.example/>; rel=hub");
        client_.answer(kPushed, std::move(response));
    }
    /// Pushes a document, and says what became of it once that is known.
    void push(std::string document) {
        Completion<PushOutcome> const answer;
        poller_->push(plan()->feeds().id(0), {.bytes = std::move(document)}, answer);
        waiting_->spawn(note(answer));
    }
    Task<void> note(Completion<PushOutcome> answer) { outcomes_.push_back(co_await answer.wait()); }

    ScriptedPushes hub_;
    std::vector<PushOutcome> outcomes_;
    std::optional<TaskGroup> waiting_{context_->get_executor()};
};

}  // namespace newswired::daemon
