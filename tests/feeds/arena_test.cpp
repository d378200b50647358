#include "feeds/arena.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::feeds {
namespace {

TEST(ArenaTest, KeepsWhatItIsGiven) {
    Arena arena;
    std::vector<std::string_view> views;
    for (std::size_t i = 0; i < 1000; ++i) {
        views.push_back(arena.copy(std::string(i * 7, static_cast<char>('a' + i % 26))));
    }

    for (std::size_t i = 0; i < views.size(); ++i) {
        EXPECT_EQ(views[i], std::string(i * 7, static_cast<char>('a' + i % 26)));
    }
}

TEST(ArenaTest, AlignsWhatItMakes) {
    Arena arena;
    arena.copy("x");
    auto* const number = arena.make<double>(1.5);
    arena.copy("y");

    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(number) % alignof(double), 0u);
    EXPECT_EQ(*number, 1.5);
}

TEST(ArenaTest, UsesMemoryAgainAfterGoingBack) {
    Arena arena;
    auto const kept = arena.copy("kept");
    auto const mark = arena.mark();
    auto const* const first = arena.copy("first").data();
    for (int i = 0; i < 100; ++i) {
        arena.allocate(10'000, 1);
    }

    arena.rewind(mark);

    EXPECT_EQ(arena.copy("again").data(), first);
    EXPECT_EQ(kept, "kept");
}

TEST(ArenaTest, GoesBackToBeforeItsFirstMemory) {
    Arena arena;
    auto const mark = arena.mark();
    auto const* const first = arena.copy("first").data();

    arena.rewind(mark);

    EXPECT_EQ(arena.copy("again").data(), first);
}

TEST(ArenaTest, TakesBackWhatWasTooMuch) {
    Arena arena;
    auto* const place = static_cast<char*>(arena.allocate(100, 1));
    arena.give_back(place + 10);

    EXPECT_EQ(arena.copy("next").data(), place + 10);
}

}  // namespace
}  // namespace newswired::feeds
