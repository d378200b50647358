#include "cli/discovery.hpp"

#include "core/spawn.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/scripted_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace newswired::cli {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

std::string rss(std::string const& title) {
    return "<rss version=\"2.0\"><channel><title>" + title +
           "</title><item><title>x</title></item></channel></rss>";
}

class DiscoveryTest : public testing::Test {
  protected:
    void serve(std::string const& url, std::string body, std::string const& effective_url = {}) {
        http::Response response{.body = std::move(body), .effective_url = effective_url};
        client_.answer(url, response);
    }
    Result<std::vector<FoundFeed>> find(std::string const& url) {
        std::optional<Result<std::vector<FoundFeed>>> outcome;
        spawn(context_.get_executor(), keep_result(discover(client_, clock_, url), outcome));
        clock_.run(context_, std::chrono::hours{1});
        return outcome.value();
    }

    boost::asio::io_context context_{1};
    test::FakeClock clock_;
    test::ScriptedClient client_;
};

TEST_F(DiscoveryTest, TellsOfAPageThatIsAFeedItself) {
    serve("https://news.example/feed", rss("Own\n title"));

    auto const found = find("news.example/feed");

    ASSERT_TRUE(found.has_value());
    EXPECT_THAT(*found, ElementsAre(FoundFeed{"https://news.example/feed", "rss-2.0", "Own title"}));
    EXPECT_EQ(client_.requests().size(), 1u);
}

TEST_F(DiscoveryTest, TellsOnlyOfWhatReallyIsAFeedAndOfEachOnce) {
    serve("https://news.example/", R"(<link rel=alternate type=application/rss+xml href=/a title="Linked">
<link rel=alternate type=application/rss+xml href=/broken>
<link rel=alternate type=application/atom+xml href=/b><a href=/page/rss>RSS</a>)");
    serve("https://news.example/a", rss(""), "https://feeds.example/a");
    serve("https://news.example/b", R"(<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title></feed>)");
    serve("https://news.example/page/rss", rss(""));
    serve("https://news.example/broken", "<html>no</html>");

    auto const found = find("https://news.example/");

    ASSERT_TRUE(found.has_value());
    EXPECT_THAT(*found, ElementsAre(FoundFeed{"https://feeds.example/a", "rss-2.0", "Linked"},
                                    FoundFeed{"https://news.example/b", "atom-1.0", "B"}));
}

TEST_F(DiscoveryTest, GuessesOnlyWhenNothingIsDeclared) {
    serve("https://news.example/", "<html><body>Hello</body></html>");
    serve("https://news.example/atom.xml", rss("Found"));

    auto const found = find("https://news.example/");

    ASSERT_TRUE(found.has_value());
    EXPECT_THAT(*found, ElementsAre(FoundFeed{"https://news.example/atom.xml", "rss-2.0", "Found"}));
    EXPECT_LE(client_.requests().size(), 10u);
}

TEST_F(DiscoveryTest, KnowsTheUsualPlatforms) {
    serve("https://github.com/owner/repo", "<html></html>");
    serve("https://github.com/owner/repo/releases.atom", rss("Releases"));
    serve("https://github.com/owner/repo/tags.atom", rss("Tags"));

    auto const found = find("https://github.com/owner/repo");

    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->size(), 2u);
}

TEST_F(DiscoveryTest, StopsAskingAtItsBound) {
    std::string page;
    for (int i = 0; i < 100; ++i) {
        page += "<link rel=alternate type=application/rss+xml href=/f" + std::to_string(i) + ">";
    }
    serve("https://news.example/", page);

    EXPECT_THAT(*find("https://news.example/"), IsEmpty());
    EXPECT_LE(client_.requests().size(), kMaxAsked);
}

TEST_F(DiscoveryTest, TriesPlainHttpForABareName) {
    serve("http://news.example", rss("Plain"));

    ASSERT_TRUE(find("news.example").has_value());
    EXPECT_EQ(find("https://nowhere.example/").error(), http::errc::connect_failed);
    EXPECT_EQ(find("ftp://news.example/").error(), http::errc::bad_url);
}

}  // namespace
}  // namespace newswired::cli
