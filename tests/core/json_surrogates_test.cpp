#include "core/json_surrogates.hpp"

#include <gtest/gtest.h>

namespace newswired {
namespace {

TEST(JsonSurrogatesTest, HalvesOfCharactersAreReplaced) {
    EXPECT_EQ(with_whole_characters(R"("cut \ud83d")"), R"("cut \ufffd")");
    EXPECT_EQ(with_whole_characters(R"("\uDE00 first")"), R"("\ufffd first")");
    EXPECT_EQ(with_whole_characters(R"("\ud83d\ud83d\ude00")"), R"("\ufffd\ud83d\ude00")");
}

TEST(JsonSurrogatesTest, NothingIsMadeOfWhatIsWhole) {
    for (auto const* const same :
         {R"("\ud83d\ude00")", R"("\\ud83d")", R"("\"\u00e9\n")", R"("\)", R"("\ud8)", ""}) {
        EXPECT_FALSE(with_whole_characters(same)) << same;
    }
}

}  // namespace
}  // namespace newswired
