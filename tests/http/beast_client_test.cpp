#include "http/beast_client.hpp"

#include "http/dns/dns.hpp"
#include "http/socket.hpp"
#include "tests/support/dns_server.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/task_runner.hpp"

#include <gtest/gtest.h>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

namespace newswired::http {
namespace {

using test::LoopbackServer;
using Peer = LoopbackServer::Peer;
using Received = LoopbackServer::Received;

Result<Addresses> loopback_lookup(std::string const& host) {
    using boost::asio::ip::make_address;
    if (host == "private.example") {
        return Addresses{make_address("10.0.0.1")};
    }
    if (host == "both.example") {
        return Addresses{make_address("::1"), make_address("127.66.0.1"), make_address("127.0.0.1")};
    }
    if (host == "halfdead.example") {
        return Addresses{make_address("127.0.0.77"), make_address("127.0.0.1")};
    }
    if (host.ends_with(".example")) {
        return Addresses{make_address("127.0.0.1")};
    }
    return host == "busy.test" ? errc::name_lookup_failed : errc::name_not_found;
}

class BeastClientTest : public testing::Test {
  protected:
    BeastClientTest() {
        options_.allow_addresses = {"127.0.0.0/16"};
        // No busy machine makes one of them.  Tests in which time runs out have it run by clock_.
        options_.timeout = seconds{60};
        options_.total_timeout = seconds{120};
        options_.max_body = 1'000'000;
    }

    BeastClient& client() {
        if (!client_) {
            client_ = std::make_unique<BeastClient>(runner_.context().get_executor(), network_, options_);
        }
        return *client_;
    }
    Result<Response> get(std::string url) { return ask({.url = std::move(url)}); }
    Result<Response> ask(Request request) { return runner_.run(client().send(std::move(request))); }

    /// Asks each of them for "/".  Names are looked up by threads, in any order: requests to hosts that are
    /// known go their way in the order in which they are made.
    void get_to_know(std::initializer_list<char const*> hosts) {
        for (auto const* const host : hosts) {
            EXPECT_TRUE(get(server_.url_of(host, "/")).has_value()) << host;
        }
    }

    using Condition = std::function<bool()>;
    Condition asked(std::size_t times = 1) {
        return [this, times] { return server_.requests().size() >= times; };
    }
    static Task<void> until(Condition holds) {
        while (!holds()) {
            co_await boost::asio::post(boost::asio::use_awaitable_t<Executor>{});
        }
    }

    /// Servers may be silent for this long, but by clock_, which stands still unless time_passes().
    void give_up_after(milliseconds silence) {
        options_.clock = &clock_;
        options_.timeout = silence;
    }
    Task<void> time_passes(
        Condition from, Condition to = [] { return false; }) {
        co_await until(std::move(from));
        WakeUp moment{co_await boost::asio::this_coro::executor};
        while (!to()) {
            clock_.advance(options_.timeout);
            moment.expires_after(milliseconds{5});
            co_await moment.async_wait(kTuple);
        }
    }
    Result<Response> ask_while_time_passes(Request request, Condition from) {
        using namespace boost::asio::experimental::awaitable_operators;
        return std::get<0>(runner_.run(client().send(std::move(request)) || time_passes(std::move(from))));
    }

