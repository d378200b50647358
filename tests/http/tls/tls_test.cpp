#include "http/beast_client.hpp"

#include "tests/support/loopback_server.hpp"
#include "tests/support/task_runner.hpp"

#include <gtest/gtest.h>

namespace newswired::http {
namespace {

using test::LoopbackServer;
using test::TlsIdentity;

Result<Addresses> loopback_lookup(std::string const&) {
    return Addresses{boost::asio::ip::make_address("127.0.0.1")};
}

class TlsTest : public testing::Test {
  protected:
    ~TlsTest() override { std::remove(ca_file_.c_str()); }

    /// Asks `server` by that name, trusting `authority`.
    Result<Response> get(LoopbackServer& server, std::string const& host, TlsIdentity const* authority) {
        if (!network_) {
            if (authority != nullptr) {
                authority->save_certificate(ca_file_);
            }
            network_ = make_shared_network(authority != nullptr ? ca_file_ : "", loopback_lookup);
        }
        BeastClientOptions options{.timeout = seconds{60}, .allow_addresses = {"127.0.0.0/8"}};
        options.idle_connections_max = idle_connections_max_;
        if (!client_) {
            client_ = std::make_unique<BeastClient>(runner_.context().get_executor(), network_, options);
        }
        server.answer("/", LoopbackServer::ok("<rss/>"));
        return runner_.run(client_->send({.url = server.url_of(host, "/")}));
    }

    /// Asks by a route of the feed's own, trusting only the system's authorities otherwise.
    Result<Response> get_by(LoopbackServer& server, std::string const& host, Route route) {
        (void)get(server, host, nullptr);
        Request request{.url = server.url_of(host, "/")};
        request.route = std::make_shared<Route const>(std::move(route));
        return runner_.run(client_->send(std::move(request)));
    }

