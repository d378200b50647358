#include "core/entities.hpp"

#include "core/text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::articles::html {
namespace {

using namespace std::string_view_literals;

std::string in_text(std::string_view text) {
    std::string out;
    append_decoded(out, text);
    return out;
}

std::string in_attribute(std::string_view text) {
    std::string out;
    append_decoded(out, text, true);
    return out;
}

std::string escaped_source(std::string_view text) {
    std::string out;
    append_escaped_source(out, text);
    return out;
}

TEST(EntitiesTest, DecodesNames) {
    EXPECT_EQ(in_text("a &amp; b"), "a & b");
    EXPECT_EQ(in_text("&Auml;&auml;&AMP;&euro;"), "\u00C4\u00E4&\u20AC");
    EXPECT_EQ(in_text("&CounterClockwiseContourIntegral;"), "\u2233") << "the longest";
    EXPECT_EQ(in_text("&NotEqualTilde;"), "\u2242\u0338") << "two code points";
    EXPECT_EQ(in_text("&Afr;"), "\U0001D504") << "beyond the basic plane";
}

TEST(EntitiesTest, DecodesOldNamesWithoutSemicolon) {
    EXPECT_EQ(in_text("&copy 2024"), "\u00A9 2024");
    EXPECT_EQ(in_text("&ltb&gt"), "<b>");
    EXPECT_EQ(in_text("AT&ampT"), "AT&T");
    EXPECT_EQ(in_text("&notit; &notin;"), "\u00ACit; \u2209") << "the longest name that matches";
}

TEST(EntitiesTest, LeavesWhatIsNoReference) {
    for (auto const* text : {"&", "& ", "&;", "&#", "&#;", "&#x", "&#x;", "&#xg;", "&#a", "AT&T", "&unknown;",
                             "&euro 5", "a&b&c", "&&&", "&AmP;"}) {
        EXPECT_EQ(in_text(text), text);
    }
}

TEST(EntitiesTest, DecodesOnePassOnly) {
    EXPECT_EQ(in_text("&amp;lt;"), "&lt;");
    EXPECT_EQ(in_text("&&amp;amp;"), "&&amp;");
    EXPECT_EQ(in_text("&#38;#60;"), "&#60;");
}

// 13.2.5.73: "?a=1&copy=2" is a query, not a copyright sign.
TEST(EntitiesTest, IsCarefulInAttributes) {
    EXPECT_EQ(in_attribute("?a=1&copy=2"), "?a=1&copy=2");
    EXPECT_EQ(in_attribute("?a=1&copya"), "?a=1&copya");
    EXPECT_EQ(in_attribute("?a=1&copy1"), "?a=1&copy1");
    EXPECT_EQ(in_attribute("?a=1&notit;"), "?a=1&notit;");
    EXPECT_EQ(in_attribute("?a=1&copy;=2"), "?a=1\u00A9=2");
    EXPECT_EQ(in_attribute("a &copy"), "a \u00A9");
    EXPECT_EQ(in_attribute("a &copy b"), "a \u00A9 b");
    EXPECT_EQ(in_attribute("?a=1&amp;b=2"), "?a=1&b=2");
    EXPECT_EQ(in_attribute("&#65b"), "Ab") << "numbers need no semicolon anywhere";
}

TEST(EntitiesTest, DecodesNumbers) {
    EXPECT_EQ(in_text("&#65;&#x41;&#X41;&#x1F600;"), "AAA\U0001F600");
    EXPECT_EQ(in_text("&#65 &#65x &#x41g"), "A Ax Ag");
    EXPECT_EQ(in_text("&#0000000065;&#x000000000000041;"), "AA");
}

// 13.2.5.80
TEST(EntitiesTest, ReadsNumbersFrom128To159AsWindows1252) {
    EXPECT_EQ(in_text("&#128;&#x80;"), "\u20AC\u20AC");
    EXPECT_EQ(in_text("&#145;&#146;&#147;&#148;"), "\u2018\u2019\u201C\u201D");
    EXPECT_EQ(in_text("&#150;&#151;&#133;&#153;&#159;"), "\u2013\u2014\u2026\u2122\u0178");
    EXPECT_EQ(in_text("&#129;"), "\xC2\x81") << "not assigned in windows-1252";
    EXPECT_EQ(in_text("&#160;"), "\u00A0");
}

TEST(EntitiesTest, ReplacesNumbersThatAreNoCharacters) {
    EXPECT_EQ(in_text("&#0;"), "\uFFFD");
    EXPECT_EQ(in_text("&#xD800;&#xDFFF;"), "\uFFFD\uFFFD");
    EXPECT_EQ(in_text("&#x10FFFF;"), "\U0010FFFF");
    EXPECT_EQ(in_text("&#x110000;"), "\uFFFD");
    EXPECT_EQ(in_text("&#4294967361;"), "\uFFFD") << "65 beyond 32 bits";
    EXPECT_EQ(in_text("&#x100000041;"), "\uFFFD");
    EXPECT_EQ(in_text("&#99999999999999999999999999999999;"), "\uFFFD");
}

TEST(EntitiesTest, TellsHowMuchItRead) {
    std::string out;
    EXPECT_EQ(decode_reference("&lt;b", out), 4u);
    EXPECT_EQ(decode_reference("&ltb", out), 3u);
    EXPECT_EQ(decode_reference("&#60;b", out), 5u);
    EXPECT_EQ(decode_reference("&#60b", out), 4u);
    EXPECT_EQ(out, "<<<<");
    EXPECT_EQ(decode_reference("&x", out), 0u);
    EXPECT_EQ(out, "<<<<") << "nothing is appended when there is no reference";
}

TEST(EntitiesTest, EscapesSourceSoThatReferencesStay) {
    EXPECT_EQ(escaped_source("a < b > c \" d"), "a &lt; b &gt; c &quot; d");
    EXPECT_EQ(escaped_source("&lt;b&gt; &nbsp; &#60; &#x3C;"), "&lt;b&gt; &nbsp; &#60; &#x3C;");
    EXPECT_EQ(escaped_source("AT&T & co"), "AT&amp;T &amp; co");
    EXPECT_EQ(escaped_source("a\0b"sv), "ab");
}

TEST(EntitiesTest, EscapesPlainCharacters) {
    std::string out;
    append_escaped(out, "<&lt;>\"'\0x"sv);
    EXPECT_EQ(out, "&lt;&amp;lt;&gt;&quot;'x");
    EXPECT_EQ(in_text(out), "<&lt;>\"'x");
}

TEST(EntitiesTest, AlwaysGivesUtf8) {
    for (int code = 0; code < 0x11000; code += 7) {
        auto const text = in_text("&#" + std::to_string(code) + ";");
        ASSERT_TRUE(is_utf8(text)) << code;
        ASSERT_FALSE(text.empty()) << code;
    }
}

}  // namespace
}  // namespace newswired::articles::html
