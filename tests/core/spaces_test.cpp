#include "core/spaces.hpp"

#include <gtest/gtest.h>

#include <random>

namespace newswired {
namespace {

// As simple as it can be said.
template <NoBreakSpaces Which>
std::string collapsed_slowly(std::string_view text) {
    std::string out;
    bool pending = false;
    for (std::size_t place = 0; place < text.size();) {
        auto const space = space_at<Which>(text, place);
        if (space > 0) {
            pending = true;
            place += space;
            continue;
        }
        if (pending && !out.empty()) {
            out += ' ';
        }
        pending = false;
        out += text[place++];
    }
    return out;
}

template <NoBreakSpaces Which>
std::string collapsed(std::string text) {
    collapse_spaces<Which>(text);
    return text;
}

TEST(SpacesTest, KnowNoBreakSpacesWhereTheyAreWanted) {
    EXPECT_EQ(collapsed<NoBreakSpaces::are_space>("a\u00A0 b\u00A9"), "a b\u00A9");
    EXPECT_EQ(collapsed<NoBreakSpaces::are_text>("a\u00A0 b"), "a\u00A0 b");
}

TEST(SpacesTest, CollapseAlikeAtEveryPlaceOfABlock) {
    std::mt19937 random{1};
    constexpr std::string_view kPieces[] = {"a",  "bc", " ",      " ",      "  ",  "\n",
                                            "\t", "\v", "\u00A0", "\u00A9", "\xC2"};
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (auto count = random() % 60; count > 0; --count) {
            text += random() % 2 == 0 ? "word" : kPieces[random() % std::size(kPieces)];
        }
        EXPECT_EQ(collapsed<NoBreakSpaces::are_space>(text),
                  collapsed_slowly<NoBreakSpaces::are_space>(text));
        EXPECT_EQ(collapsed<NoBreakSpaces::are_text>(text), collapsed_slowly<NoBreakSpaces::are_text>(text));
    }
}

}  // namespace
}  // namespace newswired