    std::string ca_file_ = testing::TempDir() + "newswired-tls-test-" + std::to_string(getpid()) + "-" +
                           testing::UnitTest::GetInstance()->current_test_info()->name() + ".pem";
    std::size_t idle_connections_max_ = 64;
    test::TaskRunner runner_;
    std::shared_ptr<SharedNetwork> network_;
    std::unique_ptr<BeastClient> client_;
};

TEST_F(TlsTest, ReadsFromATrustedServerOfTheRightName) {
    TlsIdentity const identity{"DNS:news.example,IP:127.0.0.1"};
    LoopbackServer server{&identity};

    auto const by_name = get(server, "news.example", &identity);
    auto const by_address = get(server, "127.0.0.1", &identity);

    ASSERT_TRUE(by_name.has_value()) << by_name.error().message();
    EXPECT_EQ(by_name->body, "<rss/>");
    ASSERT_TRUE(by_address.has_value()) << by_address.error().message();
}

TEST_F(TlsTest, SendsNothingToASelfSignedServer) {
    TlsIdentity const identity{"DNS:news.example"};
    LoopbackServer server{&identity};

    EXPECT_EQ(get(server, "news.example", nullptr).error(), errc::certificate_untrusted);
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(TlsTest, SendsNothingToAServerOfAnotherName) {
    TlsIdentity const identity{"DNS:other.example,DNS:*.wild.example"};
    LoopbackServer server{&identity};

    EXPECT_EQ(get(server, "news.example", &identity).error(), errc::certificate_for_another_name);
    EXPECT_EQ(get(server, "127.0.0.1", &identity).error(), errc::certificate_for_another_name);
    EXPECT_TRUE(server.requests().empty());
    EXPECT_TRUE(get(server, "news.wild.example", &identity).has_value());
}

TEST_F(TlsTest, SendsNothingToAServerWhoseCertificateExpired) {
    TlsIdentity const identity{"DNS:news.example", -7200, -3600};
    LoopbackServer server{&identity};

    EXPECT_EQ(get(server, "news.example", &identity).error(), errc::certificate_expired);
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(TlsTest, SaysWhenThereIsNoTlsAtAll) {
    LoopbackServer plain;
    auto const url = "https://news.example:" + std::to_string(plain.port()) + "/";
    ASSERT_TRUE(get(plain, "news.example", nullptr).has_value());

    plain.greet_with("220 mail.example ESMTP\r\n");

    EXPECT_EQ(runner_.run(client_->send({.url = url})).error(), errc::tls_failed);
}

TEST_F(TlsTest, ResumesSessionsAndKeepsConnections) {
    TlsIdentity const identity{"DNS:news.example"};
    LoopbackServer server{&identity};

    ASSERT_TRUE(get(server, "news.example", &identity).has_value());
    ASSERT_TRUE(get(server, "news.example", &identity).has_value());
    EXPECT_EQ(server.connections(), 1u);
    EXPECT_EQ(server.resumed_connections(), 0u);

    idle_connections_max_ = 0;
    client_.reset();
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(get(server, "news.example", &identity).has_value());
    }
    EXPECT_EQ(server.connections(), 4u);
    EXPECT_EQ(server.resumed_connections(), 3u) << "clients share sessions";
}

TEST_F(TlsTest, SendsNothingToAServerThatIsTooOld) {
    TlsIdentity identity{"DNS:news.example"};
    identity.make_old();
    LoopbackServer server{&identity};

    EXPECT_EQ(get(server, "news.example", &identity).error(), errc::tls_too_old);
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(TlsTest, TrustsTheAuthoritiesOfARouteForThatRouteOnly) {
    TlsIdentity const identity{"DNS:news.example"};
    LoopbackServer server{&identity};
    identity.save_certificate(ca_file_);

    EXPECT_TRUE(get_by(server, "news.example", {.ca_file = ca_file_}).has_value());
    EXPECT_EQ(get(server, "news.example", nullptr).error(), errc::certificate_untrusted)
        << "neither the connection nor the session may serve another";
    EXPECT_EQ(get_by(server, "news.example", {.ca_file = "/nonexistent.pem"}).error(), errc::no_authorities);
}

TEST_F(TlsTest, WantsThePinnedKey) {
    TlsIdentity const identity{"DNS:news.example"};
    TlsIdentity const other{"DNS:news.example"};
    LoopbackServer server{&identity};
    identity.save_certificate(ca_file_);

    EXPECT_TRUE(get_by(server, "news.example", {.ca_file = ca_file_, .pins = {other.pin(), identity.pin()}})
                    .has_value());
    EXPECT_EQ(get_by(server, "news.example", {.ca_file = ca_file_, .pins = {other.pin()}}).error(),
              errc::key_not_pinned);
    EXPECT_EQ(get_by(server, "news.example", {.pins = {identity.pin()}}).error(), errc::certificate_untrusted)
        << "a pin does not make up for an authority";
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST_F(TlsTest, TakesAnyCertificateWhereToldSoButNotAnyKey) {
    TlsIdentity const identity{"DNS:other.example", -7200, -3600};
    TlsIdentity const other{"DNS:other.example"};
    LoopbackServer server{&identity};

    EXPECT_TRUE(get_by(server, "news.example", {.any_certificate = true}).has_value());
    EXPECT_TRUE(
        get_by(server, "news.example", {.pins = {identity.pin()}, .any_certificate = true}).has_value());
    EXPECT_EQ(get_by(server, "news.example", {.pins = {other.pin()}, .any_certificate = true}).error(),
              errc::key_not_pinned);
}

TEST_F(TlsTest, DoesNotTakeThePinOrTheLaxityToAnotherHost) {
    TlsIdentity const identity{"DNS:other.example"};
    LoopbackServer server{&identity};
    server.answer("/moved", LoopbackServer::redirect(301, server.url_of("elsewhere.example", "/")));
    (void)get(server, "news.example", nullptr);
    Request request{.url = server.url_of("news.example", "/moved")};
    request.route = std::make_shared<Route const>(Route{.any_certificate = true});

    EXPECT_EQ(runner_.run(client_->send(request)).error(), errc::certificate_untrusted);
}

TEST_F(TlsTest, ResumesSessionsAfterARestart) {
    TlsIdentity const identity{"DNS:news.example"};
    LoopbackServer server{&identity};
    ASSERT_TRUE(get(server, "news.example", &identity).has_value());
    auto const now = SystemClock{}.now();
    auto const memory = memory_of(*network_, now);

    client_.reset();
    network_ = make_shared_network(ca_file_, loopback_lookup);
    recall(*network_, memory, now);
    ASSERT_TRUE(get(server, "news.example", &identity).has_value());

    EXPECT_EQ(server.resumed_connections(), 1u);
    EXPECT_LT(memory.size(), 2'000u) << "sessions are kept without their certificates";
    recall(*network_, "no memory at all", now);
    recall(*network_, memory.substr(0, memory.size() / 2), now);
}

TEST_F(TlsTest, KeepsTheProfferedPromiseOfHttps) {
    TlsIdentity const identity{"DNS:news.example"};
    LoopbackServer server{&identity};
    ASSERT_TRUE(get(server, "news.example", &identity).has_value());
    server.answer("/strict", LoopbackServer::ok("", "Strict-Transport-Security: max-age=1000\r\n"));
    ASSERT_TRUE(runner_.run(client_->send({.url = server.url_of("news.example", "/strict")})).has_value());

    auto const plain = "http://news.example:" + std::to_string(server.port()) + "/";
    auto const response = runner_.run(client_->send({.url = plain}));

    ASSERT_TRUE(response.has_value()) << response.error().message();
    EXPECT_EQ(response->effective_url, server.url_of("news.example", "/"));
}

TEST_F(TlsTest, NamesACaFileThatIsNone) {
    EXPECT_THROW(make_shared_network("/nonexistent/ca.pem"), std::invalid_argument);
}

}  // namespace
}  // namespace newswired::http
