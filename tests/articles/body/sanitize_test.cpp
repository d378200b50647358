#include "articles/body/sanitize.hpp"

#include "core/text.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace newswired::articles {
namespace {

using namespace std::string_view_literals;

constexpr auto kBase = "https://example.org/2026/a/"sv;

std::string faithful(std::string_view html) {
    return sanitize(html, kBase, Policy::faithful);
}

std::string article(std::string_view html) {
    return sanitize(html, kBase, Policy::article);
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (; times > 0; --times) {
        all += text;
    }
    return all;
}

void expect_unchanged(std::string_view html) {
    EXPECT_EQ(faithful(html), html);
    EXPECT_EQ(article(html), html);
}

TEST(SanitizeTest, LeavesGoodHtmlAsItIs) {
    expect_unchanged("");
    expect_unchanged("plain text, nothing else");
    expect_unchanged("<p>One <b>two <i>three</i></b> four.</p><p>Five</p>");
    expect_unchanged("<h1>A</h1><h2>B</h2><blockquote><p>C</p></blockquote><pre>d\n  e</pre><hr>");
    expect_unchanged("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul><dl><dt>d</dt><dd>e</dd></dl>");
    expect_unchanged(
        "<table border=\"1\"><caption>a</caption><colgroup><col span=\"2\"></colgroup><thead><tr>"
        "<th scope=\"col\">b</th></tr></thead><tbody><tr><td colspan=\"2\">c</td></tr></tbody></table>");
    expect_unchanged(
        "<figure><img src=\"https://example.org/a.jpg\" alt=\"b\" width=\"3\" height=\"4\">"
        "<figcaption>c</figcaption></figure>");
    expect_unchanged(
        "<video src=\"https://example.org/a.mp4\" controls=\"\"><source src=\"https://example.org/b\" "
        "type=\"video/mp4\"></video>");
    expect_unchanged("<p dir=\"rtl\" lang=\"he\" class=\"a b\" id=\"c\" title=\"d\">e</p>");
    expect_unchanged("<ruby>\u6F22<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>");
    expect_unchanged("<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>");
    expect_unchanged("<svg viewbox=\"0 0 1 1\"><g fill=\"red\"><path d=\"M0 0\"></path></g></svg>");
}

TEST(SanitizeTest, KeepsReferencesAndText) {
    expect_unchanged("a &lt;b&gt; &amp; &nbsp;&#8212;&#x2014; c");
    EXPECT_EQ(faithful("AT&T & co"), "AT&amp;T &amp; co");
    EXPECT_EQ(faithful("1 < 2 > 1 \"x\""), "1 &lt; 2 &gt; 1 &quot;x&quot;");
    EXPECT_EQ(faithful("&copy 2024 &ltb&gt &#169"), "\u00A9 2024 &lt;b&gt; \u00A9")
        << "references without semicolon";
    EXPECT_EQ(faithful("a\0b"sv), "ab");
    EXPECT_EQ(faithful("<xmp>&lt;<b></xmp>"), "&amp;lt;&lt;b&gt;") << "no references in xmp";
}

TEST(SanitizeTest, ResolvesAddresses) {
    EXPECT_EQ(faithful("<a href=b>x</a>"), "<a href=\"https://example.org/2026/a/b\">x</a>");
    EXPECT_EQ(faithful("<a href=/b>x</a>"), "<a href=\"https://example.org/b\">x</a>");
    EXPECT_EQ(faithful("<a href=../b?c#d>x</a>"), "<a href=\"https://example.org/2026/b?c#d\">x</a>");
    EXPECT_EQ(faithful("<a href=//b.example/c>x</a>"), "<a href=\"https://b.example/c\">x</a>");
    EXPECT_EQ(faithful("<a href='#c'>x</a>"), "<a href=\"https://example.org/2026/a/#c\">x</a>");
    EXPECT_EQ(faithful("<a href=' b '>x</a>"), "<a href=\"https://example.org/2026/a/b\">x</a>");
    EXPECT_EQ(faithful("<a href='?a=1&amp;b=2'>x</a>"),
              "<a href=\"https://example.org/2026/a/?a=1&amp;b=2\">x</a>");
    EXPECT_EQ(faithful("<a href='?a=1&copy=2'>x</a>"),
              "<a href=\"https://example.org/2026/a/?a=1&amp;copy=2\">x</a>");
    EXPECT_EQ(faithful("<a href=mailto:a@b.example>x</a>"), "<a href=\"mailto:a@b.example\">x</a>");
    EXPECT_EQ(faithful("<img src=a.jpg>"), "<img src=\"https://example.org/2026/a/a.jpg\">");
    EXPECT_EQ(faithful("<video poster=a.jpg></video>"),
              "<video poster=\"https://example.org/2026/a/a.jpg\"></video>");
    EXPECT_EQ(faithful("<blockquote cite=a>x</blockquote>"),
              "<blockquote cite=\"https://example.org/2026/a/a\">x</blockquote>");
    EXPECT_EQ(sanitize("<a href=b/c>x</a>", "", Policy::faithful), "<a href=\"b/c\">x</a>")
        << "no base, no change";
}

TEST(SanitizeTest, ResolvesSetsOfImages) {
    EXPECT_EQ(faithful("<img srcset='a.jpg 1x, b.jpg 2x'>"),
              "<img srcset=\"https://example.org/2026/a/a.jpg 1x, https://example.org/2026/a/b.jpg 2x\">");
    EXPECT_EQ(faithful("<img srcset='/a,b.jpg 100w,/c.jpg'>"),
              "<img srcset=\"https://example.org/a,b.jpg 100w, https://example.org/c.jpg\">");
    EXPECT_EQ(faithful("<img srcset='/a.jpg, /b.jpg 2x'>"),
              "<img srcset=\"https://example.org/a.jpg, https://example.org/b.jpg 2x\">");
    EXPECT_EQ(faithful("<img srcset='data:image/png,x 1x, /b.jpg 2x'>"),
              "<img srcset=\"https://example.org/b.jpg 2x\">");
    EXPECT_EQ(faithful("<img srcset=' , '>"), "<img>");
}

TEST(SanitizeTest, KeepsHarmlessStyles) {
    expect_unchanged("<p style=\"color: red; text-align: center;\">x</p>");
    EXPECT_EQ(faithful("<p style='COLOR:#fff;font-size:12px'>x</p>"),
              "<p style=\"color: #fff; font-size: 12px;\">x</p>");
    EXPECT_EQ(faithful("<p style='color:red;position:fixed'>x</p>"), "<p style=\"color: red;\">x</p>");
    EXPECT_EQ(faithful("<p style='margin:0 auto;border:1px solid red'>x</p>"),
              "<p style=\"margin: 0 auto; border: 1px solid red;\">x</p>");
    EXPECT_EQ(faithful("<p style='background:url(x.png) red'>x</p>"), "<p style=\"background: red;\">x</p>");
    EXPECT_EQ(faithful("<p style='margin:expression;color:blue'>x</p>"), "<p style=\"color: blue;\">x</p>");
    EXPECT_EQ(faithful("<p style='width:calc(a)'>x</p>"), "<p>x</p>");
    EXPECT_EQ(faithful("<p style=''>x</p>"), "<p>x</p>");
}

TEST(SanitizeTest, ReadsAttributesAsBrowsersDo) {
    EXPECT_EQ(faithful("<p TITLE=a title=b>x</p>"), "<p title=\"a\">x</p>") << "the first one counts";
    EXPECT_EQ(faithful("<p title='a\"b<c>'>x</p>"), "<p title=\"a&quot;b&lt;c&gt;\">x</p>");
    EXPECT_EQ(faithful("<p title=&eacute;&amp;>x</p>"), "<p title=\"\u00E9&amp;\">x</p>");
    EXPECT_EQ(faithful("<video controls>x</video>"), "<video controls=\"\">x</video>");
    EXPECT_EQ(faithful("<p unknown=1 data-x=2 aria-label=3>x</p>"), "<p>x</p>");
    EXPECT_EQ(faithful("<p title='a\0b'>x</p>"sv), "<p title=\"ab\">x</p>");
}

TEST(SanitizeTest, ClosesWhatIsOpen) {
    EXPECT_EQ(faithful("<p>a<p>b"), "<p>a</p><p>b</p>");
    EXPECT_EQ(faithful("<b><i>a"), "<b><i>a</i></b>");
    EXPECT_EQ(faithful("<b><i>a</b>b"), "<b><i>a</i></b>b");
    EXPECT_EQ(faithful("<ul><li>a<li>b</ul>c"), "<ul><li>a</li><li>b</li></ul>c");
    EXPECT_EQ(faithful("<ul><li>a<ul><li>b</ul><li>c</ul>"),
              "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>");
    EXPECT_EQ(faithful("<dl><dt>a<dd>b<dt>c</dl>"), "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>");
    EXPECT_EQ(faithful("<table><tr><td>a<td>b<tr><td>c</table>"),
              "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>");
    EXPECT_EQ(faithful("<table><thead><tr><th>a<tbody><tr><td>b</table>"),
              "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>");
    EXPECT_EQ(faithful("<table><tr><td><table><tr><td>a</table>b</table>"),
              "<table><tr><td><table><tr><td>a</td></tr></table>b</td></tr></table>");
    EXPECT_EQ(faithful("<a href=/a>b<a href=/c>d</a>"),
              "<a href=\"https://example.org/a\">b</a><a href=\"https://example.org/c\">d</a>");
    EXPECT_EQ(faithful("<p>a<div>b</div>"), "<p>a</p><div>b</div>");
    EXPECT_EQ(faithful("<p>a<span>b<i>c</p>d"), "<p>a<span>b<i>c</i></span></p>d");
}

TEST(SanitizeTest, PassesOverStrayEndTags) {
    EXPECT_EQ(faithful("a</b>b</p>c</table>"), "abc");
    EXPECT_EQ(faithful("<table><tr><td>a</p></b>b</td></tr></table>"), "<table><tr><td>ab</td></tr></table>");
    EXPECT_EQ(faithful("<b><table><tr><td>a</b>b</td></tr></table></b>"),
              "<b><table><tr><td>ab</td></tr></table></b>")
        << "an end tag in a cell closes nothing outside of it";
    EXPECT_EQ(faithful("a</br>b"), "a<br>b") << "browsers take it for a line break";
    EXPECT_EQ(faithful("<br></img>a<br/>"), "<br>a<br>");
}

TEST(SanitizeTest, DropsTagsThatItDoesNotKnowAndKeepsTheirText) {
    EXPECT_EQ(faithful("<o:p>a</o:p><custom-x>b</custom-x><html><body>c</body></html>"), "abc");
    EXPECT_EQ(faithful("<marquee>a</marquee><blink>b</blink><object>c</object><plaintext>d"), "abcd");
    EXPECT_EQ(faithful("a<!-- b -->c<![CDATA[d]]>e<?f?>g"), "aceg");
}

TEST(SanitizeTest, DropsScriptsAndStylesWithTheirContent) {
    EXPECT_EQ(faithful("a<script>b</script>c<style>d</style>e<iframe>f</iframe>g"), "aceg");
    EXPECT_EQ(faithful("a<script>b"), "a");
    EXPECT_EQ(faithful("a<applet><param name=x>b</applet>c"), "ac");
}

TEST(SanitizeTest, DoesNotGiveUpTheRestForAMissingEndTag) {
    EXPECT_EQ(article("<button>a<p>b</p>"), "a<p>b</p>");
    EXPECT_EQ(article("<select><option>a<p>b</p>"), "a<p>b</p>");
    EXPECT_EQ(faithful("<applet>a<p>b</p>"), "a<p>b</p>");
    EXPECT_EQ(article("<button>a<button>b</button>c"), "c") << "buttons do not nest";
}

TEST(SanitizeTest, DropsFormControlsFromArticlesOnly) {
    auto const* const form =
        "<form action=/x><label>a</label><input type=text value=b><select><option>c</select>"
        "<textarea>d</textarea><button>e</button><fieldset>f</fieldset></form>";

    EXPECT_EQ(article(form), "af");
    EXPECT_EQ(
        faithful(form),
        "<form action=\"https://example.org/x\"><label>a</label><input type=\"text\" value=\"b\"><select>"
        "<option>c</option></select><textarea>d</textarea><button>e</button><fieldset>f</fieldset></form>");
}

TEST(SanitizeTest, DropsPixelsFromArticlesOnly) {
    for (auto const* pixel : {"<img src=\"https://t.example/p\" width=\"1\" height=\"1\">",
                              "<img height=\"0\" src=\"https://t.example/p\" width=\"1px\">",
                              "<img src=\"https://pixel.wp.com/b.gif?host=x\">",
                              "<img src=\"https://feeds.feedburner.com/~r/x/~4/y\">"}) {
        EXPECT_EQ(article(std::string{"a"} + pixel + "b"), "ab") << pixel;
        EXPECT_EQ(faithful(std::string{"a"} + pixel + "b"), std::string{"a"} + pixel + "b");
    }
    expect_unchanged("<img src=\"https://example.org/a.jpg\" width=\"1\" height=\"100\">");
    EXPECT_NE(article("<img width=640 height=480 width=1 height=1 src=/a.jpg>").find("src="),
              std::string::npos)
        << "the first attribute counts";
}

TEST(SanitizeTest, DropsTrackingParametersFromArticlesOnly) {
    auto const* const link = "<a href=\"https://example.org/a?b=1&amp;utm_source=rss&amp;fbclid=2#c\">x</a>";

    EXPECT_EQ(article(link), "<a href=\"https://example.org/a?b=1#c\">x</a>");
    EXPECT_EQ(faithful(link), link);
}

TEST(SanitizeTest, ShowsLazyImagesInArticles) {
    auto const* const shown = "<img src=\"https://example.org/a.jpg\" alt=\"b\">";

    EXPECT_EQ(article("<img data-src=/a.jpg alt=b>"), shown);
    EXPECT_EQ(article("<img src='' data-lazy-src=/a.jpg alt=b>"), shown);
    EXPECT_EQ(article("<img src='data:image/gif;base64,R0' data-original=/a.jpg alt=b>"), shown);
    EXPECT_EQ(article("<img data-src=/a.jpg src=/spacer.gif class=lazyload alt=b>"),
              "<img src=\"https://example.org/a.jpg\" class=\"lazyload\" alt=\"b\">");
    EXPECT_EQ(article("<img data-srcset='/a.jpg 2x' alt=b>"),
              "<img srcset=\"https://example.org/a.jpg 2x\" alt=\"b\">");
    EXPECT_EQ(article("<img data-src=/big.jpg src=/a.jpg alt=b>"), shown) << "what can be shown stays";
    EXPECT_EQ(article("<img data-src=javascript:x alt=b>"), "<img alt=\"b\">");
    EXPECT_EQ(faithful("<img data-src=/a.jpg alt=b>"), "<img alt=\"b\">");
}

TEST(SanitizeTest, ShowsWhatStandsInForScriptsOnce) {
    auto const* const shown = "<img src=\"https://example.org/a.jpg\">";

    EXPECT_EQ(article("<noscript><img src=/a.jpg></noscript>"), shown);
    EXPECT_EQ(article("<img data-src=/a.jpg> <noscript><img src=/a.jpg></noscript>"),
              std::string{shown} + " ");
    EXPECT_EQ(article("<img data-src=/a.jpg><p>b</p><noscript>c</noscript>"),
              std::string{shown} + "<p>b</p>c");
    EXPECT_EQ(faithful("<noscript>a</noscript>"), "<noscript>a</noscript>");
}

TEST(SanitizeTest, ComposesUnicodeInArticlesWithoutTouchingMarkup) {
    EXPECT_EQ(article("<p title='e\u0301'>e\u0301</p>"), "<p title=\"\u00E9\">\u00E9</p>");
    EXPECT_EQ(article("<b>\u0338x</b>"), "<b>&#x338;x</b>") << "would compose with the tag";
    EXPECT_EQ(article("<b>\u0327\u0338x</b>"), "<b>\u0327&#x338;x</b>") << "from behind another mark too";
    EXPECT_EQ(article("<b>&#x338 x</b>"), "<b>&#x338; x</b>") << "however it is written";
    EXPECT_EQ(article("<b>\0\u0338x</b>"sv), "<b>&#x338;x</b>") << "a NUL is nothing";
    EXPECT_EQ(article("<b>x\u0338</b>"), "<b>x\u0338</b>") << "where it belongs";
    EXPECT_EQ(faithful("<b>\xCC\0\xB8"sv), "<b>\xCC\uFFFD\xB8</b>") << "nor of what is no UTF-8";
    EXPECT_EQ(article("e<!-- -->\u0301"), "\u00E9");
    EXPECT_EQ(to_html({.value = "e\u0301 <b>"}, Policy::article), "\u00E9 &lt;b&gt;");
}

TEST(SanitizeTest, EndsSelfClosingTagsInForeignContentOnly) {
    EXPECT_EQ(faithful("<svg><path d='M0 0'/><g/>x</svg>"), "<svg><path d=\"M0 0\"></path><g></g>x</svg>");
    EXPECT_EQ(faithful("<div/>x"), "<div>x</div>");
    EXPECT_EQ(faithful("<math><mi xlink:show=new xlink:href='javascript:x'>a</mi></math>"),
              "<math><mi xlink:show=\"new\">a</mi></math>");
    EXPECT_EQ(faithful("<path d=x>a<mi>b"), "ab") << "only inside <svg> and <math>";
    EXPECT_EQ(faithful("<svg><LINEARGRADIENT></svg><circle>"),
              "<svg><linearGradient></linearGradient></svg>");
}

TEST(SanitizeTest, EscapesPlainText) {
    EXPECT_EQ(to_html({.value = "<b>a</b> & \"c\""}, Policy::faithful),
              "&lt;b&gt;a&lt;/b&gt; &amp; &quot;c&quot;");
    EXPECT_EQ(to_html({.value = "<b>a</b>", .kind = feeds::TextKind::html}, Policy::faithful), "<b>a</b>");
    EXPECT_EQ(
        to_html({.value = "<a href=b>c</a>", .kind = feeds::TextKind::html, .base = kBase}, Policy::faithful),
        "<a href=\"https://example.org/2026/a/b\">c</a>");
}

class DeepTest : public testing::TestWithParam<char const*> {};

// A depth that no person wrote is cut off, in time that grows with the input and not with its square.
TEST_P(DeepTest, IsLinearAndBounded) {
    constexpr std::size_t kDeep = 200'000;
    std::string const tag = GetParam();
    auto const html = repeated("<" + tag + ">", kDeep) + "the text" + repeated("</" + tag + ">", kDeep);

    auto const start = std::chrono::steady_clock::now();
    auto const clean = faithful(html);
    auto const again = faithful(clean);
    auto const text = to_readable_text(clean);
    auto const taken = std::chrono::steady_clock::now() - start;

    EXPECT_NE(clean.find("the text"), std::string::npos);
    EXPECT_EQ(again, clean);
    EXPECT_NE(text.find("the text"), std::string::npos);
    EXPECT_LE(clean.size(), 2 * html.size());
    // Some hundred times what it takes; a square would be hours.
    EXPECT_LT(taken, std::chrono::seconds{60});
}

INSTANTIATE_TEST_SUITE_P(, DeepTest,
                         testing::Values("div", "b", "span", "p", "table", "table><tr><td", "ul><li", "li",
                                         "dd", "a", "svg", "svg><g", "math><mrow", "font color=red", "select",
                                         "button", "option", "noscript", "blockquote", "x-unknown"));

TEST(SanitizeTest, IsLinearInOddInput) {
    for (auto const* piece :
         {"<", "<a ", "<b", "</p>", "&", "&a", "&#1", "<p x", "<!--", "<select>", "<button>", "<applet>",
          "<p a=1", " a=1", "<a href='", "<td>", "<noscript>", "<img srcset=a,"}) {
        auto const start = std::chrono::steady_clock::now();
        auto const clean = article(repeated(piece, 200'000));
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{60}) << piece;
        EXPECT_TRUE(is_utf8(clean));
    }
    auto const attributes = "<p" + repeated(" a=1", 100'000) + " title=x>y";
    EXPECT_EQ(article(attributes), "<p title=\"x\">y</p>") << "many duplicates, then one that counts";
}

TEST(SanitizeTest, KeepsDeepText) {
    auto const html = repeated("<div>", 1000) + "a" + repeated("</div>", 1000) + "b";
    auto const clean = faithful(html);
    EXPECT_EQ(clean, repeated("<div>", 256) + "a" + repeated("</div>", 256) + "b");
}

}  // namespace
// XHTML's "<iframe/>" ends itself; to HTML, all up to an end tag would be in it.
TEST(SanitizeTest, KeepsWhatFollowsAnElementThatEndsItself) {
    EXPECT_EQ(faithful("a<iframe src='x' /> <b>b</b>"), "a <b>b</b>");
    EXPECT_EQ(faithful("a<script src='x'/>b<script src='y'/>c<style/>d"), "abcd");
    EXPECT_EQ(faithful("a<iframe/>b</iframe>c"), "ac") << "there is an end tag after all";
    EXPECT_EQ(faithful("a<iframe>b"), "a") << "it does not say that it ends";
    EXPECT_EQ(faithful("a<iframe/><script>b</script>c"), "ac");
    EXPECT_EQ(faithful("a<iframe/>b<iframe>c"), "ab");
}

}  // namespace newswired::articles
