#include "core/hash.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired {
namespace {

// Stored hashes must not depend on the processor: values of the reference implementation.
TEST(HashTest, IsTheSameOnEveryProcessor) {
    std::string text;
    for (int i = 0; i < 4096; ++i) {
        text += static_cast<char>('a' + i % 26);
    }
    EXPECT_EQ(xxh3(""), 0x2D06800538D394C2u);
    EXPECT_EQ(xxh3(text.substr(0, 240)), 0xEA0E0F78188232EDu);
    EXPECT_EQ(xxh3(text.substr(0, 241)), 0xBB0A906AF5B5C211u);
    EXPECT_EQ(xxh3(text), 0x418F6F6A75913FF3u);
    EXPECT_EQ(xxh3(text, 42), 0x086C9FF9338FF9A9u);
}

}  // namespace
}  // namespace newswired
