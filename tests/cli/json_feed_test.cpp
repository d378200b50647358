// What `parse` prints is JSON Feed 1.1, whatever the feed was.

#include "cli/json_feed.hpp"

#include "feeds/parse.hpp"
#include "tests/support/rss.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <limits>
#include <string>
#include <vector>

namespace newswired::cli {
namespace {

using boost::json::object;
using boost::json::value;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// What jsonfeed.org/version/1.1 forbids in `feed`, as sentences.
class Validator {
  public:
    explicit Validator(value const& feed) {
        auto const& top = feed.as_object();
        require(top, "version", "feed");
        require(top, "title", "feed");
        for (char const* const name :
             {"home_page_url", "feed_url", "description", "next_url", "icon", "favicon", "language"}) {
            optional_text(top, name, "feed");
        }
        people(top, "feed");
        if (auto const* hubs = top.if_contains("hubs")) {
            for (auto const& hub : hubs->as_array()) {
                require(hub.as_object(), "type", "hub");
                require(hub.as_object(), "url", "hub");
            }
        }
        for (auto const& one : top.at("items").as_array()) {
            item(one.as_object());
        }
    }

    std::vector<std::string> const& complaints() const { return complaints_; }

  private:
    void require(object const& in, char const* name, char const* where) {
        if (!in.contains(name) || !in.at(name).is_string()) {
            complaints_.push_back(std::string{where} + " needs " + name);
        }
    }
    void optional_text(object const& in, char const* name, char const* where) {
        if (auto const* member = in.if_contains(name);
            member != nullptr && (!member->is_string() || member->as_string().empty())) {
            complaints_.push_back(std::string{where} + ": " + name + " is no text");
        }
    }
    void people(object const& in, char const* where) {
        if (auto const* authors = in.if_contains("authors")) {
            for (auto const& author : authors->as_array()) {
                for (char const* const name : {"name", "url", "avatar"}) {
                    optional_text(author.as_object(), name, where);
                }
            }
        }
    }
    void item(object const& in) {
        require(in, "id", "item");
        for (char const* const name :
             {"url", "external_url", "title", "content_html", "content_text", "summary", "image",
              "banner_image", "date_published", "date_modified", "language"}) {
            optional_text(in, name, "item");
        }
        people(in, "item");
        if (auto const* tags = in.if_contains("tags")) {
            for (auto const& tag : tags->as_array()) {
                if (!tag.is_string()) {
                    complaints_.emplace_back("a tag is no text");
                }
            }
        }
        if (auto const* attachments = in.if_contains("attachments")) {
            for (auto const& one : attachments->as_array()) {
                require(one.as_object(), "url", "attachment");
                require(one.as_object(), "mime_type", "attachment");
            }
        }
    }

