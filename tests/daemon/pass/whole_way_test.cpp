// Passes over the real client, down to sockets: what only the way of a whole poll shows.

#include "daemon/pass/feed_pass.hpp"
#include "http/beast_client.hpp"
#include "storage/memory_store.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/rss.hpp"
#include "tests/support/task_runner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace newswired::daemon {
namespace {

using test::LoopbackServer;
using testing::HasSubstr;

class WholeWayTest : public testing::Test {
  protected:
    WholeWayTest() {
        http::BeastClientOptions options;
        options.allow_addresses = {"127.0.0.0/16"};
        options.clock = &clock_;
        auto const lookup = [this](std::string const&) -> Result<http::Addresses> {
            ++lookups_;
            return http::Addresses{boost::asio::ip::make_address(address_)};
        };
        client_ = std::make_unique<http::BeastClient>(
            runner_.context().get_executor(), http::make_shared_network("", lookup), std::move(options));
        store_ = storage::open_memory_store({}, disk_, clock_).value();
    }

    /// Polls the feed of that path at a name that stands for `address_`; then hours go by, so that neither
    /// the connection nor the address is kept.
    PassReport pass_over(std::string const& path) {
        config::Settings settings;
        settings.feeds.add(server_.url_of("news.example", path));
        auto const plan = std::make_shared<Plan const>(settings);
        std::vector<FeedId> const ids{plan->feeds().id(0)};
        auto records = runner_.run(store_->feeds(ids)).value();
        PassServices const services{
            .client = *client_, .store = *store_, .workers = workers_, .clock = clock_};
        auto report = runner_.run(pass(services, plan, 0, std::move(records.front()), {}));
        clock_.advance(std::chrono::hours{2});
        state_ = feeds::decode_feed_state(report.record.state);
        return report;
    }

    test::FakeClock clock_;
    test::TaskRunner runner_;
    storage::MemoryDisk disk_;
    std::unique_ptr<storage::Store> store_;
    WorkerPool workers_{1};
    LoopbackServer server_;
    std::string address_ = "127.0.0.1";  // while no lookup is under way
    std::atomic<int> lookups_{0};
    std::unique_ptr<http::BeastClient> client_;
    feeds::FeedState state_;
};

TEST_F(WholeWayTest, ANameThatMovesToARefusedAddressIsNotFollowedThere) {
    LoopbackServer inner{nullptr, "127.66.0.1"};
    server_.answer("/feed", LoopbackServer::ok(test::rss({test::article("a")}), "ETag: \"1\"\r\n"));
    ASSERT_EQ(pass_over("/feed").error, "");
    address_ = "127.66.0.1";

    auto const report = pass_over("/feed");

    EXPECT_EQ(lookups_, 2);
    EXPECT_EQ(report.error, make_error_code(http::errc::address_refused).message());
    EXPECT_EQ(server_.requests().size(), 1u);
    EXPECT_EQ(inner.connections(), 0u);
    EXPECT_EQ(state_.validators.etag, "\"1\"") << "it may come back";

    address_ = "127.0.0.1";
    EXPECT_EQ(pass_over("/feed").error, "");
    EXPECT_EQ(server_.requests().back().field("If-None-Match"), "\"1\"");
}

TEST_F(WholeWayTest, ARedirectToARefusedAddressIsNotFollowed) {
    LoopbackServer inner{nullptr, "127.66.0.1"};
    server_.answer("/feed", LoopbackServer::redirect(301, inner.url("/feed")));

    auto const report = pass_over("/feed");

    EXPECT_EQ(report.error, make_error_code(http::errc::address_refused).message());
    EXPECT_EQ(inner.connections(), 0u);
    EXPECT_EQ(state_.address.sightings, 0u);
}

// Alt-Svc (RFC 7838) names another way to the same answer, which nobody has to take.
TEST_F(WholeWayTest, AnAlternativeServiceIsLeftAlone) {
    LoopbackServer other;
    server_.answer("/feed", LoopbackServer::ok(test::rss({test::article("a")}),
                                               "Alt-Svc: http/1.1=\":" + std::to_string(other.port()) +
                                                   "\"; ma=86400; persist=1\r\n"));

    EXPECT_EQ(pass_over("/feed").fresh, 1u);
    EXPECT_EQ(pass_over("/feed").error, "");

    EXPECT_EQ(server_.requests().size(), 2u);
    EXPECT_EQ(other.connections(), 0u);
    EXPECT_EQ(state_.address.target, "");
}

}  // namespace
}  // namespace newswired::daemon
