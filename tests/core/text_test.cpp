#include "core/text.hpp"

#include <gtest/gtest.h>

namespace newswired {
namespace {

TEST(TextTest, KnowsWellFormedUtf8) {
    EXPECT_TRUE(is_utf8("plain ascii that is longer than eight bytes"));
    EXPECT_TRUE(is_utf8("Z\xC3\xBCrich \xE2\x82\xAC \xF0\x9F\x98\x80"));
    EXPECT_FALSE(is_utf8("\xC0\xAF")) << "overlong";
    EXPECT_FALSE(is_utf8("\xED\xA0\x80")) << "surrogate";
    EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80")) << "above U+10FFFF";
    EXPECT_FALSE(is_utf8("cut \xE2\x82"));
}

TEST(TextTest, ReplacesMaximalIllFormedParts) {
    EXPECT_EQ(to_valid_utf8("a\xE2\x82z\xFF"), "a\uFFFDz\uFFFD");
    EXPECT_EQ(to_valid_utf8("fine \u20AC"), "fine \u20AC");
}

TEST(TextTest, NormalisesToComposedForm) {
    EXPECT_EQ(to_nfc("e\u0301"), "\u00E9");
    EXPECT_EQ(to_nfc("\u00E9"), "\u00E9");
}

TEST(TextTest, CollapsesRunsOfSpace) {
    EXPECT_EQ(collapse_space("  a \n\t b  "), "a b");
    EXPECT_EQ(collapse_space(""), "");
}

TEST(TextTest, SplitsIntoUntrimmedParts) {
    EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
    EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

}  // namespace
}  // namespace newswired
