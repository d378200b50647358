#include "articles/body/sanitize.hpp"
#include "core/text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::articles {
namespace {

std::string text_of(std::string_view html) {
    return to_readable_text(html);
}

TEST(ReadableTextTest, PartsParagraphsByABlankLine) {
    EXPECT_EQ(text_of("<p>a</p><p>b</p>"), "a\n\nb");
    EXPECT_EQ(text_of("<p>a</p>\n\n\n<p>b</p>\n"), "a\n\nb");
    EXPECT_EQ(text_of("<h1>a</h1><div>b</div><blockquote><p>c</p></blockquote>d"), "a\n\nb\n\nc\n\nd");
    EXPECT_EQ(text_of("<div><div><p>a</p></div></div><div><p></p></div><p>b</p>"), "a\n\nb")
        << "however nested";
    EXPECT_EQ(text_of("a<hr>b"), "a\n\nb");
    EXPECT_EQ(text_of("<figure><img src=\"x\"><figcaption>a</figcaption></figure><p>b</p>"), "a\n\nb");
}

TEST(ReadableTextTest, CollapsesSpace) {
    EXPECT_EQ(text_of("  a \n b\t<b> c </b> d  "), "a b c d");
    EXPECT_EQ(text_of("a<b> b</b>"), "a b");
    EXPECT_EQ(text_of("<p> a </p> <p> b </p>"), "a\n\nb");
    EXPECT_EQ(text_of("a<b>b</b>c"), "abc") << "inline elements part nothing";
    EXPECT_EQ(text_of("a&nbsp;b\u00A0\u00A0c"), "a b c") << "no-break spaces are spaces";
    EXPECT_EQ(text_of(" \n "), "");
    EXPECT_EQ(text_of(""), "");
}

TEST(ReadableTextTest, BreaksLines) {
    EXPECT_EQ(text_of("a<br>b"), "a\nb");
    EXPECT_EQ(text_of("a <br> b"), "a\nb");
    EXPECT_EQ(text_of("a<br><br>b"), "a\n\nb") << "the paragraphs of those who do not use <p>";
    EXPECT_EQ(text_of("a<br>\n<br /><br>b"), "a\n\nb");
    EXPECT_EQ(text_of("<br>a<br>"), "a");
    EXPECT_EQ(text_of("<p>a<br></p><p>b</p>"), "a\n\nb");
}

TEST(ReadableTextTest, WritesLists) {
    EXPECT_EQ(text_of("<ul><li>a</li><li>b</li></ul>"), "- a\n- b");
    EXPECT_EQ(text_of("<ol><li>a</li><li>b</li></ol>"), "1. a\n2. b");
    EXPECT_EQ(text_of("<p>x</p><ul><li>a</li></ul><p>y</p>"), "x\n\n- a\n\ny");
    EXPECT_EQ(text_of("<ul>\n<li>\n<p>a</p>\n</li>\n<li><p>b</p><p>c</p></li>\n</ul>"), "- a\n- b\nc");
    EXPECT_EQ(text_of("<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"),
              "- a\n  - b\n  - c\n- d");
    EXPECT_EQ(text_of("<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>"), "1. a\n  1. b\n2. c");
    EXPECT_EQ(text_of("<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"), "a\nb\nc");
    EXPECT_EQ(text_of("<ul><li></li><li>a</li></ul>"), "- a") << "empty items say nothing";
}

TEST(ReadableTextTest, KeepsPreformattedText) {
    EXPECT_EQ(text_of("<pre>a\n  b\n\n\nc  d</pre>"), "a\n  b\n\n\nc  d");
    EXPECT_EQ(text_of("<p>x</p><pre><code>  a\n\tb</code></pre><p>y   z</p>"), "x\n\n  a\n\tb\n\ny z");
    EXPECT_EQ(text_of("<pre>\na\n</pre>b"), "a\n\nb") << "the first line end is none";
    EXPECT_EQ(text_of("<p>x</p><pre>\na</pre>"), "x\n\na");
    EXPECT_EQ(text_of("<pre>a\r\nb</pre>"), "a\nb");
    EXPECT_EQ(text_of("<pre>a\n&nbsp;&nbsp;b</pre>"), "a\n  b");
    EXPECT_EQ(text_of("<pre>a<br>b</pre>"), "a\nb");
}

TEST(ReadableTextTest, WritesTables) {
    EXPECT_EQ(text_of("<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>"),
              "a | b\nc | d");
    EXPECT_EQ(
        text_of("<p>x</p><table><caption>t</caption><tbody><tr><td>a</td></tr></tbody></table><p>y</p>"),
        "x\n\nt\na\n\ny");
    EXPECT_EQ(text_of("<table>\n<tr>\n<td> <p>a</p> </td>\n<td><p>b</p></td>\n</tr>\n</table>"), "a | b");
    EXPECT_EQ(text_of("<table><tr><td>a</td><td></td><td>c</td></tr></table>"), "a | c");
    EXPECT_EQ(text_of("<table><tr><td>a<br>b</td></tr></table>"), "a\nb");
}

TEST(ReadableTextTest, DecodesReferencesAndShowsNoMarkup) {
    EXPECT_EQ(text_of("a &lt;b&gt; &amp;amp; &eacute; &#8212; &#147;c&#148;"),
              "a <b> &amp; \u00E9 \u2014 \u201Cc\u201D");
    EXPECT_EQ(text_of("<a href=\"https://example.org/\">a</a> <img src=\"b\" alt=\"c\">d"), "a d");
    EXPECT_EQ(text_of("a<!-- b -->c"), "ac");
    EXPECT_EQ(text_of("<script>a</script>b"), "b");
    EXPECT_EQ(text_of("\u00A9 \u00A7\u00A0\u00C2"), "\u00A9 \u00A7 \u00C2")
        << "bytes of a no-break space elsewhere";
}

TEST(ReadableTextTest, IsComposedUnicode) {
    EXPECT_EQ(text_of("<p>e\u0301</p><p>e&#x301;</p><p>e<b>\u0301</b></p>"), "\u00E9\n\n\u00E9\n\n\u00E9");
}

TEST(ReadableTextTest, HasNoSpaceAtTheEndsOfLines) {
    auto const text =
        text_of("<p>a </p><ul> <li> b </li> </ul><table><tr> <td>c </td> </tr></table> d <br> e ");
    EXPECT_EQ(text, "a\n\n- b\n\nc\n\nd\ne");
}

std::string plain(std::string_view html) {
    return to_plain({.value = html, .kind = feeds::TextKind::html});
}

TEST(PlainTextTest, RemovesMarkupFromTitles) {
    EXPECT_EQ(plain("a <b>b</b> c"), "a b c");
    EXPECT_EQ(plain("a<br>b<p>c</p>d"), "a b c d");
    EXPECT_EQ(plain("  a \n b "), "a b");
    EXPECT_EQ(plain("<script>x</script>a<style>y</style><!-- z -->b"), "ab");
    EXPECT_EQ(plain("<script></script>a"), "a");
    EXPECT_EQ(plain("<img src=x alt=y>"), "");
}

TEST(PlainTextTest, DecodesReferences) {
    EXPECT_EQ(plain("AT&amp;T &eacute; &#8212; R&D"), "AT&T \u00E9 \u2014 R&D");
    EXPECT_EQ(plain("e&#x301;"), "\u00E9") << "composed";
}

TEST(PlainTextTest, RemovesMarkupThatWasEscapedTwice) {
    auto rss = [](std::string_view text) {
        return to_plain({.value = text, .kind = feeds::TextKind::html, .may_be_escaped_twice = true});
    };
    EXPECT_EQ(rss("&lt;b&gt;a&lt;/b&gt; &amp;amp; b"), "a & b");
    EXPECT_EQ(rss("1 &lt; 2 &amp;&amp; 3 &gt; 2"), "1 < 2 && 3 > 2");
    EXPECT_EQ(plain("&lt;b&gt;a&lt;/b&gt;"), "<b>a</b>") << "Atom says what it means";
}

TEST(PlainTextTest, KeepsWhatOnlyLooksLikeMarkup) {
    EXPECT_EQ(plain("I <3 you"), "I <3 you");
    EXPECT_EQ(plain("std::vector<int> of <T>"), "std::vector<int> of <T>") << "no element of HTML";
    EXPECT_EQ(plain("a <x and more"), "a <x and more") << "a tag that is not closed, of no element";
    EXPECT_EQ(plain("a < b > c"), "a < b > c");
}

TEST(PlainTextTest, LeavesPlainTextAlone) {
    EXPECT_EQ(to_plain({.value = " <b>a</b> &amp;\n c "}), "<b>a</b> &amp; c");
    EXPECT_EQ(to_plain({.value = "e\u0301"}), "\u00E9");
    EXPECT_EQ(to_plain({}), "");
}

}  // namespace
}  // namespace newswired::articles
