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
        BeastClientOptions options{.timeout = milliseconds{2000}, .allow_addresses = {"127.0.0.0/8"}};
        options.idle_connections_max = idle_connections_max_;
        if (!client_) {
            client_ = std::make_unique<BeastClient>(runner_.context().get_executor(), network_, options);
        }
        server.answer("/", LoopbackServer::ok("<rss/>"));
        return runner_.run(client_->send({.url = server.url_of(host, "/")}));
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

    EXPECT_EQ(get(server, "news.example", nullptr).error(), errc::certificate_refused);
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(TlsTest, SendsNothingToAServerOfAnotherName) {
    TlsIdentity const identity{"DNS:other.example,DNS:*.wild.example"};
    LoopbackServer server{&identity};

    EXPECT_EQ(get(server, "news.example", &identity).error(), errc::certificate_refused);
    EXPECT_EQ(get(server, "127.0.0.1", &identity).error(), errc::certificate_refused);
    EXPECT_TRUE(server.requests().empty());
    EXPECT_TRUE(get(server, "news.wild.example", &identity).has_value());
}

TEST_F(TlsTest, SendsNothingToAServerWhoseCertificateExpired) {
    TlsIdentity const identity{"DNS:news.example", -7200, -3600};
    LoopbackServer server{&identity};

    EXPECT_EQ(get(server, "news.example", &identity).error(), errc::certificate_refused);
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
    EXPECT_EQ(server.resumed_connections(), 2u) << "the first of the new client has no session yet";
}

TEST_F(TlsTest, NamesACaFileThatIsNone) {
    EXPECT_THROW(make_shared_network("/nonexistent/ca.pem"), std::invalid_argument);
}

}  // namespace
}  // namespace newswired::http
