#include "http/server/server.hpp"

#include "core/task_group.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <boost/asio/error.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newswired::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// Says what it was asked; refuses /no; takes its time over /slow.
class Echo final : public Service {
  public:
    explicit Echo(Clock& clock) : clock_{clock} {}

    std::optional<ServerResponse> refuse(ServerRequest const& head) override {
        return head.path() == "/no" ? std::optional{short_response(404)} : std::nullopt;
    }
    Task<ServerResponse> answer(ServerRequest request) override {
        if (request.path() == "/slow") {
            co_await clock_.sleep_for(seconds{5});
        }
        ServerResponse response;
        response.body = request.method + " " + request.target + " " + request.body;
        co_return response;
    }

  private:
    Clock& clock_;
};

class ServerTest : public testing::Test {
  protected:
    ~ServerTest() override {
        for (auto const peer : peers_) {
            ::close(peer);
        }
        running_.cancel();
        pump();
    }

    void serve(ServerLimits limits = {}, std::string const& listen = "127.0.0.1:0") {
        server_.emplace(context_.get_executor(), clock_, listen, echo_, limits);
        ASSERT_TRUE(server_->open().has_value());
        running_.spawn(server_->run());
        pump();
    }

    int connect() {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(server_->port());
        inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
        auto const peer = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        EXPECT_EQ(::connect(peer, reinterpret_cast<sockaddr*>(&where), sizeof where), 0);
        peers_.push_back(peer);
        pump();
        return peer;
    }
    void send(int peer, std::string_view bytes) {
        EXPECT_EQ(::send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL), ssize_t(bytes.size()));
        pump();
    }
    /// What the server sends until `end` (empty: until it closes); gives up after a while.
    std::string receive(int peer, std::string_view end = {}) {
        std::string all;
        auto const until = std::chrono::steady_clock::now() + seconds{60};
        while (std::chrono::steady_clock::now() < until) {
            pump();
            char buffer[4096];
            auto const got = ::recv(peer, buffer, sizeof buffer, MSG_DONTWAIT);
            if (got == 0) {
                return all + "<closed>";
            }
            if (got > 0) {
                all.append(buffer, std::size_t(got));
            }
            if (!end.empty() && all.ends_with(end)) {
                return all;
            }
        }
        return all + "<silence>";
    }
    bool is_closed(int peer) {
        pump();
        char byte = 0;
        return ::recv(peer, &byte, 1, MSG_DONTWAIT | MSG_PEEK) == 0;
    }
    void pump() {
        context_.restart();
        for (int i = 0; i < 20; ++i) {
            context_.poll();
        }
    }
    void pass(milliseconds time) {
        clock_.advance(time);
        pump();
    }

    test::FakeClock clock_;
    boost::asio::io_context context_{1};
    Echo echo_{clock_};
    std::vector<int> peers_;
    std::optional<Server> server_;
    TaskGroup running_{context_.get_executor()};
};

