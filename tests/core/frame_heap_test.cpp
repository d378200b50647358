#include "core/frame_heap.hpp"

#include "core/task.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>

#include <cstring>
#include <thread>
#include <vector>

namespace newswired {
namespace {

constexpr std::size_t kSizes[] = {1, 100, 128, 129, 1'000, 5'000, 8'192, 8'193, 100'000};

TEST(FrameHeapTest, GivesRoomForEverySize) {
    std::vector<void*> frames;
    for (auto const size : kSizes) {
        for (int i = 0; i < 3; ++i) {
            frames.push_back(frame_heap::take(size));
            std::memset(frames.back(), i, size);
        }
    }
    for (std::size_t i = 0; i < frames.size(); ++i) {
        frame_heap::give_back(frames[i], kSizes[i / 3]);
    }

    auto* const again = frame_heap::take(1'000);
    std::memset(again, 0xFF, 1'000);
    frame_heap::give_back(again, 1'000);
}

TEST(FrameHeapTest, KeepsNoMoreThanItsBound) {
    constexpr std::size_t kSize = 8'000;
    std::vector<void*> frames;
    for (std::size_t i = 0; i < 2 * frame_heap::kMaxKept / kSize; ++i) {
        frames.push_back(frame_heap::take(kSize));
    }
    for (auto* const frame : frames) {
        frame_heap::give_back(frame, kSize);
    }

    EXPECT_LE(frame_heap::kept_here(), frame_heap::kMaxKept);
}

TEST(FrameHeapTest, TakesBackWhatAnotherThreadTook) {
    auto* frame = frame_heap::take(300);
    std::thread{[frame] { frame_heap::give_back(frame, 300); }}.join();

    frame = frame_heap::take(300);
    std::memset(frame, 0, 300);
    frame_heap::give_back(frame, 300);
}

TEST(FrameHeapTest, KeepsNothingThatOtherThreadsGoOnTaking) {
    std::size_t kept_there = 1;
    std::vector<void*> frames(100);
    for (auto& frame : frames) {
        frame = frame_heap::take(300);
    }
    std::thread{[&] {
        for (auto* const frame : frames) {
            frame_heap::give_back(frame, 300);
        }
        kept_there = frame_heap::kept_here();
    }}.join();

    EXPECT_EQ(kept_there, 0u);
}

Task<int> deep(int levels) {
    if (levels == 0) {
        co_return 0;
    }
    auto const below = co_await deep(levels - 1);
    co_return below + 1;
}

TEST(FrameHeapTest, HoldsTheFramesOfTasks) {
    boost::asio::io_context context;
    int reached = 0;
    auto ended = [&reached](std::exception_ptr, int levels) { reached = levels; };
    boost::asio::co_spawn(context, deep(200), ended);
    context.run();

    EXPECT_EQ(reached, 200);
}

}  // namespace
}  // namespace newswired
