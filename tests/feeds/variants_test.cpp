// The same thing said in other ways: other elements, spellings and mistakes than those that specifications
// show.

#include "tests/feeds/parsed.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace newswired::feeds {
namespace {

using namespace test;

TEST(VariantsTest, AddressesThatRunAreNone) {
    for (std::string_view const address :
         {"javascript:alert(1)", " JavaScript:alert(1)", "vbscript:x", "data:text/html,x"}) {
        auto const text = std::string{address};
        EXPECT_EQ(parsed(rss_item("<link>" + text + "</link>")).items.at(0).url, "") << text;
        EXPECT_EQ(parsed(atom_entry("<link href=\"" + text + "\"/>")).items.at(0).url, "") << text;
        EXPECT_EQ(parsed(rss_item("<comments>" + text + "</comments>")).items.at(0).comments_url, "") << text;
        EXPECT_EQ(parsed(R"({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": ")" +
                         text + "\"}]}")
                      .items.at(0)
                      .url,
                  "")
            << text;
    }
    EXPECT_EQ(parsed(rss_item("<itunes:image href=\"data:image/png;base64,AA==\"/>")).items.at(0).image,
              "data:image/png;base64,AA==");
    EXPECT_EQ(parsed(rss_item("<link>magnet:?xt=urn:btih:1</link>")).items.at(0).url,
              "magnet:?xt=urn:btih:1");
}

TEST(VariantsTest, EnclosuresMaySayHref) {
    auto const feed = parsed(rss_item("<enclosure href=\"/e.mp3\" length=\" 1,024 \" type=\"audio/mpeg\"/>"));

    auto const& attachments = feed.items.at(0).attachments;
    ASSERT_EQ(attachments.size(), 1u);
    EXPECT_EQ(attachments[0].url, "https://news.example/e.mp3");
    EXPECT_EQ(attachments[0].size_in_bytes, 1024);
}

TEST(VariantsTest, SizesInOtherUnitsAreNoSizes) {
    for (std::string_view const length : {"3 MB", "12.5", "-1", "unknown", ""}) {
        auto const feed =
            parsed(rss_item("<enclosure url=\"/e.mp3\" length=\"" + std::string{length} + "\"/>"));
        EXPECT_EQ(feed.items.at(0).attachments[0].size_in_bytes, -1) << length;
    }
}

TEST(VariantsTest, PodcastsHadTheirPictureInALink) {
    EXPECT_EQ(parsed(rss("<itunes:link rel=\"image\" href=\"/p.jpg\"/>")).icon, "https://news.example/p.jpg");
    EXPECT_EQ(parsed(rss("<itunes:link rel=\"alternate\" href=\"/p\"/>")).icon, "");
}

TEST(VariantsTest, TypesMayHaveParameters) {
    auto const feed =
        parsed(atom_entry("<content type=\"text/html; charset=utf-8\">&lt;p&gt;x&lt;/p&gt;</content>"));
    EXPECT_EQ(feed.items.at(0).content.kind, TextKind::html);
}

TEST(VariantsTest, NamesMayHoldMailAddresses) {
    for (std::string_view const name : {"noreply@mail.example (Ann Lee)", "Ann Lee noreply@mail.example",
                                        "Ann Lee &lt;noreply@mail.example&gt;"}) {
        auto const feed =
            parsed(atom_entry("<author><name>" + std::string{name} + "</name><uri>/ann</uri></author>"));
        auto const& authors = feed.items.at(0).authors;
        ASSERT_EQ(authors.size(), 1u) << name;
        EXPECT_EQ(authors[0].name, "Ann Lee") << name;
        EXPECT_EQ(authors[0].email, "noreply@mail.example") << name;
        EXPECT_EQ(authors[0].url, "https://news.example/ann") << name;
    }
    auto const feed = parsed(atom_entry("<author><name>Ann @ Home</name></author>"));
    EXPECT_EQ(feed.items.at(0).authors[0].name, "Ann @ Home");
}

TEST(VariantsTest, WhatAnItemOfRss1IsAboutIsItsPage) {
    auto const document = [](std::string_view item) {
        return "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
               "xmlns=\"http://purl.org/rss/1.0/\"><channel><title>t</title></channel>" +
               std::string{item} + "</rdf:RDF>";
    };
    EXPECT_EQ(
        parsed(document("<item rdf:about=\"http://n.example/1\"><title>a</title></item>")).items.at(0).url,
        "http://n.example/1");
    EXPECT_EQ(
        parsed(document("<item rdf:about=\"http://n.example/1\"><link>http://n.example/2</link></item>"))
            .items.at(0)
            .url,
        "http://n.example/2");
}

TEST(VariantsTest, AJsonFeedMayHoldHalfACharacter) {
    auto const feed = parsed(R"({"version": "https://jsonfeed.org/version/1.1", "title": "cut \ud83d",
        "items": [{"id": "1", "title": "\ud83d\ude00"}]})");
    EXPECT_EQ(feed.title.value, "cut \uFFFD");
    EXPECT_EQ(feed.items.at(0).title.value, "\U0001F600");
}

}  // namespace
}  // namespace newswired::feeds