    test::TaskRunner runner_;
    test::FakeClock clock_;
    BeastClientOptions options_;
    std::shared_ptr<SharedNetwork> network_ = make_shared_network("", loopback_lookup);
    std::unique_ptr<BeastClient> client_;
    LoopbackServer server_;
};

TEST_F(BeastClientTest, BringsTheResponse) {
    server_.answer("/feed?a=%7e", LoopbackServer::ok("<rss/>", "ETag: \"1\"\r\n"));

    auto const response = get(server_.url("/feed?a=%7e#part"));

    ASSERT_TRUE(response.has_value()) << response.error().message();
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "<rss/>");
    EXPECT_EQ(response->fields["etag"], "\"1\"");
    EXPECT_EQ(response->effective_url, server_.url("/feed?a=%7e"));
    EXPECT_TRUE(response->hops.empty());
    EXPECT_GT(response->wire_bytes, response->body.size());
}

TEST_F(BeastClientTest, SendsEveryFieldOnce) {
    options_.user_agent = "reader/1 (+https://bot.example/about)";
    server_.answer("/", LoopbackServer::ok(""));
    Request request{.url = server_.url_of("News.example", "")};
    request.fields.add("If-None-Match", "\"x\"");
    request.fields.add("if-none-match", "\"y\"");
    request.fields.add("Host", "elsewhere.example");
    request.fields.add("X-Evil", "a\r\nX-Injected: b");

    ASSERT_TRUE(ask(request).has_value());

    auto const received = server_.requests().at(0);
    EXPECT_EQ(received.head, "GET / HTTP/1.1\r\nHost: news.example:" + std::to_string(server_.port()) +
                                 "\r\nUser-Agent: reader/1 (+https://bot.example/about)\r\n"
                                 "Accept: application/atom+xml, application/rss+xml, application/feed+json, "
                                 "application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, "
                                 "application/json;q=0.7, */*;q=0.1\r\n"
                                 "Accept-Encoding: gzip, deflate, br, zstd\r\n"
                                 "If-None-Match: \"x\", \"y\"\r\n\r\n");
}

TEST_F(BeastClientTest, SaysWhoItIs) {
    options_.contact = "https://bot.example/about";
    server_.answer("/", LoopbackServer::ok(""));

    ASSERT_TRUE(get(server_.url("/")).has_value());

    auto const name = server_.requests().at(0).field("User-Agent").value_or("");
    EXPECT_TRUE(name.starts_with("newswired/")) << name;
    EXPECT_TRUE(name.ends_with(" (+https://bot.example/about)")) << name;
}

TEST_F(BeastClientTest, LetsTheCallerReplaceWhatItAdds) {
    server_.answer("/", LoopbackServer::ok(""));
    Request request{.url = server_.url("/")};
    request.fields.set("user-agent", "mine/1");
    request.fields.set("Accept", "text/html");
    request.fields.set("Accept-Encoding", "identity");

    ASSERT_TRUE(ask(request).has_value());

    auto const received = server_.requests().at(0);
    EXPECT_EQ(received.field("user-agent"), "mine/1");
    EXPECT_EQ(received.field("User-Agent"), std::nullopt);
    EXPECT_EQ(received.field("Accept"), "text/html");
    EXPECT_EQ(received.field("Accept-Encoding"), "identity");
}

TEST_F(BeastClientTest, TurnsUserinfoIntoAuthorization) {
    server_.answer("/", LoopbackServer::ok(""));

    auto const response = get("http://us%65r:p%C3%A4ss%3A@127.0.0.1:" + std::to_string(server_.port()) + "/");

    ASSERT_TRUE(response.has_value());
    auto const received = server_.requests().at(0);
    EXPECT_EQ(received.field("Authorization"), "Basic dXNlcjpww6Rzczo=");
    EXPECT_EQ(received.line(), "GET / HTTP/1.1");
    EXPECT_EQ(received.field("Host"), "127.0.0.1:" + std::to_string(server_.port()));
    EXPECT_EQ(response->effective_url, server_.url("/"));
}

TEST_F(BeastClientTest, PostsABody) {
    server_.answer("/hook", LoopbackServer::ok("thanks"));
    Request request{.url = server_.url("/hook"), .method = Method::post, .body = std::string(300'000, 'x')};
    request.fields.set("Content-Type", "application/json");

    auto const response = ask(request);

    ASSERT_TRUE(response.has_value());
    auto const received = server_.requests().at(0);
    EXPECT_EQ(received.line(), "POST /hook HTTP/1.1");
    EXPECT_EQ(received.body, request.body);
}

TEST_F(BeastClientTest, KeepsTheConnectionForTheNextRequest) {
    server_.answer("/a", LoopbackServer::ok("a"));
    server_.answer("/b", "HTTP/1.1 304 Not Modified\r\n\r\n");

    EXPECT_EQ(get(server_.url("/a"))->body, "a");
    EXPECT_EQ(get(server_.url("/b"))->status, 304);
    EXPECT_EQ(get(server_.url("/a"))->body, "a");

    EXPECT_EQ(server_.connections(), 1u);
}

TEST_F(BeastClientTest, ClosesTheLongestIdleConnectionWhereANewOneHasNoPlace) {
    options_.connections_max = 2;
    server_.answer("/", LoopbackServer::ok("a"));
    auto const connections_after = [this](char const* host) {
        EXPECT_TRUE(get(server_.url_of(host, "/")).has_value()) << host;
        return server_.connections();
    };

    EXPECT_EQ(connections_after("a.example"), 1u);
    EXPECT_EQ(connections_after("b.example"), 2u);
    EXPECT_EQ(connections_after("c.example"), 3u);
    EXPECT_EQ(connections_after("b.example"), 3u) << "kept";
    EXPECT_EQ(connections_after("a.example"), 4u) << "closed for that to c.example";
}

TEST_F(BeastClientTest, LetsRequestsWaitWhileEveryConnectionIsBusy) {
    using namespace boost::asio::experimental::awaitable_operators;
    options_.connections_max = 1;
    give_up_after(milliseconds{200});
    server_.handle("/hang", [](Peer& peer, Received const&) { peer.hang(); });
    server_.answer("/", LoopbackServer::ok("ok"));
    get_to_know({"a.example", "b.example"});
    std::vector<std::string> ends;
    auto noted = [](BeastClient& client, std::string url, std::vector<std::string>* to) -> Task<void> {
        Request request{.url = std::move(url)};
        auto const answer = co_await client.send(std::move(request));
        to->push_back(answer ? answer->body : answer.error().message());
    };

    runner_.run(noted(client(), server_.url_of("a.example", "/hang"), &ends) &&
                noted(client(), server_.url_of("b.example", "/"), &ends) &&
                time_passes(asked(3), [&ends] { return !ends.empty(); }));

    // The wait was as long as a server may be silent, but it was not the server's.
    EXPECT_EQ(ends, (std::vector{make_error_code(errc::silence).message(), std::string{"ok"}}));
}

TEST_F(BeastClientTest, GivesThePlaceOfOneWhoWentAwayToTheNextInLine) {
    using namespace boost::asio::experimental::awaitable_operators;
    options_.connections_max = 1;
    server_.handle("/hang", [](Peer& peer, Received const&) { peer.hang(); });
    server_.answer("/", LoopbackServer::ok("ok"));
    get_to_know({"a.example", "b.example", "c.example"});

    // The first is at the server, the second in line for its place when both are called off.
    auto first = client().send({.url = server_.url_of("a.example", "/hang")});
    auto second = client().send({.url = server_.url_of("b.example", "/")});
    auto third = client().send({.url = server_.url_of("c.example", "/")});
    auto called_off = (std::move(first) && std::move(second)) || until(asked(4));
    auto const both = runner_.run(std::move(called_off) && std::move(third));

    EXPECT_EQ(std::get<0>(both).index(), 1u);
    ASSERT_TRUE(std::get<1>(both).has_value());
    EXPECT_EQ(server_.requests().size(), 5u);
}

TEST_F(BeastClientTest, DoesNotKeepAConnectionThatSentMoreThanItsAnswer) {
    server_.answer("/a", LoopbackServer::ok("a") + "surplus");

    EXPECT_EQ(get(server_.url("/a"))->body, "a");
    EXPECT_EQ(get(server_.url("/a"))->body, "a");

    EXPECT_EQ(server_.connections(), 2u);
}

TEST_F(BeastClientTest, AsksOnceMoreWhenAKeptConnectionDies) {
    server_.answer("/a", LoopbackServer::ok("a"));
    ASSERT_TRUE(get(server_.url("/a")).has_value());
    server_.handle("/b", [](Peer& peer, Received const& request) {
        if (request.connection == 1) {
            peer.close();
        } else {
            peer.send(LoopbackServer::ok("b"));
        }
    });

    auto const response = get(server_.url("/b"));

    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->body, "b");
    EXPECT_EQ(server_.connections(), 2u);
}

TEST_F(BeastClientTest, DoesNotRepeatAPost) {
    server_.answer("/a", LoopbackServer::ok("a"));
    ASSERT_TRUE(get(server_.url("/a")).has_value());
    server_.handle("/b", [](Peer& peer, Received const&) { peer.close(); });

    auto const response = ask({.url = server_.url("/b"), .method = Method::post, .body = "x"});

    EXPECT_EQ(response.error(), errc::connection_lost);
    EXPECT_EQ(server_.connections(), 1u);
}

TEST_F(BeastClientTest, NamesWhatWentWrong) {
    server_.handle("/close", [](Peer& peer, Received const&) { peer.close(); });
    server_.handle("/reset", [](Peer& peer, Received const&) { peer.reset(); });
    server_.answer_and_close("/half-header", "HTTP/1.1 200 OK\r\nETag: ");
    server_.answer_and_close("/short", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort");
    server_.answer_and_close("/no-last-chunk",
                             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    server_.answer_and_close("/not-http", "SSH-2.0-OpenSSH_9.2\r\n");
    server_.answer("/bad-coding", LoopbackServer::ok("xx", "Content-Encoding: compress-x\r\n"));
    server_.answer("/header", "HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n");
    server_.answer("/large", LoopbackServer::ok(std::string(1'000'001, 'x')));

    EXPECT_EQ(get(server_.url("/close")).error(), errc::connection_lost);
    EXPECT_EQ(get(server_.url("/reset")).error(), errc::connection_lost);
    EXPECT_EQ(get(server_.url("/half-header")).error(), errc::connection_lost);
    EXPECT_EQ(get(server_.url("/short")).error(), errc::incomplete);
    EXPECT_EQ(get(server_.url("/no-last-chunk")).error(), errc::incomplete);
    EXPECT_EQ(get(server_.url("/not-http")).error(), errc::bad_response);
    EXPECT_EQ(get(server_.url("/bad-coding")).error(), errc::bad_coding);
    EXPECT_EQ(get(server_.url("/header")).error(), errc::header_too_large);
    EXPECT_EQ(get(server_.url("/large")).error(), errc::body_too_large);
    EXPECT_EQ(get("http://nowhere.test/").error(), errc::name_not_found);
    EXPECT_EQ(get("http://busy.test/").error(), errc::name_lookup_failed);
    EXPECT_EQ(get("http://127.0.0.1:1/").error(), errc::connect_failed);
    EXPECT_EQ(get("ftp://news.example/").error(), errc::bad_url);
    EXPECT_EQ(get("no url").error(), errc::bad_url);
}

TEST_F(BeastClientTest, GivesUpOnAServerThatHangs) {
    give_up_after(milliseconds{60});
    server_.handle("/", [](Peer& peer, Received const&) { peer.hang(); });
    server_.handle("/half", [](Peer& peer, Received const&) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        peer.hang();
    });

    EXPECT_EQ(ask_while_time_passes({.url = server_.url("/")}, asked(1)).error(), errc::silence);
    EXPECT_EQ(ask_while_time_passes({.url = server_.url("/half")}, asked(2)).error(), errc::silence);
}

TEST_F(BeastClientTest, GivesUpOnAServerThatDrips) {
    options_.total_timeout = milliseconds{200};  // never silent for long, only endless
    server_.handle("/", [](Peer& peer, Received const&) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        while (peer.send("x") && peer.pause(std::chrono::milliseconds{20})) {
        }
    });

    EXPECT_EQ(get(server_.url("/")).error(), errc::too_slow);
}

TEST_F(BeastClientTest, GivesUpOnANameThatHangs) {
    options_.timeout = milliseconds{60};
    std::mutex hung;
    hung.lock();
    network_ = make_shared_network("", [&hung](std::string const&) -> Result<Addresses> {
        std::lock_guard const lock{hung};
        return errc::name_lookup_failed;
    });

    auto const response = get("http://news.example/");
    hung.unlock();
    client_.reset();
    network_.reset();

    EXPECT_EQ(response.error(), errc::name_lookup_failed);
}

TEST_F(BeastClientTest, CutsAnEndlessBody) {
    server_.handle("/", [](Peer& peer, Received const&) {
        peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        std::string const chunk = "1000\r\n" + std::string(0x1000, 'x') + "\r\n";
        while (peer.send(chunk)) {
        }
    });

    EXPECT_EQ(get(server_.url("/")).error(), errc::body_too_large);
}

TEST_F(BeastClientTest, FollowsRedirectsAndTellsThem) {
    server_.answer("/a", LoopbackServer::redirect(301, "b/../c?x=1#y"));
    server_.answer("/c?x=1", LoopbackServer::redirect(302, server_.url_of("other.example", "/d e")));
    server_.answer("/d%20e", LoopbackServer::ok("there"));

    auto const response = get(server_.url("/a"));

    ASSERT_TRUE(response.has_value()) << response.error().message();
    EXPECT_EQ(response->body, "there");
    EXPECT_EQ(response->effective_url, server_.url_of("other.example", "/d%20e"));
    ASSERT_EQ(response->hops.size(), 2u);
    EXPECT_EQ(response->hops[0].status, 301);
    EXPECT_EQ(response->hops[0].from, server_.url("/a"));
    EXPECT_EQ(response->hops[0].to, server_.url("/c?x=1"));
    EXPECT_EQ(response->hops[1].status, 302);
    EXPECT_EQ(server_.connections(), 2u) << "the redirect's page was read and its connection kept";
}

TEST_F(BeastClientTest, HandsOutARedirectWhenToldNotToFollow) {
    server_.answer("/a", LoopbackServer::redirect(301, "/b"));

    auto const response = ask({.url = server_.url("/a"), .redirects = Redirects::refuse});

    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, 301);
    EXPECT_EQ(response->fields["Location"], "/b");
    EXPECT_EQ(response->body, "moved");
}

TEST_F(BeastClientTest, SitsOutTheShortDelayOfARedirect) {
    server_.answer("/a", "HTTP/1.1 302 Found\r\nLocation: /b\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
    server_.answer("/b", LoopbackServer::ok("there"));
    auto const asked = std::chrono::steady_clock::now();

    auto const response = get(server_.url("/a"));

    ASSERT_TRUE(response.has_value()) << response.error().message();
    EXPECT_EQ(response->body, "there");
    EXPECT_GE(std::chrono::steady_clock::now() - asked, milliseconds{1000});
}

TEST_F(BeastClientTest, DoesNotFollowARedirectThatAsksForMorePatience) {
    server_.answer("/a", LoopbackServer::redirect(301, "/b"));
    server_.answer("/b",
                   "HTTP/1.1 307 Later\r\nLocation: /c\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n");
    server_.answer("/c", LoopbackServer::ok("there"));

    auto const response = get(server_.url("/a"));

    ASSERT_TRUE(response.has_value()) << response.error().message();
    EXPECT_EQ(response->status, 307);
    EXPECT_EQ(response->fields["Retry-After"], "60");
    EXPECT_EQ(response->effective_url, server_.url("/b"));
    EXPECT_EQ(response->hops.size(), 1u);
    EXPECT_EQ(ask({.url = server_.url("/a"), .redirect_delay = RedirectDelay::waited})->body, "there");
}

TEST_F(BeastClientTest, RefusesRedirectsThatLeadNowhere) {
    options_.redirects_max = 3;
    server_.answer("/loop", LoopbackServer::redirect(302, "/loop2"));
    server_.answer("/loop2", LoopbackServer::redirect(302, "/loop#again"));
    for (int i = 0; i < 5; ++i) {
        server_.answer("/" + std::to_string(i), LoopbackServer::redirect(302, "/" + std::to_string(i + 1)));
    }
    server_.answer("/2ok", LoopbackServer::redirect(302, "/3ok"));
    server_.answer("/3ok", LoopbackServer::ok("ok"));
    server_.answer("/none", "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n");
    server_.answer("/file", LoopbackServer::redirect(302, "file:///etc/passwd"));
    server_.answer("/empty", LoopbackServer::redirect(302, "http://"));
    server_.answer("/refused", LoopbackServer::redirect(302, "http://private.example/"));
    server_.answer("/mapped", LoopbackServer::redirect(302, "http://[::ffff:127.66.0.1]/"));
    server_.answer("/decimal", LoopbackServer::redirect(302, "http://2134900737/"));

    EXPECT_EQ(get(server_.url("/loop")).error(), errc::too_many_redirects);
    EXPECT_EQ(get(server_.url("/0")).error(), errc::too_many_redirects);
    EXPECT_EQ(get(server_.url("/2ok"))->body, "ok");
    EXPECT_EQ(get(server_.url("/none")).error(), errc::bad_redirect);
    EXPECT_EQ(get(server_.url("/file")).error(), errc::bad_redirect);
    EXPECT_EQ(get(server_.url("/empty")).error(), errc::bad_redirect);
    EXPECT_EQ(get(server_.url("/refused")).error(), errc::address_refused);
    EXPECT_EQ(get(server_.url("/mapped")).error(), errc::address_refused);
    EXPECT_EQ(get(server_.url("/decimal")).error(), errc::address_refused);
}

TEST_F(BeastClientTest, KeepsCredentialsWithinTheirOrigin) {
    server_.answer("/a", LoopbackServer::redirect(302, "/b"));
    server_.answer("/b", LoopbackServer::redirect(307, server_.url_of("other.example", "/c")));
    server_.answer("/c", LoopbackServer::redirect(302, server_.url_of("u:p@third.example", "/d")));
    server_.answer("/d", LoopbackServer::ok(""));
    Request request{.url = server_.url("/a"), .username = "me", .password = "secret"};
    request.fields.set("Cookie", "c=1");
    request.fields.set("X-Token", "t");
    request.fields.set("X-Open", "o");
    request.secret_fields = {"x-token"};

    ASSERT_TRUE(ask(request).has_value());

    auto const received = server_.requests();
    ASSERT_EQ(received.size(), 4u);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(received[i].field("Authorization").has_value(), i < 2) << i;
        EXPECT_EQ(received[i].field("Cookie").has_value(), i < 2) << i;
        EXPECT_EQ(received[i].field("X-Token").has_value(), i < 2) << i;
        EXPECT_TRUE(received[i].field("X-Open").has_value()) << i;
    }
}

/// Says the same to every redirect.
class OneVerdict final : public RedirectJudge {
  public:
    explicit OneVerdict(Error verdict = {}) : verdict_{verdict} {}

