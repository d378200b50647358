#include "core/name_table.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired {
namespace {

constexpr NameTable kNames{std::to_array<std::string_view>(
    {"a", "h1", "div", "span", "table", "blockquote", "figcaption", "accept-charset", "eightlet"})};

TEST(NameTableTest, FindsNamesWhateverTheirCase) {
    EXPECT_EQ(kNames.find("A"), 0u);
    EXPECT_EQ(kNames.find("H1"), 1u);
    EXPECT_EQ(kNames.find("dIV"), 2u);
    EXPECT_EQ(kNames.find("SPAN"), 3u);
    EXPECT_EQ(kNames.find("EightLet"), 8u);
    EXPECT_EQ(kNames.find("BlockQuote"), 5u);
    EXPECT_EQ(kNames.find("ACCEPT-CHARSET"), 7u);
}

TEST(NameTableTest, FindsNothingElse) {
    using namespace std::string_view_literals;
    for (auto const name :
         {""sv, "b"sv, "a\0"sv, "\0a"sv, "h\x11"sv, "di"sv, "divv"sv, "spa\u00CE"sv, "blockquot"sv,
          "blockquotee"sv, "blockquoXe"sv, "accept_charset"sv, "accept-chXrset"sv, "eightle"sv}) {
        EXPECT_FALSE(kNames.contains(name)) << name;
    }
}

TEST(NameTableTest, PacksNamesAtCompileTimeAsAtRunTime) {
    std::string const name{"AbCdEfGh"};
    constexpr auto kSame = packed_name("abcdefgh");
    EXPECT_EQ(packed_name(name), kSame);
    for (std::size_t size = 0; size <= name.size(); ++size) {
        EXPECT_EQ(packed_name(std::string_view{name}.substr(0, size)),
                  size == 8 ? kSame : kSame & ((std::uint64_t{1} << (8 * size)) - 1));
    }
}

}  // namespace
}  // namespace newswired
