#include "daemon/log_settings.hpp"

#include "core/log.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace newswired::daemon {
namespace {

using testing::HasSubstr;
using testing::Not;

class LogSettingsTest : public testing::Test {
  protected:
    ~LogSettingsTest() override { start_log({}); }

    test::TemporaryFolder folder_;
};

TEST_F(LogSettingsTest, EveryLevelIsItself) {
    std::array const levels{std::pair{config::LogLevel::trace, log::Level::trace},
                            std::pair{config::LogLevel::debug, log::Level::debug},
                            std::pair{config::LogLevel::info, log::Level::info},
                            std::pair{config::LogLevel::warn, log::Level::warn},
                            std::pair{config::LogLevel::error, log::Level::error}};
    for (auto const& [configured, meant] : levels) {
        start_log({.level = configured, .file = folder_.path("log")});

        EXPECT_TRUE(log::enabled(meant));
        EXPECT_EQ(log::enabled(log::Level::trace), meant == log::Level::trace);
        EXPECT_EQ(log::enabled(log::Level::warn), meant != log::Level::error);
    }
}

TEST_F(LogSettingsTest, WritesToTheFile) {
    start_log({.level = config::LogLevel::warn, .file = folder_.path("log")});
    log::warn("Here it is", {{"feed", "a"}});
    log::info("This is not");
    start_log({});

    auto const text = folder_.read("log");
    EXPECT_THAT(text, HasSubstr("Here it is  feed=a"));
    EXPECT_THAT(text, Not(HasSubstr("This is not")));
}

TEST_F(LogSettingsTest, AFileThatCannotBeOpenedIsSaidOnStderr) {
    auto const no_folder = folder_.write("file", "");
    testing::internal::CaptureStderr();
    start_log({.level = config::LogLevel::info, .file = no_folder + "/log"});
    log::info("Still there");
    auto const text = testing::internal::GetCapturedStderr();

    EXPECT_THAT(text, HasSubstr("The log file can't be opened"));
    EXPECT_THAT(text, HasSubstr("Still there"));
}

}  // namespace
}  // namespace newswired::daemon
