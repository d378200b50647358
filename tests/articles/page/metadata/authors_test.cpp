#include "articles/page/extract.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace newswired::articles::page {
namespace {

constexpr std::string_view kText =
    "<p>The keeper, who had looked after the lamp since 1987, said that the new lens reached as far as the "
    "old one, "
    "but used a tenth of the power, and that nobody had believed it would.</p>";

// The names, with '|' between them, of an article with `inside` behind its headline and `head` in its head.
std::string authors_of(std::string_view inside, std::string_view head = {}) {
    auto html = "<html lang=en><head><title>A headline of six plain words</title>" + std::string{head} +
                "</head><body><article><h1>A headline of six plain words</h1>" + std::string{inside};
    for (auto i = 0; i < 3; ++i) {
        html += kText;
    }
    std::string names;
    for (auto const& author :
         extract(html + "</article></body></html>", "https://news.example/a.html").about.authors) {
        names += (names.empty() ? "" : "|") + author.name;
    }
    return names;
}

TEST(AuthorsTest, WhatStandsBesideANameIsNotPartOfIt) {
    EXPECT_EQ(authors_of("<div class=blog-author><div class=blog-author__name>Ann Example</div>"
                         "<div>Head of Product and Strategy</div></div>"),
              "Ann Example");
    EXPECT_EQ(authors_of("<div class=author-info><div class=name>Ann Example</div><div>Writer</div></div>"),
              "Ann Example");
    EXPECT_EQ(authors_of("<p class=author-name>Ann Example<span>, Security &amp; Privacy Expert</span></p>"),
              "Ann Example");
    EXPECT_EQ(authors_of("<p class=author-name><b>Ann</b> <b>Example</b></p>"), "Ann Example");
    EXPECT_EQ(authors_of("<p>by Ann Example in <a href=/categories/travel>Travel</a></p>"), "Ann Example");
}

TEST(AuthorsTest, TopicsAndReadingTimesAreNobody) {
    EXPECT_EQ(authors_of("<p class=author><a href=/category/money>Personal finance</a></p>"), "");
    EXPECT_EQ(authors_of("<p class=author>•</p>"), "");
    EXPECT_EQ(authors_of("<p class=author>5 min read</p>"), "");
    EXPECT_EQ(authors_of("<p class=author>Posted on</p>"), "");
}

TEST(AuthorsTest, ASignatureMayStandAnywhere) {
    EXPECT_EQ(authors_of(std::string{kText} + "<h3>Written by Ann Example</h3>"), "Ann Example");
    EXPECT_EQ(authors_of("<aside><p>Written By <span>Ann Example</span></p></aside>"), "Ann Example");
    EXPECT_EQ(authors_of("<p>作者：王小明</p>"), "王小明");
    EXPECT_EQ(authors_of("<p>بقلم ليلى منصور</p>"), "ليلى منصور");
    EXPECT_EQ(authors_of("<p>מאת נועה לוי</p>"), "נועה לוי");
    EXPECT_EQ(authors_of("<ul class=comments><li>Written by Bob Example</li></ul>"), "");
}

TEST(AuthorsTest, ASiteMayBeCalledAfterThePersonWhoWritesIt) {
    auto const stated = [](std::string_view type) {
        return authors_of(
            {},
            "<meta property=og:site_name content='Ann Example'><script type=application/ld+json>"
            "{\"@type\":\"Article\",\"author\":{\"@type\":\"" +
                std::string{type} + "\",\"name\":\"Ann Example\"}}</script>");
    };
    EXPECT_EQ(stated("Person"), "Ann Example");
    EXPECT_EQ(stated("Organization"), "");
}

}  // namespace
}  // namespace newswired::articles::page
