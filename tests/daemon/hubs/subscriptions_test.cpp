#include "daemon/hubs/subscriptions.hpp"

#include "core/hash.hpp"
#include "storage/memory_store.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/scripted_client.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newswired::daemon {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr char const* kHub = "https://hub.example/";
constexpr char const* kFeed = "https://news.example/feed.xml";
constexpr char const* kTopic = "https://news.example/topic?a=b";

// The hub's requests come over a real socket; time and the way to hubs are scripted.
class SubscriptionsTest : public testing::Test {
  protected:
    SubscriptionsTest() {
        store_ = storage::open_memory_store({}, disk_, clock_).value();
        begin();
    }
    ~SubscriptionsTest() override { end(); }

    SharedPlan plan() const {
        config::Settings settings;
        settings.websub = {.enabled = true,
                           .wanted = wanted_,
                           .listen = "127.0.0.1:0",
                           .callback = "https://us.example/websub"};
        settings.feeds.add(kFeed, "", {.websub = wanted_});
        return std::make_shared<Plan const>(std::move(settings));
    }
    FeedId feed() const { return plan()->feeds().id(0); }

    void begin() {
        SubscriptionServices services{
            .client = client_,
            .store = *store_,
            .workers = workers_,
            .clock = clock_,
            .push = [this](FeedId, PushedDocument document) { return take(std::move(document)); },
            .hasten = [this](FeedId) { ++hastened_; },
            .chance = {.word = [this] { return "word" + std::to_string(++words_); },
                       .fraction = [] { return 0.5; }}};
        subscriptions_.emplace(context_.get_executor(), std::move(services));
        running_.emplace(context_.get_executor());
        running_->spawn(subscriptions_->load(plan()));
        pump();
        running_->spawn(subscriptions_->run());
        pump();
    }
    void end() {
        subscriptions_->stop();
        pump();
        running_->cancel();
        pump();
        running_.reset();
        subscriptions_.reset();
    }
    Task<PushOutcome> take(PushedDocument document) {
        pushed_.push_back(std::move(document.bytes));
        if (is_slow_) {
            co_await clock_.sleep_for(std::chrono::hours{1});
        }
        co_return outcome_;
    }

    void pump() {
        context_.restart();
        for (int i = 0; i < 50; ++i) {
            context_.poll();
        }
    }
    void poll(bool news = false) {
        subscriptions_->polled(
            {.feed = feed(), .links = {.hubs = {kHub}, .topic = kTopic}, .news = news, .at = clock_.now()});
        pump();
    }

