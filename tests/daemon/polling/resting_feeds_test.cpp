// What feeds cost while they rest: the list and the poller together, counted by the allocator.

#include "tests/daemon/polling/poller_test.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

// jemalloc's; null where sanitizers bring an allocator of their own.
extern "C" int mallctl(char const* name, void* old, std::size_t* old_size, void* fresh,
                       std::size_t fresh_size) __attribute__((weak));

namespace newswired::daemon {
namespace {

double statistic(char const* name) {
    std::uint64_t bytes = 0;
    auto size = sizeof bytes;
    return mallctl(name, &bytes, &size, nullptr, 0) == 0 ? double(bytes) : 0;
}

// Bytes that this thread has asked for and not given back.
double live_bytes() {
    return statistic("thread.allocated") - statistic("thread.deallocated");
}

TEST_F(PollerTest, KeepsARestingFeedIn32BytesBesideItsAddress) {
    if (mallctl == nullptr) {
        GTEST_SKIP() << "the allocator does not count";
    }
    constexpr std::uint32_t kFeeds = 1u << 17;  // what grows by doubling is full
    std::string const begin = "https://example.org/";
    constexpr std::size_t kDigits = 10;
    auto const text_bytes = kFeeds * (begin.size() + kDigits);
    prepare(PollMode::keep_going);
    auto const before = live_bytes();
    std::string const text(text_bytes, 'x');
    auto const of_text = live_bytes() - before;

    config::Settings settings;
    settings.feeds.expect(text_bytes);
    std::vector<Assignment> assignments;
    for (std::uint32_t feed = 0; feed < kFeeds; ++feed) {
        settings.feeds.add(begin + std::to_string(1'000'000'000 + feed));
        assignments.push_back({.feed = feed, .next_poll = clock_.now() + milliseconds{50} * feed});
    }
    settings.feeds.seal();
    poller_->adopt(std::make_shared<Plan const>(std::move(settings)), std::exchange(assignments, {}));

    auto const own = live_bytes() - before - 2 * of_text;
    EXPECT_GT(of_text, double(text_bytes) * 0.9);
    EXPECT_LT(own / kFeeds, 32.0);
    EXPECT_GT(own / kFeeds, 20.0) << "something is not counted";
}

}  // namespace
}  // namespace newswired::daemon
