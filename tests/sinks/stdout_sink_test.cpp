#include "tests/support/captured_stdout.hpp"
#include "tests/support/sink_host.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>

#include <csignal>
#include <optional>
#include <thread>

namespace newswired::sinks {
namespace {

/// A pipe with standard output at its writing end.
class StdoutSinkTest : public testing::Test {
  protected:
    StdoutSinkTest() {
        std::signal(SIGPIPE, SIG_IGN);  // as main does
        int ends[2];
        EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
        reader_ = ends[0];
        captured_.emplace(ends[1]);
        ::close(ends[1]);
    }
    ~StdoutSinkTest() override {
        captured_.reset();
        close_reader();
        std::signal(SIGPIPE, SIG_DFL);
    }

    void close_reader() {
        if (reader_ >= 0) {
            ::close(std::exchange(reader_, -1));
        }
    }

    /// All that comes until the writing end is closed.
    std::string read_to_end() const {
        std::string all;
        char buffer[4096];
        for (ssize_t got = 0; (got = ::read(reader_, buffer, sizeof buffer)) > 0;) {
            all.append(buffer, std::size_t(got));
        }
        return all;
    }

    test::SinkHost host_;
    std::unique_ptr<Sink> sink_ = host_.make({.name = "console", .type = "stdout"});
    int reader_ = -1;
    std::optional<test::CapturedStdout> captured_;
};

TEST_F(StdoutSinkTest, WritesOneRecordALine) {
    ASSERT_TRUE(host_.run(sink_->open("")));

    auto const delivered = host_.run(sink_->deliver(host_.records(1, 2)));
    captured_.reset();

    EXPECT_TRUE(delivered);
    EXPECT_EQ(read_to_end(), "{\"seq\":1}\n{\"seq\":2}\n");
}

TEST_F(StdoutSinkTest, FailsWhenTheReaderHasGone) {
    ASSERT_TRUE(host_.run(sink_->open("")));
    close_reader();

    auto const delivered = host_.run(sink_->deliver(host_.records(1, 1)));

    ASSERT_FALSE(delivered);
    EXPECT_EQ(delivered.error(), boost::system::errc::broken_pipe);
}

// Some readers make the pipe non-blocking for both ends.
TEST_F(StdoutSinkTest, WaitsForASlowReaderOfANonBlockingPipe) {
    ::fcntl(STDOUT_FILENO, F_SETFL, ::fcntl(STDOUT_FILENO, F_GETFL) | O_NONBLOCK);
    ::fcntl(STDOUT_FILENO, F_SETPIPE_SZ, 4096);
    std::vector<Record> const records{{.seq = 1, .json = std::string(300'000, 'x')}};
    std::string read;
    std::thread reader{[&] { read = read_to_end(); }};

    auto const delivered = host_.run(sink_->deliver(records));
    captured_.reset();
    reader.join();

    EXPECT_TRUE(delivered);
    EXPECT_TRUE(read == records[0].json + "\n") << read.size();
}

TEST_F(StdoutSinkTest, FailsWhenTheReaderGoesWhileItWaits) {
    ::fcntl(STDOUT_FILENO, F_SETFL, ::fcntl(STDOUT_FILENO, F_GETFL) | O_NONBLOCK);
    ::fcntl(STDOUT_FILENO, F_SETPIPE_SZ, 4096);
    std::vector<Record> const records{{.seq = 1, .json = std::string(300'000, 'x')}};
    std::thread reader{[&] {
        char buffer[4096];
        (void)!::read(reader_, buffer, sizeof buffer);
        close_reader();
    }};

    auto const delivered = host_.run(sink_->deliver(records));
    reader.join();

    ASSERT_FALSE(delivered);
    EXPECT_EQ(delivered.error(), boost::system::errc::broken_pipe);
}

TEST_F(StdoutSinkTest, HasNoPositionToStore) {
    auto const opened = host_.run(sink_->open("something of old"));
    auto const delivered = host_.run(sink_->deliver(host_.records(1, 1)));

    ASSERT_TRUE(opened && delivered);
    EXPECT_EQ(*opened, "");
    EXPECT_EQ(*delivered, "");
}

}  // namespace
}  // namespace newswired::sinks
