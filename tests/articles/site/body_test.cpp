#include "articles/site/body.hpp"

#include "articles/body/sanitize.hpp"
#include "articles/site/lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace newswired::articles::site {
namespace {

using testing::ElementsAre;

constexpr auto kUrl = "https://www.pier.example/2024/harbour";

std::vector<std::string> texts(std::string_view html) {
    std::vector<std::string> all;
    for (auto const& block : blocks_of(html, pieces_of(html), kUrl)) {
        all.push_back(block.text);
    }
    return all;
}

// `html` without the blocks of these texts.
std::string without(std::string_view html, std::vector<std::string> const& unwanted) {
    auto const pieces = pieces_of(html);
    auto const blocks = blocks_of(html, pieces, kUrl);
    std::vector<bool> goes;
    for (auto const& block : blocks) {
        goes.push_back(std::find(unwanted.begin(), unwanted.end(), block.text) != unwanted.end());
    }
    return without_blocks(html, pieces, blocks, goes).html;
}

TEST(BlocksTest, AreTheLinesOfTheText) {
    char const* const bodies[] = {
        "<p>One</p><p>two <b>bold</b> and&nbsp;more</p>",
        "Bare text<br>a line<br><br>another &amp; more",
        "<h2>Heading</h2><ul><li>first</li><li>second <a href=\"https://a.example/\">link</a></li></ul>",
        "<ol><li>one<ol><li>one a</li></ol></li><li>two</li></ol><p>end</p>",
        "<blockquote><p>quoted</p></blockquote><figure><img src=\"https://a.example/x.png\">"
        "<figcaption>caption</figcaption></figure>",
        "<div>  <p> spaced \n out </p> <div>inner</div> tail </div>",
        "<dl><dt>term</dt><dd>what it is</dd></dl><hr><p>港口罢工</p>",
    };
    for (auto const* const body : bodies) {
        std::vector<std::string> lines;
        for_each_line(to_readable_text(body), [&](auto line) { lines.emplace_back(line); });
        auto blocks = texts(body);
        std::erase(blocks, "");

        EXPECT_EQ(blocks, lines) << body;
    }
}

TEST(BlocksTest, SayWhatTheyAre) {
    constexpr std::string_view kHtml =
        "<h3>Head</h3><p><strong>All bold</strong></p><p><strong>Half</strong> bold</p>"
        "<table><tr><td>cell</td></tr></table><pre>code</pre><ul><li>a</li></ul><ul><li>b</li></ul>"
        "<p>See <a href=\"https://pier.example/2024/harbour?utm_source=rss\">this</a></p>"
        "<p><a href=\"https://pier.example/other\">other</a></p><p><img src=\"https://a.example/x.png\"></p>";
    auto const blocks = blocks_of(kHtml, pieces_of(kHtml), kUrl);

    ASSERT_EQ(blocks.size(), 10u);
    EXPECT_TRUE(blocks[0].is_heading && blocks[1].is_heading);
    EXPECT_FALSE(blocks[2].is_heading);
    EXPECT_TRUE(blocks[3].is_fixed && blocks[4].is_fixed);
    EXPECT_NE(blocks[5].list, blocks[6].list);
    EXPECT_TRUE(blocks[7].links_to_itself);
    EXPECT_FALSE(blocks[7].links_to_site);
    EXPECT_TRUE(blocks[8].links_to_site);
    EXPECT_EQ(blocks[8].link_weight, 5u);
    EXPECT_EQ(blocks[9].text, "") << "a picture";
}

TEST(BlocksTest, GoWithTheElementsThatHoldNothingElse) {
    EXPECT_EQ(without("<div><p>One</p><p><em>junk</em></p></div>", {"junk"}), "<div><p>One</p></div>");
    EXPECT_EQ(without("<p>One</p><ul><li>junk</li><li>junk</li></ul>", {"junk"}), "<p>One</p>");
    EXPECT_EQ(without("<p>One</p><div><div><p>junk</p></div></div>", {"junk"}), "<p>One</p>");
    EXPECT_EQ(without("<p>One</p><hr><p>junk</p>", {"junk"}), "<p>One</p>");
    EXPECT_EQ(without("<table><tr><td></td><td>x</td></tr></table><p>junk</p>", {"junk"}),
              "<table><tr><td></td><td>x</td></tr></table>")
        << "what was empty before stays";
}

TEST(BlocksTest, LeaveTheLinesAroundThemWhole) {
    EXPECT_EQ(without("<p>One<br>junk<br>two</p>", {"junk"}), "<p>One<br>two</p>");
    EXPECT_EQ(without("<p>One<br><br>junk</p>", {"junk"}), "<p>One</p>");
    EXPECT_EQ(without("<p>junk<br>One</p>", {"junk"}), "<p>One</p>");
    EXPECT_EQ(without("<p><b>junk<br>One</b></p>", {"junk"}), "<p><b>One</b></p>");
}

TEST(BlocksTest, LeavePicturesBehind) {
    EXPECT_EQ(without("<p><img src=\"https://a.example/x.png\">junk</p>", {"junk"}),
              "<p><img src=\"https://a.example/x.png\"></p>");
}

TEST(BlocksTest, AreFewEnoughWhateverTheBody) {
    std::string html;
    for (int i = 0; i < 30'000; ++i) {
        html += "<p>x</p>";
    }
    EXPECT_EQ(blocks_of(html, pieces_of(html), kUrl).size(), kMaxBlocks);
}

TEST(SiteNameTest, IsTheHostWithoutWww) {
    EXPECT_EQ(name_of("https://www.Pier.example/a"), "pier.example");
    EXPECT_EQ(name_of("https://user@blog.pier.example:8080/?x"), "blog.pier.example:8080");
    EXPECT_EQ(name_of("urn:x"), "");
}

}  // namespace
}  // namespace newswired::articles::site
