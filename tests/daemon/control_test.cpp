#include "daemon/control.hpp"

#include "core/task_group.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/error.hpp>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <future>
#include <string>
#include <thread>

namespace newswired::daemon {
namespace {

using testing::HasSubstr;

class ControlTest : public testing::Test {
  protected:
    /// Serves while `ask` runs on another thread, and returns what that returns.
    template <typename Ask>
    auto with_server(Ask ask) {
        TaskGroup serving{context_.get_executor()};
        ControlHandler handler = [this](ControlQuestion question) { return answer(std::move(question)); };
        serving.spawn(serve_control(path_, handler, clock_));
        context_.restart();
        context_.poll();
        auto answered = std::async(std::launch::async, [&] {
            auto result = ask();
            boost::asio::post(context_, [&serving] { serving.cancel(); });
            return result;
        });
        context_.restart();
        context_.run();
        return answered.get();
    }

    Task<ControlAnswer> answer(ControlQuestion question) {
        questions_.push_back(std::move(question));
        co_return answer_;
    }

    /// Sends bytes as they are and returns all that comes back.
    std::string send_raw(std::string const& bytes) {
        auto const socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        auto const address = this->address();
        std::string answer;
        if (::connect(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0) {
            (void)::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            ::shutdown(socket, SHUT_WR);
            char buffer[4096];
            for (ssize_t count; (count = ::recv(socket, buffer, sizeof buffer, 0)) > 0;) {
                answer.append(buffer, std::size_t(count));
            }
        }
        ::close(socket);
        return answer;
    }

    sockaddr_un address() const {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path_.copy(address.sun_path, sizeof address.sun_path - 1);
        return address;
    }

    test::TemporaryFolder folder_;
    std::string path_ = folder_.path("control.sock");
    test::FakeClock clock_;
    boost::asio::io_context context_{1};
    ControlAnswer answer_{.exit = 3, .out = "line one\nline \"two\"\n", .err = "ö\n"};
    std::vector<ControlQuestion> questions_;
};

TEST_F(ControlTest, CarriesAQuestionAndItsAnswer) {
    ControlQuestion const question{{"command", "explain"}, {"url", "https://news.example/\"a\"\n"}};

    auto const answer = with_server([&] { return ask_control(path_, question); });

    ASSERT_TRUE(answer.has_value()) << answer.error().message();
    EXPECT_EQ(answer->exit, 3);
    EXPECT_EQ(answer->out, answer_.out);
    EXPECT_EQ(answer->err, answer_.err);
    EXPECT_EQ(questions_.at(0), question);
}

TEST_F(ControlTest, CarriesALongAnswer) {
    answer_.out = std::string(5'000'000, 'x');

    auto const answer = with_server([&] { return ask_control(path_, {{"command", "status"}}); });

    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->out.size(), answer_.out.size());
}

TEST_F(ControlTest, AnswersOneAfterAnother) {
    auto const count = with_server([&] {
        int answered = 0;
        for (int i = 0; i < 50; ++i) {
            answered += ask_control(path_, {{"command", std::to_string(i)}}).has_value() ? 1 : 0;
        }
        return answered;
    });

    EXPECT_EQ(count, 50);
    EXPECT_EQ(questions_.size(), 50u);
}

TEST_F(ControlTest, DoesNotUnderstandEverything) {
    for (char const* const nonsense : {"hello\n", "[1,2]\n", "{\"command\": \n", "\n"}) {
        auto const answer = with_server([&] { return send_raw(nonsense); });

        EXPECT_THAT(answer, HasSubstr("did not understand")) << nonsense;
    }
    EXPECT_TRUE(questions_.empty());
}

TEST_F(ControlTest, AQuestionWithoutEndIsNotWaitedForInMemory) {
    auto const answer = with_server([&] { return send_raw(std::string(1'000'000, '{')); });

    EXPECT_TRUE(questions_.empty());
    EXPECT_THAT(answer, testing::AnyOf("", HasSubstr("did not understand")));
}

TEST_F(ControlTest, ReplacesAStaleSocketAndRemovesItsOwn) {
    folder_.write("control.sock", "left by a daemon that was killed");

    auto const answer = with_server([&] { return ask_control(path_, {{"command", "status"}}); });

    EXPECT_TRUE(answer.has_value());
    EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(ControlTest, IsOpenToUserAndGroupOnly) {
    auto const mode = with_server([&] {
        struct stat info {};
        ::stat(path_.c_str(), &info);
        return info.st_mode & 0777;
    });

    EXPECT_EQ(mode, 0660u);
}

TEST_F(ControlTest, AskingNobodyIsAnError) {
    EXPECT_FALSE(ask_control(path_, {{"command", "status"}}).has_value());
}

TEST_F(ControlTest, ADaemonThatDoesNotAnswerIsAnError) {
    auto const silent = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto const address = this->address();
    ASSERT_EQ(::bind(silent, reinterpret_cast<sockaddr const*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(silent, 1), 0);

    auto const answer = ask_control(path_, {{"command", "status"}}, milliseconds{20});

    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error(), boost::asio::error::timed_out);
    ::close(silent);
}

TEST_F(ControlTest, APathThatIsTooLongIsAnErrorForBoth) {
    path_ = folder_.path(std::string(200, 'x'));

    auto const answer = with_server([&] { return ask_control(path_, {{"command", "status"}}); });

    EXPECT_FALSE(answer.has_value());
}

TEST_F(ControlTest, IsFoundFromTheStatesFolderToo) {
    path_ = folder_.path("elsewhere.sock");
    ::unlink(folder_.path("control.sock").c_str());
    offer_control_in(folder_.path(""), path_);
    offer_control_in(folder_.path(""), path_);  // as a second start does

    auto const answer = with_server([&] {
        return ask_control(folder_.path("control.sock"), {{"command", "status"}});
    });

    EXPECT_TRUE(answer.has_value());
}

TEST(ControlPath, IsInTheRuntimeDirectoryWhenThereIsOne) {
    EXPECT_EQ(control_path("/var/lib/newswired"), "/var/lib/newswired/control.sock");
    test::ScopedVariable const runtime{"RUNTIME_DIRECTORY", "/run/newswired"};
    EXPECT_EQ(control_path("/var/lib/newswired"), "/run/newswired/control.sock");
}

}  // namespace
}  // namespace newswired::daemon
