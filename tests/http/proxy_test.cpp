#include "http/proxy.hpp"

#include "http/beast_client.hpp"
#include "tests/support/loopback_proxy.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/task_runner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace newswired::http {
namespace {

using test::LoopbackProxy;
using test::LoopbackServer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace std::string_literals;

TEST(ParseProxy, ReadsKindPlaceAndCredentials) {
    auto const http = parse_proxy("http://me:p%40ss@proxy.example");
    ASSERT_TRUE(http.has_value());
    EXPECT_EQ(http->kind, Proxy::Kind::http);
    EXPECT_EQ(http->host, "proxy.example");
    EXPECT_EQ(http->port, 8080);
    EXPECT_EQ(http->password, "p@ss");
    EXPECT_EQ(http->credentials(), "Basic bWU6cEBzcw==");

    auto const socks = parse_proxy("socks5h://[::1]:9050/");
    ASSERT_TRUE(socks.has_value());
    EXPECT_EQ(socks->kind, Proxy::Kind::socks5);
    EXPECT_EQ(socks->host, "[::1]");
    EXPECT_EQ(socks->port, 9050);
    EXPECT_EQ(socks->credentials(), "");
    EXPECT_EQ(parse_proxy("socks5h://proxy.example")->port, 1080);
    EXPECT_EQ(parse_proxy("http://proxy.example:80")->port, 80);
}

TEST(ParseProxy, RefusesWhatIsNone) {
    for (auto const* text :
         {"", "proxy.example:8080", "ftp://proxy.example", "https://proxy.example",
          "http://proxy.example/path", "http://", "socks4://proxy.example", "socks5h://proxy.example:0"}) {
        EXPECT_FALSE(parse_proxy(text).has_value()) << text;
    }
}

/// Plays the proxy: for each output of the client the answer that stands beside it, byte by byte.
Error play(ProxyHandshake& handshake, std::vector<std::pair<std::string, std::string>> const& script) {
    for (auto const& [said, answer] : script) {
        EXPECT_EQ(handshake.take_output(), said);
        for (char const byte : answer) {
            if (auto const error = handshake.feed({&byte, 1})) {
                return error;
            }
        }
    }
    return {};
}

std::string const kConnectHead = "CONNECT news.example:443 HTTP/1.1\r\nHost: news.example:443\r\n";

TEST(ProxyHandshake, OpensATunnelByConnect) {
    ProxyHandshake handshake{*parse_proxy("http://a:b@p.example"), "news.example", 443};

    auto const error = play(handshake, {{kConnectHead + "Proxy-Authorization: Basic YTpi\r\n\r\n",
                                         "HTTP/1.0 200 OK\r\nVia: x\r\n\r\n"}});

    EXPECT_FALSE(error) << error.message();
    EXPECT_TRUE(handshake.done());
}

TEST(ProxyHandshake, NamesWhyTheProxyDoesNot) {
    struct Row {
        std::string answer;
        errc expected;
    };
    for (auto const& row :
         {Row{"HTTP/1.1 407 Who\r\n\r\n", errc::proxy_credentials},
          Row{"HTTP/1.1 502 No\r\n\r\n", errc::proxy_refused},
          Row{"HTTP/1.1 200 OK\r\n\r\nmore", errc::bad_response}, Row{"SSH-2.0", errc::bad_response},
          Row{"HTTP/1.1 200 " + std::string(20'000, 'x'), errc::bad_response}}) {
        ProxyHandshake handshake{*parse_proxy("http://p.example"), "news.example", 443};
        (void)handshake.take_output();
        EXPECT_EQ(handshake.feed(row.answer), row.expected) << row.answer.substr(0, 20);
        EXPECT_FALSE(handshake.done());
    }
}

TEST(ProxyHandshake, LetsASocksProxyResolveTheName) {
    ProxyHandshake handshake{*parse_proxy("socks5h://p.example"), "news.example", 443};

    auto const error =
        play(handshake,
             {{"\x05\x01\x00"s, "\x05\x00"s},
              {"\x05\x01\x00\x03\x0c"s + "news.example" + "\x01\xBB"s, "\x05\x00\x00\x03\x01z\x00\x00"s}});

    EXPECT_FALSE(error) << error.message();
    EXPECT_TRUE(handshake.done());
}

TEST(ProxyHandshake, ShowsItsCredentialsToASocksProxyThatAsksForThem) {
    ProxyHandshake handshake{*parse_proxy("socks5h://me:pw@p.example"), "[2001:db8::1]", 80};
    auto const address = "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"s;

    auto const error =
        play(handshake, {{"\x05\x01\x02"s, "\x05\x02"s},
                         {"\x01\x02me\x02pw"s, "\x01\x00"s},
                         {"\x05\x01\x00\x04"s + address + "\x00\x50"s, "\x05\x00\x00\x01\0\0\0\0\0\0"s}});

    EXPECT_FALSE(error) << error.message();
    EXPECT_TRUE(handshake.done());
}

TEST(ProxyHandshake, NamesWhyASocksProxyDoesNot) {
    ProxyHandshake no_method{*parse_proxy("socks5h://p.example"), "news.example", 443};
    EXPECT_EQ(play(no_method, {{"\x05\x01\x00"s, "\x05\xFF"s}}), errc::proxy_credentials);
    ProxyHandshake wrong_password{*parse_proxy("socks5h://a:b@p.example"), "news.example", 443};
    EXPECT_EQ(play(wrong_password, {{"\x05\x01\x02"s, "\x05\x02"s},
                                    {"\x01\x01"
                                     "a\x01"
                                     "b",
                                     "\x01\x01"s}}),
              errc::proxy_credentials);
    ProxyHandshake refused{*parse_proxy("socks5h://p.example"), "192.0.2.1", 443};
    EXPECT_EQ(play(refused, {{"\x05\x01\x00"s, "\x05\x00"s},
                             {"\x05\x01\x00\x01\xC0\x00\x02\x01\x01\xBB"s, "\x05\x02"s}}),
              errc::proxy_refused);
}

class ProxyTest : public testing::Test {
  protected:
    Result<Response> get(std::string const& url, std::string const& proxy, Route route = {}) {
        BeastClientOptions options{.timeout = seconds{60}, .allow_addresses = allowed_};
        options.proxy = proxy;
        client_ = std::make_unique<BeastClient>(runner_.context().get_executor(), network_, options);
        Request request{.url = url};
        request.route = std::make_shared<Route const>(std::move(route));
        return runner_.run(client_->send(std::move(request)));
    }
    static std::string url_of(LoopbackProxy const& proxy, std::string const& scheme,
                              std::string const& credentials = {}) {
        return scheme + "://" + credentials + "127.0.0.1:" + std::to_string(proxy.port());
    }
    // Names resolve nowhere: whoever reaches the server did it by the proxy.
    static Result<Addresses> no_lookup(std::string const&) { return errc::name_not_found; }

    std::vector<std::string> allowed_;
    test::TaskRunner runner_;
    std::shared_ptr<SharedNetwork> network_ = make_shared_network("", no_lookup);
    std::unique_ptr<BeastClient> client_;
};

TEST_F(ProxyTest, AsksForPlainHttpInAbsoluteForm) {
    LoopbackServer proxy;
    proxy.answer("http://news.example:81/feed?a=b", LoopbackServer::ok("<rss/>"));

    auto const response =
        get("http://news.example:81/feed?a=b#part", "http://me:pw@127.0.0.1:" + std::to_string(proxy.port()));

    ASSERT_TRUE(response.has_value()) << response.error().message();
    EXPECT_EQ(response->body, "<rss/>");
    EXPECT_EQ(response->effective_url, "http://news.example:81/feed?a=b");
    auto const request = proxy.requests().at(0);
    EXPECT_EQ(request.field("Host"), "news.example:81");
    EXPECT_EQ(request.field("Proxy-Authorization"), "Basic bWU6cHc=");
}

TEST_F(ProxyTest, TunnelsHttpsAndKeepsItsCredentialsFromTheServer) {
    test::TlsIdentity const identity{"DNS:news.example"};
    LoopbackServer server{&identity};
    server.answer("/", LoopbackServer::ok("<rss/>"));
    LoopbackProxy proxy{LoopbackProxy::Kind::connect};

    auto const response = get(server.url_of("news.example", "/"), url_of(proxy, "http", "me:pw@"),
                              {.pins = {identity.pin()}, .any_certificate = true});

    ASSERT_TRUE(response.has_value()) << response.error().message();
    EXPECT_THAT(proxy.asked(), ElementsAre("news.example:" + std::to_string(server.port())));
    EXPECT_THAT(proxy.heads(), HasSubstr("Proxy-Authorization: Basic bWU6cHc="));
    EXPECT_THAT(server.requests().at(0).head, Not(HasSubstr("uthorization")));
}

TEST_F(ProxyTest, GoesThroughSocksWithTheNameUnresolved) {
    LoopbackServer server;
    server.answer("/", LoopbackServer::ok("<rss/>"));
    LoopbackProxy proxy{LoopbackProxy::Kind::socks5, "me:pw"};
    auto const url = server.url_of("news.example", "/");

    auto const response = get(url, url_of(proxy, "socks5h", "me:pw@"));

    ASSERT_TRUE(response.has_value()) << response.error().message();
    EXPECT_THAT(proxy.asked(), ElementsAre("news.example:" + std::to_string(server.port())));
    EXPECT_THAT(server.requests().at(0).head, Not(HasSubstr("uthorization")));
    EXPECT_EQ(get(url, url_of(proxy, "socks5h", "me:no@")).error(), errc::proxy_credentials);
}

TEST_F(ProxyTest, PrefersTheRoutesOwnProxyOrNone) {
    LoopbackServer server;
    server.answer("/", LoopbackServer::ok("<rss/>"));
    LoopbackProxy proxy{LoopbackProxy::Kind::socks5};
    auto const url = server.url_of("news.example", "/");

    EXPECT_TRUE(get(url, "http://127.0.0.1:1", {.proxy = url_of(proxy, "socks5h")}).has_value());
    EXPECT_EQ(get(url, url_of(proxy, "socks5h"), {.proxy = Route::kDirect}).error(), errc::name_not_found);
    EXPECT_EQ(get(url, "http://127.0.0.1:1").error(), errc::proxy_unreachable);
    EXPECT_EQ(get(url, "gopher://127.0.0.1").error(), errc::bad_proxy);
}

TEST_F(ProxyTest, DoesNotLetAProxyReachWhatIsRefused) {
    LoopbackServer server;
    server.answer("/", LoopbackServer::ok("secret"));
    LoopbackProxy proxy{LoopbackProxy::Kind::socks5};
    server.answer("/away", LoopbackServer::redirect(302, server.url_of("169.254.169.254", "/")));

    for (auto const* host : {"127.0.0.1", "localhost", "a.localhost", "[::ffff:10.0.0.1]", "2130706433"}) {
        EXPECT_EQ(get(server.url_of(host, "/"), url_of(proxy, "socks5h")).error(), errc::address_refused)
            << host;
    }
    EXPECT_EQ(get(server.url_of("news.example", "/away"), url_of(proxy, "socks5h")).error(),
              errc::address_refused);
    EXPECT_EQ(proxy.asked().size(), 1u);
    allowed_ = {"127.0.0.0/8"};
    EXPECT_TRUE(get(server.url_of("127.0.0.1", "/"), url_of(proxy, "socks5h")).has_value());
}

}  // namespace
}  // namespace newswired::http