    Task<Error> judge(std::string target) override {
        asked.push_back(std::move(target));
        if (clock != nullptr) {
            clock->advance(std::chrono::minutes{5});
            WakeUp deadlines_are_looked_at{co_await boost::asio::this_coro::executor, milliseconds{100}};
            co_await deadlines_are_looked_at.async_wait(kTuple);
        }
        co_return verdict_;
    }

    std::vector<std::string> asked;
    test::FakeClock* clock = nullptr;  // moved on by minutes while it thinks

  private:
    Error verdict_;
};

TEST_F(BeastClientTest, FollowsRedirectsThatAreJudgedWell) {
    server_.answer("/a", LoopbackServer::redirect(301, "/b#part"));
    server_.answer("/b", LoopbackServer::redirect(302, server_.url_of("u:p@other.example", "/c")));
    server_.answer("/c", LoopbackServer::ok("there"));
    OneVerdict judge;

    auto const response = ask({.url = server_.url("/a"), .redirect_judge = &judge});

    ASSERT_TRUE(response.has_value()) << response.error().message();
    EXPECT_EQ(response->body, "there");
    EXPECT_EQ(response->hops.size(), 2u);
    EXPECT_EQ(judge.asked, (std::vector{server_.url("/b"), server_.url_of("other.example", "/c")}));
}

TEST_F(BeastClientTest, AsksNobodyWhomARedirectIsNotToLeadTo) {
    server_.answer("/a", LoopbackServer::redirect(301, "/b"));
    server_.answer("/b", LoopbackServer::ok("there"));
    OneVerdict judge{make_error_code(errc::bad_redirect)};

    EXPECT_EQ(ask({.url = server_.url("/a"), .redirect_judge = &judge}).error(), errc::bad_redirect);
    EXPECT_EQ(server_.requests().size(), 1u);
}

TEST_F(BeastClientTest, DoesNotTakeTheTimeOfAJudgeForTheServers) {
    give_up_after(milliseconds{40});
    options_.total_timeout = milliseconds{80};
    server_.answer("/a", LoopbackServer::redirect(301, "/b"));
    server_.answer("/b", LoopbackServer::ok("there"));
    OneVerdict judge;
    judge.clock = &clock_;

    auto const response = ask({.url = server_.url("/a"), .redirect_judge = &judge});

    ASSERT_TRUE(response.has_value()) << response.error().message();
    EXPECT_EQ(response->body, "there");
}

TEST_F(BeastClientTest, WatchesTheServerAgainAfterAJudge) {
    give_up_after(milliseconds{40});
    server_.answer("/a", LoopbackServer::redirect(301, "/b"));
    server_.handle("/b", [](Peer& peer, Received const&) { peer.hang(); });
    OneVerdict judge;

    Request const request{.url = server_.url("/a"), .redirect_judge = &judge};
    EXPECT_EQ(ask_while_time_passes(request, asked(2)).error(), errc::silence);
}

TEST_F(BeastClientTest, TurnsAPostIntoAGetWhereRedirectsSaySo) {
    server_.answer("/303", LoopbackServer::redirect(303, "/a"));
    server_.answer("/308", LoopbackServer::redirect(308, "/a"));
    server_.answer("/a", LoopbackServer::ok(""));

    ASSERT_TRUE(ask({.url = server_.url("/303"), .method = Method::post, .body = "x"}).has_value());
    ASSERT_TRUE(ask({.url = server_.url("/308"), .method = Method::post, .body = "x"}).has_value());

    EXPECT_EQ(server_.requests().at(1).line(), "GET /a HTTP/1.1");
    EXPECT_EQ(server_.requests().at(3).line(), "POST /a HTTP/1.1");
    EXPECT_EQ(server_.requests().at(3).body, "x");
}

TEST_F(BeastClientTest, ConnectsToNoRefusedAddress) {
    LoopbackServer elsewhere{nullptr, "127.66.0.1"};
    elsewhere.answer("/", LoopbackServer::ok("secret"));

    EXPECT_EQ(get(elsewhere.url("/")).error(), errc::address_refused);
    EXPECT_EQ(get(elsewhere.url_of("[::ffff:127.66.0.1]", "/")).error(), errc::address_refused);
    EXPECT_EQ(get(elsewhere.url_of("0x7f420001", "/")).error(), errc::address_refused);
    EXPECT_EQ(elsewhere.connections(), 0u);
}

TEST_F(BeastClientTest, TrustsWhatTheOperatorTypedAndOnlyThat) {
    LoopbackServer elsewhere{nullptr, "127.66.0.1"};
    elsewhere.answer("/", LoopbackServer::ok("mine"));

    EXPECT_EQ(ask({.url = elsewhere.url("/"), .address_is_trusted = true})->body, "mine");
    EXPECT_EQ(get(elsewhere.url("/")).error(), errc::address_refused) << "over the kept connection";
}

TEST_F(BeastClientTest, PassesOverAddressesThatAreRefusedOrDead) {
    server_.answer("/", LoopbackServer::ok("ok"));

    EXPECT_EQ(get(server_.url_of("both.example", "/"))->body, "ok");
    EXPECT_EQ(get(server_.url_of("halfdead.example", "/"))->body, "ok");
}

// Takes connections no more, and does not say so: SYNs go unanswered while its queue is full.
class DeafServer {
  public:
    DeafServer(char const* address, std::uint16_t port) {
        where_.sin_family = AF_INET;
        where_.sin_port = htons(port);
        inet_pton(AF_INET, address, &where_.sin_addr);
        auto const* const name = reinterpret_cast<sockaddr const*>(&where_);
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        EXPECT_EQ(bind(listener_, name, sizeof where_), 0);
        EXPECT_EQ(listen(listener_, 0), 0);
        for (auto& filler : fillers_) {
            filler = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
            connect(filler, name, sizeof where_);
        }
    }
    ~DeafServer() {
        for (auto const filler : fillers_) {
            close(filler);
        }
        close(listener_);
    }
    DeafServer(DeafServer const&) = delete;
    DeafServer& operator=(DeafServer const&) = delete;

