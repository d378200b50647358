#include "daemon/feed_lists.hpp"

#include "config/feed_lists.hpp"
#include "core/spawn.hpp"
#include "daemon/private_file.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/scripted_client.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace newswired::daemon {
namespace {

constexpr char const* kUrl = "https://lists.example/feeds.opml";

class FeedListsTest : public testing::Test {
  protected:
    FeedListsTest() { start(); }

    /// As after a restart: only what is on the disk is known.
    void start() {
        config::Settings settings;
        settings.state_dir = folder_.path().string();
        settings.feed_lists = {kUrl};
        lists_ = std::make_unique<FeedLists>(
            context_.get_executor(),
            FeedLists::Services{.client = client_, .workers = workers_, .clock = clock_});
        lists_->adopt(std::make_shared<Plan const>(std::move(settings)));
    }
    void answer(std::uint16_t status, std::string body, std::string const& etag = {}) {
        http::Response response{.status = status, .body = std::move(body)};
        if (!etag.empty()) {
            response.fields.set("ETag", etag);
        }
        client_.answer_next(std::move(response));
    }
    bool refresh() {
        std::optional<bool> changed;
        spawn(context_.get_executor(), keep_result(lists_->refresh(), changed));
        while (!changed) {
            context_.restart();
            context_.run_for(std::chrono::milliseconds{50});
        }
        return *changed;
    }
    std::string copy() const {
        return read_private_file(config::list_copy_path(folder_.path().string(), kUrl));
    }
    std::string tag_sent() const { return std::string{client_.requests().back().fields["If-None-Match"]}; }

    test::TemporaryFolder folder_;
    test::FakeClock clock_;
    test::ScriptedClient client_;
    WorkerPool workers_{1};
    boost::asio::io_context context_{1};
    std::unique_ptr<FeedLists> lists_;
};

TEST_F(FeedListsTest, LayAGoodCopyIntoTheStateAndAskAgainHourlyWithItsTag) {
    answer(200, "https://example.org/a\n", "\"1\"");
    EXPECT_TRUE(refresh());
    EXPECT_EQ(copy(), "https://example.org/a\n");
    clock_.advance(std::chrono::minutes{59});
    EXPECT_FALSE(refresh());
    EXPECT_EQ(client_.requests().size(), 1u);

    start();
    clock_.advance(std::chrono::minutes{10});
    answer(304, "");

    EXPECT_FALSE(refresh());
    EXPECT_EQ(tag_sent(), "\"1\"");
}

TEST_F(FeedListsTest, AreReadBehindARedirectThatAsksToWait) {
    http::Response later{.status = 302};
    later.fields.set("Location", "https://lists.example/elsewhere.opml");
    later.fields.set("Retry-After", "60");
    client_.answer_next(later);
    EXPECT_FALSE(refresh());
    EXPECT_EQ(client_.requests().back().redirect_delay, http::RedirectDelay::obey);

    clock_.advance(seconds{61});
    answer(200, "https://example.org/a\n");

    EXPECT_TRUE(refresh());
    EXPECT_EQ(client_.requests().back().redirect_delay, http::RedirectDelay::waited);
}

TEST_F(FeedListsTest, KeepTheLastGoodCopyWhateverComes) {
    answer(200, "https://example.org/a\n", "\"1\"");
    ASSERT_TRUE(refresh());
    for (auto const* body : {"<html>Log in</html>", "", "<opml><body/></opml>"}) {
        clock_.advance(std::chrono::hours{30});
        answer(200, body, "\"2\"");
        EXPECT_FALSE(refresh()) << body;
        EXPECT_EQ(tag_sent(), "\"1\"") << "the tag of what is no list is not kept";
    }
    clock_.advance(std::chrono::hours{30});
    client_.answer_next(http::errc::name_not_found);
    EXPECT_FALSE(refresh());
    EXPECT_EQ(copy(), "https://example.org/a\n");
}

TEST_F(FeedListsTest, TellOfAChangeOnlyWhenThereIsOne) {
    answer(200, "https://example.org/a\n");
    ASSERT_TRUE(refresh());
    clock_.advance(std::chrono::hours{2});
    answer(200, "https://example.org/a\n");
    EXPECT_FALSE(refresh());
    clock_.advance(std::chrono::hours{2});
    answer(200, "https://example.org/b\n");
    EXPECT_TRUE(refresh());
}

TEST_F(FeedListsTest, AskAnewWhenTheCopyIsGone) {
    answer(200, "https://example.org/a\n", "\"1\"");
    ASSERT_TRUE(refresh());
    std::filesystem::remove(config::list_copy_path(folder_.path().string(), kUrl));
    start();
    answer(200, "https://example.org/a\n", "\"1\"");

    EXPECT_TRUE(refresh());
    EXPECT_EQ(tag_sent(), "");
}

}  // namespace
}  // namespace newswired::daemon
