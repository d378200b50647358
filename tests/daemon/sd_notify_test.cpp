#include "daemon/sd_notify.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <memory>
#include <string>

namespace newswired::daemon {
namespace {

using testing::MatchesRegex;

class SdNotifyTest : public testing::Test {
  protected:
    ~SdNotifyTest() override { ::close(socket_); }

    /// Listens as the service manager does; `name` begins with '@' for an abstract socket.
    void listen(std::string const& name) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        name.copy(address.sun_path, sizeof address.sun_path - 1);
        if (name.starts_with('@')) {
            address.sun_path[0] = '\0';
        }
        auto const size = socklen_t(offsetof(sockaddr_un, sun_path) + name.size());
        ASSERT_EQ(::bind(socket_, reinterpret_cast<sockaddr const*>(&address), size), 0)
            << std::strerror(errno);
        variable_ = std::make_unique<test::ScopedVariable>("NOTIFY_SOCKET", name);
    }
    /// The next message; empty when none came.
    std::string heard() const {
        char buffer[1024];
        auto const count = ::recv(socket_, buffer, sizeof buffer, MSG_DONTWAIT);
        return count > 0 ? std::string{buffer, std::size_t(count)} : std::string{};
    }

    test::TemporaryFolder folder_;
    int socket_ = ::socket(AF_UNIX, SOCK_DGRAM, 0);
    std::unique_ptr<test::ScopedVariable> variable_;
};

TEST_F(SdNotifyTest, SendsOneDatagramAMessage) {
    listen(folder_.path("notify"));

    sd_notify("READY=1");
    sd_notify("STATUS=reading\nWATCHDOG=1");

    EXPECT_EQ(heard(), "READY=1");
    EXPECT_EQ(heard(), "STATUS=reading\nWATCHDOG=1");
    EXPECT_EQ(heard(), "");
}

TEST_F(SdNotifyTest, SpeaksToAbstractSockets) {
    listen("@newswired-test-" + std::to_string(::getpid()));

    sd_notify("STOPPING=1");

    EXPECT_EQ(heard(), "STOPPING=1");
}

TEST_F(SdNotifyTest, ReloadingTellsTheMonotonicTime) {
    listen(folder_.path("notify"));

    sd_notify_reloading();

    EXPECT_THAT(heard(), MatchesRegex("RELOADING=1\nMONOTONIC_USEC=[0-9]+"));
}

TEST_F(SdNotifyTest, SaysNothingWhenNobodyListens) {
    sd_notify("READY=1");
    for (auto const& path :
         {folder_.path("nobody"), std::string{"relative"}, std::string{}, "/" + std::string(500, 'x')}) {
        test::ScopedVariable const variable{"NOTIFY_SOCKET", path};
        sd_notify("READY=1");
    }
    EXPECT_EQ(heard(), "");
}

TEST_F(SdNotifyTest, KnowsTheWatchdogsInterval) {
    EXPECT_EQ(sd_watchdog_interval(), std::nullopt);
    test::ScopedVariable const interval{"WATCHDOG_USEC", "30000000"};
    EXPECT_EQ(sd_watchdog_interval(), milliseconds{30'000});
    test::ScopedVariable const us{"WATCHDOG_PID", std::to_string(::getpid())};
    EXPECT_EQ(sd_watchdog_interval(), milliseconds{30'000});
}

TEST_F(SdNotifyTest, AWatchdogForAnotherProcessIsNotOurs) {
    test::ScopedVariable const interval{"WATCHDOG_USEC", "30000000"};
    test::ScopedVariable const other{"WATCHDOG_PID", std::to_string(::getpid() + 1)};
    EXPECT_EQ(sd_watchdog_interval(), std::nullopt);
}

TEST_F(SdNotifyTest, AWatchdogOfNonsenseIsNone) {
    for (char const* const nonsense : {"0", "-1", "soon", ""}) {
        test::ScopedVariable const interval{"WATCHDOG_USEC", nonsense};
        EXPECT_EQ(sd_watchdog_interval(), std::nullopt) << nonsense;
    }
}

}  // namespace
}  // namespace newswired::daemon