  private:
    sockaddr_in where_{};
    int listener_ = -1;
    int fillers_[3] = {-1, -1, -1};
};

TEST_F(BeastClientTest, WaitsNotLongForAnAddressThatIsRefusedOrSilent) {
    options_.allow_addresses.push_back("::1/128");
    network_ = make_shared_network("", [](std::string const& host) -> Result<Addresses> {
        using boost::asio::ip::make_address;
        auto const bad = make_address(host == "silent.example" ? "127.0.0.78" : "::1");
        return Addresses{bad, make_address("127.0.0.1")};
    });
    DeafServer const deaf{"127.0.0.78", server_.port()};
    server_.answer("/", LoopbackServer::ok("ok"));

    for (auto const* const host : {"refused.example", "silent.example"}) {
        auto const start = std::chrono::steady_clock::now();
        auto const response = get(server_.url_of(host, "/"));
        ASSERT_TRUE(response.has_value()) << host << ": " << response.error().message();
        EXPECT_EQ(response->body, "ok");
        EXPECT_LT(std::chrono::steady_clock::now() - start, options_.timeout / 2) << host;
    }
}

TEST_F(BeastClientTest, LetsASilentAddressGoWhereThereIsOneSocketOnly) {
    options_.connections_max = 1;
    network_ = make_shared_network("", [](std::string const&) -> Result<Addresses> {
        using boost::asio::ip::make_address;
        return Addresses{make_address("127.0.0.78"), make_address("127.0.0.1")};
    });
    DeafServer const deaf{"127.0.0.78", server_.port()};
    server_.answer("/", LoopbackServer::ok("ok"));

    auto const response = get(server_.url_of("silent.example", "/"));

    ASSERT_TRUE(response.has_value()) << response.error().message();
    EXPECT_EQ(response->body, "ok");
}

TEST_F(BeastClientTest, IsNotLedAstrayByANameThatMoves) {
    options_.clock = &clock_;
    LoopbackServer inner{nullptr, "127.66.0.1"};
    auto const lookups = std::make_shared<std::atomic<int>>(0);
    network_ = make_shared_network("", [lookups](std::string const&) -> Result<Addresses> {
        using boost::asio::ip::make_address;
        // Nobody listens on the first; on 127.0.0.1 another program could have the same port.
        return Addresses{make_address(++*lookups == 1 ? "127.0.66.1" : "127.66.0.1")};
    });

    // The first answer is what the guard judged, and what is connected to, however often it is used.
    EXPECT_EQ(get(inner.url_of("moving.example", "/")).error(), errc::connect_failed);
    EXPECT_EQ(get(inner.url_of("moving.example", "/")).error(), errc::connect_failed);
    EXPECT_EQ(*lookups, 1);
    clock_.advance(std::chrono::hours{2});
    EXPECT_EQ(get(inner.url_of("moving.example", "/")).error(), errc::address_refused);
    EXPECT_EQ(*lookups, 2);
    EXPECT_EQ(inner.connections(), 0u);
}

TEST_F(BeastClientTest, ReachesAHostByItsLastGoodAddressWhileDnsFails) {
    give_up_after(milliseconds{50});
    test::DnsServer dns;
    network_ = make_shared_network("", std::make_shared<Dns>(dns.address()));
    dns.answer("news.example", {.records = {test::DnsServer::a("news.example", "127.0.0.1", 60)}});
    server_.answer("/", LoopbackServer::ok("ok"));
    ASSERT_EQ(get(server_.url_of("news.example", "/"))->body, "ok");

    clock_.advance(std::chrono::hours{1});
    dns.answer("news.example", {.code = test::DnsServer::kServerFailure});
    EXPECT_EQ(get(server_.url_of("news.example", "/"))->body, "ok");
    EXPECT_EQ(get(server_.url_of("never.example", "/")).error(), errc::name_not_found);

    clock_.advance(std::chrono::hours{1});
    dns.answer("news.example", {.code = test::DnsServer::kNoSuchName});
    EXPECT_EQ(get(server_.url_of("news.example", "/")).error(), errc::name_not_found);

    clock_.advance(std::chrono::hours{1});
    dns.answer("unheard.example", {.silent = true});
    auto const looked_up = [&dns] { return dns.questions("unheard.example", test::DnsServer::kA) > 0; };
    auto const unheard = ask_while_time_passes({.url = server_.url_of("unheard.example", "/")}, looked_up);
    EXPECT_EQ(unheard.error(), errc::name_lookup_failed);
}

TEST_F(BeastClientTest, CanBeCancelledWhileTheServerIsSilent) {
    using namespace boost::asio::experimental::awaitable_operators;
    server_.handle("/", [](Peer& peer, Received const&) { peer.hang(); });

    auto const first = runner_.run(client().send({.url = server_.url("/")}) || until(asked()));

    EXPECT_EQ(first.index(), 1u);
}

TEST_F(BeastClientTest, CanBeCancelledWhileANameHangs) {
    using namespace boost::asio::experimental::awaitable_operators;
    std::mutex hung;
    hung.lock();
    network_ = make_shared_network("", [&hung](std::string const&) -> Result<Addresses> {
        std::lock_guard const lock{hung};
        return errc::name_lookup_failed;
    });
    auto turn = []() -> Task<void> { co_await boost::asio::post(boost::asio::use_awaitable_t<Executor>{}); };

    auto const first = runner_.run(client().send({.url = "http://news.example/"}) || turn());
    hung.unlock();
    client_.reset();
    network_.reset();

    EXPECT_EQ(first.index(), 1u);
}

TEST_F(BeastClientTest, MayBeDestroyedBeforeItsRequestsEnd) {
    server_.handle("/", [](Peer& peer, Received const&) { peer.hang(); });
    boost::asio::io_context context;
    auto short_lived = std::make_unique<BeastClient>(context.get_executor(), network_, options_);
    std::optional<Result<Response>> response;
    spawn(context.get_executor(), keep_result(short_lived->send({.url = server_.url("/")}), response),
          [](std::exception_ptr) {});
    while (server_.requests().empty()) {
        context.poll_one();
    }

    short_lived.reset();
}

}  // namespace
}  // namespace newswired::http
