#include "articles/record.hpp"

#include "articles/clean.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <string>
#include <vector>

namespace newswired::articles {
namespace {

using std::chrono::milliseconds;

boost::json::object parsed(std::string const& body) {
    return boost::json::parse("{" + body + "}").as_object();
}

Article full_article() {
    return {.id = "tag:example.org,2026:1",
            .url = "https://example.org/a",
            .title = "A \"title\"",
            .content_html = "<p>Text</p>",
            .content_text = "Text",
            .summary = "Short",
            .image = "https://example.org/i.jpg",
            .date_published = SystemTime{milliseconds{1'769'860'680'000}},
            .date_modified = SystemTime{milliseconds{1'769'860'690'000}},
            .language = "en",
            .authors = {{.name = "Ann", .url = "https://example.org/ann"}, {.name = "Bob"}},
            .tags = {"x", "y"},
            .attachments = {{.url = "https://cdn.example/a.mp3",
                             .mime_type = "audio/mpeg",
                             .title = "Part 1",
                             .size_in_bytes = 0,
                             .duration_in_seconds = 1.5},
                            {.url = "https://cdn.example/b"}},
            .ext = {{"rights", "\"ours\""}, {"podcast", R"({"explicit":true})"}}};
}

TEST(RecordTest, WritesAllMembersInOrder) {
    FeedInfo const feed{.name = "example",
                        .url = "https://example.org/feed.xml",
                        .title = "Example",
                        .tags = {"world"},
                        .labels = {{"desk", "sport"}, {"a \"b\"", "c"}}};

    EXPECT_EQ(
        record_body(feed, full_article(), sha256("")),
        R"("feed":{"name":"example","url":"https://example.org/feed.xml","title":"Example","tags":["world"],)"
        R"("labels":{"desk":"sport","a \"b\"":"c"}},)"
        R"("id":"tag:example.org,2026:1","url":"https://example.org/a","title":"A \"title\"",)"
        R"("content_text":"Text","content_html":"<p>Text</p>","summary":"Short","image":"https://example.org/i.jpg",)"
        R"("date_published":"2026-01-31T11:58:00Z","date_modified":"2026-01-31T11:58:10Z","language":"en",)"
        R"("authors":[{"name":"Ann","url":"https://example.org/ann"},{"name":"Bob"}],"tags":["x","y"],)"
        R"("attachments":[{"url":"https://cdn.example/a.mp3","mime_type":"audio/mpeg","title":"Part 1",)"
        R"("size_in_bytes":0,"duration_in_seconds":1.5},{"url":"https://cdn.example/b"}],)"
        R"("hash":"h1:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","body_from":"feed",)"
        R"("ext":{"rights":"ours","podcast":{"explicit":true}})");
}

TEST(RecordTest, AlwaysHasWhatConsumersCountOn) {
    auto const record = parsed(record_body({.url = "https://example.org/feed.xml"}, {}, sha256("")));

    for (auto const* member :
         {"id", "url", "title", "content_text", "content_html", "date_published", "language"}) {
        ASSERT_TRUE(record.contains(member)) << member;
        EXPECT_TRUE(record.at(member).is_null()) << member;
    }
    auto const& feed = record.at("feed").as_object();
    EXPECT_TRUE(feed.at("name").is_null());
    EXPECT_EQ(feed.at("url"), "https://example.org/feed.xml");
    EXPECT_TRUE(record.at("hash").as_string().starts_with("h1:"));
    EXPECT_EQ(record.at("hash").as_string().size(), 67u);
    EXPECT_EQ(record.at("body_from"), "feed");
}

TEST(RecordTest, LeavesOutWhatThereIsNothingToSayOf) {
    auto const record = parsed(record_body({.url = "https://example.org/feed.xml"}, {}, sha256("")));

    for (auto const* member :
         {"summary", "image", "date_modified", "authors", "tags", "attachments", "ext", "changed", "story"}) {
        EXPECT_FALSE(record.contains(member)) << member;
    }
    auto const& feed = record.at("feed").as_object();
    EXPECT_EQ(feed.size(), 2u);
}

TEST(RecordTest, IsUtf8OnOneLineWhateverComes) {
    auto article = full_article();
    article.title = "a\xFF\xED\xA0\x80";
    article.id = "\xC0\xAF";
    article.content_text = "line\nline\r\t\x01\x7F\u2028\U0001F600";
    article.tags = {"\xE2\x82"};

    auto const body = record_body({.name = "\xFF", .url = "x"}, article, sha256(""));

    EXPECT_TRUE(is_utf8(body));
    EXPECT_EQ(body.find('\n'), std::string::npos);
    auto const record = parsed(body);
    EXPECT_EQ(record.at("content_text"), "line\nline\r\t\x01\x7F\u2028\U0001F600");
    EXPECT_TRUE(std::string{record.at("title").as_string()}.starts_with("a\uFFFD"));
}

TEST(RecordTest, IsComposedUnicode) {
    std::vector<feeds::Person> const people{{.name = "Rene\u0301"}};
    std::vector<std::string_view> const tags{"cafe\u0301"};
    std::vector<feeds::Attachment> const attachments{{.url = "https://cdn.example/a", .title = "e\u0301"}};
    feeds::ParsedFeed const feed;
    feeds::ParsedItem const item{.title = {.value = "e\u0301", .kind = feeds::TextKind::html},
                                 .content = {.value = "<p title='e\u0301'>e\u0301<b>\u0301</b> e&#x301;</p>",
                                             .kind = feeds::TextKind::html},
                                 .summary = {.value = "u\u0308"},
                                 .authors = people,
                                 .tags = tags,
                                 .attachments = attachments,
                                 .rights = {.value = "e\u0301"}};

    auto const body = record_body({.url = "x"}, clean(feed, item), {});

    EXPECT_EQ(body, to_nfc(body));
    EXPECT_NE(body.find("\u00FC"), std::string::npos);
}

TEST(RecordTest, WritesDatesInUtc) {
    Article article;
    article.date_published = SystemTime{milliseconds{0}};
    EXPECT_EQ(parsed(record_body({}, article, {})).at("date_published"), "1970-01-01T00:00:00Z");

    article.date_published = SystemTime{milliseconds{-1'000}};
    EXPECT_EQ(parsed(record_body({}, article, {})).at("date_published"), "1969-12-31T23:59:59Z");
}

}  // namespace
}  // namespace newswired::articles