    /// One request to the call-back, on a connection of its own: "200 body".
    std::string call(std::string const& head, std::string const& body = {}) {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(subscriptions_->port());
        inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
        auto const peer = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        EXPECT_EQ(::connect(peer, reinterpret_cast<sockaddr*>(&where), sizeof where), 0);
        auto const bytes = head + "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
                           "\r\n\r\n" + body;
        EXPECT_EQ(::send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL), ssize_t(bytes.size()));
        std::string all;
        auto const until = std::chrono::steady_clock::now() + seconds{60};
        while (std::chrono::steady_clock::now() < until) {
            pump();
            if (is_slow_) {
                clock_.advance(seconds{5});
            }
            char buffer[4096];
            auto const got = ::recv(peer, buffer, sizeof buffer, MSG_DONTWAIT);
            if (got == 0) {
                break;
            }
            all.append(buffer, std::size_t(std::max<ssize_t>(got, 0)));
        }
        ::close(peer);
        auto const end = all.find("\r\n\r\n");
        return end == std::string::npos ? all : all.substr(9, 3) + " " + all.substr(end + 4);
    }
    std::string verify(std::string const& topic = kTopic, std::string const& mode = "subscribe") {
        return call("GET " + path() + "?hub.mode=" + mode + "&hub.topic=" + escaped(topic) +
                    "&hub.challenge=c-1&hub.lease_seconds=864000 HTTP/1.1");
    }
    static std::string escaped(std::string const& text) {
        std::string out;
        for (char const c : text) {
            out += c == '?' || c == '=' || c == '&' ? "%" + to_hex({&c, 1}) : std::string{c};
        }
        return out;
    }
    std::string push(std::string const& body, std::string const& secret) {
        return call("POST " + path() + " HTTP/1.1\r\nX-Hub-Signature: sha256=" +
                        to_hex(hmac(HmacHash::sha256, secret, body)),
                    body);
    }
    /// The value of a field of the last form that a hub was sent.
    std::string sent(std::string const& name) const {
        auto const& form = client_.requests().back().body;
        auto const start = form.find(name + "=");
        if (start == std::string::npos) {
            return "";
        }
        auto const value = form.substr(start + name.size() + 1);
        return value.substr(0, value.find('&'));
    }
    std::string path() const {
        auto const callback = sent("hub.callback");
        return "/websub/" + callback.substr(callback.rfind("%2F") + 3);
    }
    void subscribe() {
        client_.answer(kHub, http::Response{.status = 202});
        poll();
        ASSERT_THAT(verify(), StartsWith("200"));
    }

    test::FakeClock clock_;
    boost::asio::io_context context_{1};
    test::ScriptedClient client_;
    storage::MemoryDisk disk_;
    std::unique_ptr<storage::Store> store_;
    WorkerPool workers_{1};
    bool wanted_ = true;
    bool is_slow_ = false;
    int words_ = 0;
    int hastened_ = 0;
    PushOutcome outcome_ = PushOutcome::stored;
    std::vector<std::string> pushed_;
    std::optional<Subscriptions> subscriptions_;
    std::optional<TaskGroup> running_;
};

TEST_F(SubscriptionsTest, AsksTheHubAndAnswersIt) {
    client_.answer(kHub, http::Response{.status = 202});

    poll();

    ASSERT_EQ(client_.requests().size(), 1u);
    auto const& request = client_.requests()[0];
    EXPECT_EQ(request.method, http::Method::post);
    EXPECT_EQ(request.fields["Content-Type"], "application/x-www-form-urlencoded");
    EXPECT_FALSE(request.address_is_trusted) << "who writes a feed says which hub is asked";
    EXPECT_FALSE(subscriptions_->live(feed()));
    EXPECT_EQ(verify(), "200 c-1");
    EXPECT_TRUE(subscriptions_->live(feed()));
    EXPECT_THAT(subscriptions_->in_words(feed()), HasSubstr("subscribed at"));
}

TEST_F(SubscriptionsTest, DoesNotAgreeToWhatItDidNotAskFor) {
    client_.answer(kHub, http::Response{.status = 202});
    poll();

    EXPECT_THAT(verify("https://foreign.example/"), StartsWith("404"));
    EXPECT_THAT(verify(kTopic, "unsubscribe"), StartsWith("404"));
    EXPECT_THAT(call("GET /websub/guessed?hub.mode=subscribe HTTP/1.1"), StartsWith("404"));
    EXPECT_THAT(call("POST /websub/guessed HTTP/1.1", "x"), StartsWith("404"));
    EXPECT_THAT(call("DELETE " + path() + " HTTP/1.1"), StartsWith("405"));
    EXPECT_FALSE(subscriptions_->live(feed()));
}

TEST_F(SubscriptionsTest, HandsOnWhatIsSigned) {
    subscribe();

    EXPECT_THAT(push("<rss/>", sent("hub.secret")), StartsWith("202"));

    EXPECT_THAT(pushed_, ElementsAre("<rss/>"));
    EXPECT_EQ(subscriptions_->status().accepted, 1u);
}

TEST_F(SubscriptionsTest, ChecksTheSignatureOfALargeDocument) {
    subscribe();
    std::string const large(1'000'000, 'x');

    // The worker needs real time.
    EXPECT_THAT(push(large, sent("hub.secret")), StartsWith("202"));

    EXPECT_THAT(pushed_, ElementsAre(large));
}

