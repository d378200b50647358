#include "articles/site/pieces.hpp"

#include "articles/body/sanitize.hpp"
#include "articles/site/body.hpp"

#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace newswired::articles::site {
namespace {

constexpr auto kUrl = "https://pier.example/harbour";

// Some HTML as no person would write it.
std::string some_body(std::mt19937& random) {
    char const* const parts[] = {
        "<p>",          "</p>",        "<div title='a>b<\"'>",
        "</div>",       "<br>",        "<b>",
        "</b>",         "<ul>",        "<ol>",
        "</ul>",        "<li>",        "</li>",
        "<pre>",        "</pre>",      "<table>",
        "<tr>",         "<td>",        "</td>",
        "<hr>",         "<h2>",        "</h2>",
        "<blockquote>", "</table>",    "<i></i>",
        "a word ",      " & more",     "\n",
        "\u00A0",       "&amp;nbsp;x", "e",
        "\u0301",       "&eacute;",    "<img src",
        "=\"/x\"",      ">",           "1. item",
        "- item",       "港口",        "&#x338;",
        "\n\n  code",   "<",           "&lt;b>",
        "</figc",       "aption>",     "<figure>",
        "<figcaption>", "</figure>",   "<a href=/y>",
    };
    std::string html;
    for (auto count = random() % 60; count > 0; --count) {
        html += parts[random() % std::size(parts)];
    }
    return sanitize(html, kUrl, Policy::article);
}

Rest without_some_blocks(std::string const& html, std::mt19937& random) {
    auto const pieces = pieces_of(html);
    auto const blocks = blocks_of(html, pieces, kUrl);
    std::vector<bool> goes;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        goes.push_back(random() % 3 == 0);
    }
    return without_blocks(html, pieces, blocks, goes);
}

TEST(PiecesTest, AreTheWholeBody) {
    constexpr std::string_view kHtml = "One<p class=\"x\">two &amp; <b>three</b></p>\n<br>";
    std::string whole;

    auto const pieces = pieces_of(kHtml);
    for (auto const& piece : pieces) {
        whole += piece.source(kHtml);
    }

    EXPECT_EQ(pieces.size(), 9u);
    EXPECT_EQ(whole, kHtml);
}

TEST(PiecesTest, AreTheTokensOfSanitisedHtml) {
    std::mt19937 random{7};
    for (int i = 0; i < 4'000; ++i) {
        auto const html = some_body(random);
        Pieces read;
        html::Tokenizer tokens{html};
        std::uint32_t begin = 0;
        for (auto token = tokens.next(); token.kind != html::Token::Kind::end; token = tokens.next()) {
            auto const end = static_cast<std::uint32_t>(tokens.position());
            read.push_back({.begin = begin, .end = end, .element = token.element, .kind = token.kind});
            begin = end;
        }

        ASSERT_EQ(pieces_of(html), read) << html;
    }
}

TEST(PiecesTest, OfTheRestAreThoseOfItsHtml) {
    std::mt19937 random{42};
    for (int i = 0; i < 4'000; ++i) {
        auto const html = some_body(random);

        auto const rest = without_some_blocks(html, random);

        ASSERT_EQ(rest.pieces, pieces_of(rest.html)) << html;
        ASSERT_EQ(readable_text_of(rest.html, rest.pieces), to_readable_text(rest.html)) << html;
    }
}

TEST(PiecesTest, SayTogetherWhatTagsParted) {
    constexpr std::string_view kHtml = "One <i>and</i> two";
    auto pieces = pieces_of(kHtml);
    pieces.erase(pieces.begin() + 1, pieces.end() - 1);

    auto const rest = rest_of(kHtml, pieces);

    EXPECT_EQ(rest.html, "One  two");
    EXPECT_EQ(rest.pieces.size(), 1u);
    EXPECT_EQ(readable_text_of(rest.html, rest.pieces), "One two");
}

}  // namespace
}  // namespace newswired::articles::site