TEST_F(ServerTest, AnswersOneRequestAfterTheOther) {
    serve();
    auto const peer = connect();

    send(peer, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    auto const first = receive(peer, "GET /a ");
    send(peer, "POST /b HTTP/1.1\r\nContent-Length: 4\r\n\r\nbo");
    send(peer, "dyGET /c HTTP/1.0\r\n\r\n");
    auto const others = receive(peer);

    EXPECT_THAT(first, StartsWith("HTTP/1.1 200 OK\r\nDate: "));
    EXPECT_THAT(first, HasSubstr("\r\nContent-Length: 7\r\nConnection: keep-alive\r\n\r\n"));
    EXPECT_THAT(others, HasSubstr("POST /b bodyHTTP/1.1 200"));
    EXPECT_THAT(others, HasSubstr("Connection: close\r\n\r\nGET /c <closed>"));
}

TEST_F(ServerTest, SendsNoBodyForHead) {
    serve();
    auto const peer = connect();

    send(peer, "HEAD /a HTTP/1.0\r\n\r\n");

    EXPECT_THAT(receive(peer), testing::EndsWith("Connection: close\r\n\r\n<closed>"));
}

TEST_F(ServerTest, RefusesWithoutReadingTheBody) {
    serve();
    auto const peer = connect();

    send(peer, "POST /no HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");

    EXPECT_THAT(receive(peer), StartsWith("HTTP/1.1 404 Not Found"));
}

TEST_F(ServerTest, SaysWhatIsTooLarge) {
    serve({.request = {.header_max = 1000, .body_max = 10}});
    auto const one = connect();
    auto const other = connect();

    send(one, "POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n");
    send(other, "GET / HTTP/1.1\r\nX: " + std::string(2000, 'x') + "\r\n\r\n");

    EXPECT_THAT(receive(one), StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(receive(other), StartsWith("HTTP/1.1 431 "));
}

TEST_F(ServerTest, AsksForABodyThatWaitsToBeAskedFor) {
    serve();
    auto const peer = connect();

    send(peer, "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(receive(peer, "\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    send(peer, "ok");

    EXPECT_THAT(receive(peer), HasSubstr("POST / ok"));
}

TEST_F(ServerTest, DoesNotWaitForEver) {
    serve({.header_time = seconds{10}, .body_time = seconds{20}, .idle_time = seconds{5}});
    auto const silent = connect();
    auto const slow_header = connect();
    auto const slow_body = connect();
    auto const idle = connect();
    send(slow_header, "GET / HT");
    send(slow_body, "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n1");
    send(idle, "GET / HTTP/1.1\r\n\r\n");
    (void)receive(idle, "GET / ");

    pass(seconds{6});
    EXPECT_TRUE(is_closed(idle));
    pass(seconds{5});
    EXPECT_TRUE(is_closed(silent));
    EXPECT_THAT(receive(slow_header), StartsWith("HTTP/1.1 408 "));
    EXPECT_FALSE(is_closed(slow_body));
    pass(seconds{10});
    EXPECT_THAT(receive(slow_body), StartsWith("HTTP/1.1 408 "));

    EXPECT_EQ(server_->connections(), 0u);
}

TEST_F(ServerTest, DropsWhoHasBeenIdleLongestWhenThereAreTooMany) {
    serve({.connections = 2});
    auto const first = connect();
    pass(seconds{1});
    auto const second = connect();

    auto const third = connect();

    EXPECT_TRUE(is_closed(first));
    EXPECT_FALSE(is_closed(second));
    send(third, "GET /3 HTTP/1.0\r\n\r\n");
    EXPECT_THAT(receive(third), HasSubstr("GET /3"));
}

TEST_F(ServerTest, HoldsNoMoreBodiesThanItMay) {
    serve({.request = {.body_max = 1000}, .buffered_max = 1500});
    auto const first = connect();
    auto const second = connect();
    send(first, "POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n" + std::string(900, 'x'));

    send(second, "POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n" + std::string(900, 'y'));

    EXPECT_THAT(receive(second), StartsWith("HTTP/1.1 503 "));
    send(first, std::string(100, 'x'));
    EXPECT_THAT(receive(first, "xxx"), StartsWith("HTTP/1.1 200 "));
    send(first, "POST / HTTP/1.0\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x'));
    EXPECT_THAT(receive(first), HasSubstr("200 OK")) << "what was answered is held no longer";
}

TEST_F(ServerTest, AnswersWhatIsInHandWhenStopped) {
    serve();
    auto const idle = connect();
    auto const busy = connect();
    send(busy, "GET /slow HTTP/1.1\r\n\r\n");

    server_->stop();
    pump();

    EXPECT_TRUE(is_closed(idle));
    EXPECT_EQ(running_.size(), 1u);
    pass(seconds{5});
    EXPECT_THAT(receive(busy), HasSubstr("Connection: close\r\n\r\nGET /slow"));
    EXPECT_EQ(running_.size(), 0u);
}

TEST_F(ServerTest, BreaksOffWhenCancelled) {
    serve();
    auto const busy = connect();
    send(busy, "GET /slow HTTP/1.1\r\n\r\n");

    running_.cancel();
    pump();

    EXPECT_EQ(running_.size(), 0u);
}

sockaddr_un unix_address(std::string const& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    return address;
}

TEST_F(ServerTest, ServesAUnixSocket) {
    test::TemporaryFolder folder;
    std::string const path = folder / "http.sock";
    serve({}, "unix:" + path);
    auto const where = unix_address(path);
    auto const peer = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    peers_.push_back(peer);
    ASSERT_EQ(::connect(peer, reinterpret_cast<sockaddr const*>(&where), sizeof where), 0);

    send(peer, "GET /u HTTP/1.0\r\n\r\n");

    EXPECT_THAT(receive(peer), HasSubstr("GET /u"));
}

TEST_F(ServerTest, ReplacesAStaleUnixSocketAndNoOtherFile) {
    test::TemporaryFolder folder;
    std::string const path = folder / "http.sock";
    auto const where = unix_address(path);
    auto const stale = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(::bind(stale, reinterpret_cast<sockaddr const*>(&where), sizeof where), 0);
    ::close(stale);
    std::string const notes = folder / "notes";
    std::ofstream{notes} << "mine";
    Server on_socket{context_.get_executor(), clock_, "unix:" + path, echo_};
    Server on_notes{context_.get_executor(), clock_, "unix:" + notes, echo_};

    EXPECT_TRUE(on_socket.open().has_value());
    EXPECT_EQ(on_notes.open().error(), boost::asio::error::address_in_use);
    EXPECT_TRUE(std::filesystem::is_regular_file(notes));
}

TEST_F(ServerTest, SaysWhyItCannotListen) {
    serve();
    Server second{context_.get_executor(), clock_, "127.0.0.1:" + std::to_string(server_->port()), echo_};
    Server odd{context_.get_executor(), clock_, "nowhere", echo_};

    EXPECT_FALSE(second.open().has_value());
    EXPECT_FALSE(odd.open().has_value());
}

}  // namespace
}  // namespace newswired::http