TEST_F(SubscriptionsTest, IgnoresWhatIsNotSignedAsAgreed) {
    subscribe();

    EXPECT_THAT(push("<rss/>", "another secret"), StartsWith("202"));
    EXPECT_THAT(call("POST " + path() + " HTTP/1.1", "<rss/>"), StartsWith("202"));

    EXPECT_THAT(pushed_, IsEmpty());
    EXPECT_EQ(subscriptions_->status().ignored, 2u);
}

TEST_F(SubscriptionsTest, AsksForADocumentAgainThatWasNotStored) {
    subscribe();
    outcome_ = PushOutcome::refused;

    EXPECT_THAT(push("<rss/>", sent("hub.secret")), StartsWith("503"));
    EXPECT_EQ(subscriptions_->status().accepted, 0u);
}

TEST_F(SubscriptionsTest, DoesNotLetAHubWaitForEver) {
    subscribe();
    is_slow_ = true;

    EXPECT_THAT(push("<rss/>", sent("hub.secret")), StartsWith("503"));
}

TEST_F(SubscriptionsTest, FollowsAHubThatMovedWithItsMethod) {
    http::Response moved{.status = 308};
    moved.fields.add("Location", "https://new.example/hub");
    client_.answer(kHub, moved);
    client_.answer("https://new.example/hub", http::Response{.status = 202});

    poll();

    ASSERT_EQ(client_.requests().size(), 2u);
    EXPECT_EQ(client_.requests()[1].url, "https://new.example/hub");
    EXPECT_EQ(client_.requests()[1].method, http::Method::post);
    EXPECT_EQ(client_.requests()[1].body, client_.requests()[0].body);
}

TEST_F(SubscriptionsTest, SaysWhyAHubRefuses) {
    http::Response refusal{.status = 400, .body = "no such\ntopic"};
    client_.answer(kHub, refusal);

    poll();

    EXPECT_THAT(subscriptions_->in_words(feed()),
                AllOf(HasSubstr("status 400: no such topic"), HasSubstr("asked again in")));
    EXPECT_EQ(subscriptions_->status().counts.failing, 1u);
}

TEST_F(SubscriptionsTest, LiveOnAfterARestart) {
    subscribe();
    auto const secret = sent("hub.secret");
    end();

    begin();

    EXPECT_TRUE(subscriptions_->live(feed()));
    EXPECT_THAT(push("<rss/>", secret), StartsWith("202"));
    EXPECT_THAT(pushed_, ElementsAre("<rss/>"));
    EXPECT_EQ(client_.requests().size(), 1u) << "the hub is not asked again";
}

TEST_F(SubscriptionsTest, TakeLeaveOfAHubThatIsNoLongerWanted) {
    subscribe();
    auto const callback = path();
    wanted_ = false;

    subscriptions_->adopt(plan());
    pump();

    EXPECT_EQ(sent("hub.mode"), "unsubscribe");
    EXPECT_EQ(hastened_, 1);
    EXPECT_THAT(call("POST " + callback + " HTTP/1.1", "<rss/>"), StartsWith("410"));
    EXPECT_EQ(verify(kTopic, "unsubscribe"), "200 c-1");
    pump();
    EXPECT_EQ(subscriptions_->port(), 0) << "nobody needs the call-back any more";
}

TEST_F(SubscriptionsTest, PollsAreWantedAgainWhenTheHubMissedSomething) {
    subscribe();
    poll();
    clock_.advance(std::chrono::hours{1});
    poll(true);
    EXPECT_EQ(hastened_, 0);

    clock_.advance(std::chrono::minutes{3});
    pump();

    EXPECT_EQ(hastened_, 1);
    EXPECT_EQ(client_.requests().size(), 2u) << "and it is asked anew";
}

TEST_F(SubscriptionsTest, EndWhenTheyAreStopped) {
    subscribe();

    subscriptions_->stop();
    pump();

    EXPECT_EQ(running_->size(), 0u);
}

}  // namespace
}  // namespace newswired::daemon