    std::vector<std::string> complaints_;
};

object printed(feeds::ParsedFeed const& feed) {
    auto const line = to_json_feed(feed);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    auto const parsed = boost::json::parse(line);
    EXPECT_THAT(Validator{parsed}.complaints(), IsEmpty()) << line;
    return parsed.as_object();
}

object printed(std::string document, std::string url = "https://news.example/feed.xml") {
    return printed(feeds::parse({.bytes = std::move(document), .url = std::move(url)}).value());
}

object first_item(std::string document) {
    return printed(std::move(document)).at("items").at(0).as_object();
}

TEST(JsonFeed, SaysItsVersionAndWhatItWas) {
    auto const feed = printed(test::rss({}));

    EXPECT_EQ(feed.at("version").as_string(), "https://jsonfeed.org/version/1.1");
    EXPECT_EQ(feed.at("_newswired").at("format").as_string(), "rss-2.0");
    EXPECT_TRUE(feed.at("items").as_array().empty());
}

TEST(JsonFeed, AFeedOfNothingIsStillValid) {
    printed(feeds::ParsedFeed{});
    printed("<rss version=\"2.0\"><channel/></rss>");
    printed("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry/></feed>");
    printed(R"({"version":"https://jsonfeed.org/version/1","items":[{}]})");
}

TEST(JsonFeed, AnItemWithoutAGuidIsNamedByItsLink) {
    EXPECT_EQ(first_item(test::rss({{.title = "T", .link = "https://news.example/a"}})).at("id").as_string(),
              "https://news.example/a");
}

TEST(JsonFeed, MarkupAndQuotesAreCarried) {
    auto const item =
        first_item(test::rss({{.title = "A \"B\" \\ &amp;lt; C", .text = "<p class='x'>\"quoted\"\\</p>"}}));

    EXPECT_THAT(std::string{item.at("title").as_string()}, HasSubstr("A \"B\" \\"));
    EXPECT_THAT(std::string{item.at("content_html").as_string()}, HasSubstr("&quot;quoted&quot;\\"));
}

TEST(JsonFeed, WhatIsDangerousIsNotCarried) {
    auto const item = first_item(test::rss({{.text = "<p onclick=\"x()\">Hello<script>x()</script></p>"}}));

    EXPECT_THAT(std::string{item.at("content_html").as_string()},
                Not(testing::AnyOf(HasSubstr("script"), HasSubstr("onclick"))));
}

TEST(JsonFeed, BrokenTextIsStillValid) {
    printed(test::rss({{.guid = "\xFF\xFE", .title = "caf\xE9 \xED\xA0\x80", .text = "\xC3"}}));
    printed(
        test::rss({{.title = std::string("a\0b\x01\x1F\x7F", 7), .text = "\xE2\x80\xA8 line separator"}}));
}

TEST(JsonFeed, AnAttachmentAlwaysHasAType) {
    auto const item = first_item(
        test::rss({{.guid = "1", .more = "<enclosure url=\"https://cdn.example/a\" length=\"-5\"/>"}}));

    auto const& attachment = item.at("attachments").at(0).as_object();
    EXPECT_EQ(attachment.at("mime_type").as_string(), "application/octet-stream");
    EXPECT_FALSE(attachment.contains("size_in_bytes"));
}

TEST(JsonFeed, NumbersOutOfThisWorldAreStillJson) {
    feeds::ParsedFeed feed;
    feeds::Attachment const attachments[] = {
        {.url = "https://cdn.example/1",
         .size_in_bytes = std::numeric_limits<std::int64_t>::max(),
         .duration_in_seconds = 1e300},
        {.url = "https://cdn.example/2", .duration_in_seconds = std::numeric_limits<double>::infinity()},
        {.url = "https://cdn.example/3", .duration_in_seconds = std::numeric_limits<double>::quiet_NaN()}};
    double const place[] = {1e-300, std::numeric_limits<double>::quiet_NaN()};
    feed.items.push_back(
        {.id = "1", .attachments = attachments, .geo = {.type = "Point", .coordinates = place}});

    printed(feed);
}

TEST(JsonFeed, MailsStandBesideTheAuthors) {
    auto const feed = printed(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><entry><id>1</id>"
        "<author><name>A</name></author><author><name>B</name><email>b@example.org</email></author>"
        "<author><email>c@example.org</email></author></entry></feed>");

    auto const& item = feed.at("items").at(0).as_object();
    EXPECT_EQ(item.at("authors").as_array().size(), 3u);
    EXPECT_EQ(item.at("_newswired").at("authors_email"),
              boost::json::parse(R"([null,"b@example.org","c@example.org"])"));
}

TEST(JsonFeed, WhatWasWrongIsListed) {
    auto const feed = printed(
        "<rss version=\"2.0\"><channel><title>T</title><item><guid>1</guid><title>a & b</title></item>");

    EXPECT_FALSE(feed.at("_newswired").at("problems").as_array().empty());
}

TEST(JsonFeed, ALineOfGeoIsPairs) {
    feeds::ParsedFeed feed;
    double const line[] = {1, 2, 3, 4};
    feed.items.push_back({.id = "1", .geo = {.type = "LineString", .coordinates = line}});

    auto const json = printed(feed);

    EXPECT_EQ(json.at("items").at(0).at("_newswired").at("geo").at("coordinates"),
              boost::json::parse("[[1,2],[3,4]]"));
}

TEST(JsonFeed, HubsAndPaceAreKept) {
    auto const feed = printed(test::rss({},
                                        "<ttl>30</ttl><atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" "
                                        "rel=\"hub\" href=\"https://hub.example/\"/>"));

    EXPECT_EQ(feed.at("_newswired").at("ttl").as_int64(), 30);
    EXPECT_EQ(feed.at("hubs").at(0).at("url").as_string(), "https://hub.example/");
}

TEST(JsonFeed, WhatItPrintsItCanReadAgain) {
    auto full = test::article("a");
    full.date = "Sat, 31 Jan 2026 11:00:00 GMT";
    full.more =
        "<category>c</category><enclosure url=\"https://cdn.example/a.mp3\" type=\"audio/mpeg\" "
        "length=\"12\"/>";
    auto const once =
        to_json_feed(feeds::parse({.bytes = test::rss({full}), .url = "https://news.example/"}).value());

    auto const again = printed(once);

    auto const first = boost::json::parse(once).at("items").at(0).as_object();
    auto const& second = again.at("items").at(0).as_object();
    for (char const* const name :
         {"id", "url", "title", "content_html", "date_published", "tags", "attachments"}) {
        EXPECT_EQ(first.at(name), second.at(name)) << name;
    }
}

}  // namespace
}  // namespace newswired::cli
