// What the tests of passes share: a house with a scripted network, a clock turned by hand and a store in
// memory, in which real passes read the documents that a test wrote.

#pragma once

#include "core/spawn.hpp"
#include "core/worker_pool.hpp"
#include "daemon/delivery/record.hpp"
#include "daemon/explain.hpp"
#include "daemon/pass/feed_pass.hpp"
#include "storage/memory_store.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/rss.hpp"
#include "tests/support/scripted_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace newswired::daemon {

class PassTest : public testing::Test {
  protected:
    using Names = std::vector<std::string>;
    static inline std::string const kFeed = "https://news.example/feed.xml";

    PassTest() {
        store_ = storage::open_memory_store({}, disk_, clock_).value();
        clock_.stand_still_while([this] { return workers_.is_busy(); });
    }

    /// Feed 0 is kFeed with the defaults, unless a test adds others first.
    void add_feed(std::string const& url, config::FeedOptions const& options = {},
                  std::string const& name = {}) {
        settings_.feeds.add(url, name, options);
    }

    /// What is to be done with `settings_`, `steps_` … counts from the next pass on, as after a reload.
    void reload() { plan_.reset(); }

    SharedPlan plan() {
        if (settings_.feeds.size() == 0) {
            settings_.feeds.add(kFeed);
        }
        if (!plan_) {
            plan_ = std::make_shared<Plan const>(settings_, steps_);
        }
        return plan_;
    }

    /// Runs `task` to its end, moving time on as it sleeps, for a day at most.
    template <typename T>
    T run(Task<T> task) {
        std::optional<T> value;
        std::exception_ptr failure;
        spawn(context_->get_executor(), keep_result(std::move(task), value),
              [&](std::exception_ptr error) { failure = error; });
        clock_.run(*context_, std::chrono::hours{24});
        if (failure) {
            std::rethrow_exception(failure);
        }
        if (!value) {
            context_ = std::make_unique<Context>();  // as when the process dies
            throw std::logic_error{"the task never ended"};
        }
        return std::move(*value);
    }

    /// One pass over a feed, with whatever answer is scripted for it; then an hour goes by.
    PassReport pass_over(std::size_t feed = 0) {
        std::vector<FeedId> const ids{plan()->feeds().id(feed)};
        auto records = run(store_->feeds(ids)).value();
        PassServices const services{
            .client = client_, .store = *store_, .workers = workers_, .clock = clock_, .pages = pages_};
        auto report = run(pass(services, plan(), feed, std::move(records.front()), {}));
        clock_.advance(std::chrono::hours{1});
        return report;
    }

    /// One pass that gets `document`.
    PassReport read(std::string document, std::size_t feed = 0) {
        http::Response response;
        response.body = std::move(document);
        client_.answer_next(std::move(response));
        return pass_over(feed);
    }

    PassReport read(std::vector<test::RssItem> const& items, std::size_t feed = 0) {
        return read(test::rss(items), feed);
    }

    std::vector<storage::OutboxEntry> told() {
        return run(store_->read(0, 100'000, std::size_t{1} << 30)).value();
    }

    /// All records that a sink would get, in order.
    std::vector<boost::json::object> records() {
        std::vector<boost::json::object> all;
        for (auto const& entry : told()) {
            all.push_back(boost::json::parse(record_json(entry, store_->log())).as_object());
        }
        return all;
    }

    /// Titles of all that was told, in order; updates as "title (2)".
    Names titles() {
        Names all;
        for (auto const& record : records()) {
            auto const revision = record.at("revision").as_int64();
            auto const* const title = record.at("title").if_string();
            all.push_back(std::string{title != nullptr ? *title : "(untitled)"} +
                          (revision > 1 ? " (" + std::to_string(revision) + ")" : ""));
        }
        return all;
    }

    std::string explained(std::string const& what) {
        auto const answer = run(explain(*store_, plan(), what, clock_.now()));
        return answer.out + answer.err;
    }

    static std::string text(boost::json::object const& record, char const* member) {
        return std::string{record.at(member).as_string()};
    }

    struct Context : boost::asio::io_context {
        Context() : boost::asio::io_context{1} {}
        // With a timer it waits in epoll: without, a worker signals it after it may be gone.
        boost::asio::steady_timer reactor{*this};
    };

    test::FakeClock clock_;
    test::ScriptedClient client_;
    storage::MemoryDisk disk_;
    std::unique_ptr<storage::Store> store_;
    WorkerPool workers_{1};
    Pages* pages_ = nullptr;
    config::Settings settings_;
    std::span<articles::Step const> steps_ = articles::cleaning_steps();
    SharedPlan plan_;
    // Last: what still runs in it goes before what it uses.
    std::unique_ptr<Context> context_ = std::make_unique<Context>();
};

}  // namespace newswired::daemon
