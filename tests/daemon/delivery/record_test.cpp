#include "daemon/delivery/record.hpp"

#include "tests/daemon/pass/pass_test.hpp"
#include "tests/support/json_schema.hpp"

namespace newswired::daemon {
namespace {

using test::article;
using testing::ElementsAre;
using testing::IsEmpty;

class RecordTest : public PassTest {
  protected:
    static boost::json::object parsed(std::string const& json) {
        return boost::json::parse(json).as_object();
    }

    test::JsonSchema schema_{NEWSWIRED_TEST_DATA "/../../docs/record.schema.json"};
    SystemTime const time_{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + milliseconds{1'217}};
    storage::OutboxEntry entry_{.seq = 42,
                                .time = time_,
                                .key = article_key("feed", "item"),
                                .body = R"("feed":{"name":null,"url":"u"},"title":"T")"};
};

TEST_F(RecordTest, PutsTheStreamFieldsAroundTheBody) {
    auto const record = record_json(entry_, "01jd8z");

    EXPECT_EQ(record, R"({"v":1,"key":")" + to_string(entry_.key) +
                          R"(","event":"new","revision":1,"backlog":false,"log":"01jd8z","seq":42,)"
                          R"("time":"2026-01-31T00:00:01.217Z","feed":{"name":null,"url":"u"},"title":"T"})");
}

TEST_F(RecordTest, AnUpdateNamesWhatChanged) {
    entry_.update = true;
    entry_.revision = 3;
    entry_.changed = storage::kTitle | storage::kText | storage::kAttachments | storage::kLink;

    auto const record = parsed(record_json(entry_, "log"));

    EXPECT_EQ(text(record, "event"), "update");
    EXPECT_EQ(record.at("revision").as_int64(), 3);
    EXPECT_EQ(record.at("changed"), boost::json::parse(R"(["title","content_text","attachments","url"])"));
}

TEST_F(RecordTest, ADuplicateNamesItsOriginal) {
    entry_.duplicate_of = article_key("feed", "other");

    auto record = parsed(record_json(entry_, "log"));
    EXPECT_EQ(text(record.at("duplicate_of").as_object(), "key"), to_string(*entry_.duplicate_of));
    EXPECT_TRUE(record.at("duplicate_of").at("url").is_null());

    entry_.duplicate_url = "https://news.example/\"other\"";
    record = parsed(record_json(entry_, "log"));
    EXPECT_EQ(text(record.at("duplicate_of").as_object(), "url"), entry_.duplicate_url);
}

TEST_F(RecordTest, IsOneLine) {
    auto one = article("a");
    one.title = "Two\nlines";
    one.text = "<p>One</p>\r\n<pre>a\nb</pre>";
    read({one});

    EXPECT_EQ(record_json(told().at(0), "log").find_first_of("\r\n"), std::string::npos);
}

TEST_F(RecordTest, AGapIsAsTheSchemaSays) {
    auto const json = gap_json(3, 17, time_, "01jd8z");

    EXPECT_THAT(schema_.complaints(boost::json::parse(json)), IsEmpty());
    auto const gap = parsed(json);
    EXPECT_TRUE(gap.at("key").is_null());
    EXPECT_EQ(gap.at("seq").as_int64(), 17);
    EXPECT_EQ(gap.at("gap"), boost::json::parse(R"({"first_seq":3,"last_seq":17})"));
}

TEST_F(RecordTest, RecordsOfAllKindsAreAsTheSchemaSays) {
    settings_.dedup.match = config::Match::mark;
    config::FeedOptions options;
    options.tags = {"world"};
    options.labels = {{"desk", "sport"}};
    add_feed(kFeed, options, "named");
    add_feed("https://other.example/feed.xml");
    auto full = article("full");
    full.date = "Sat, 31 Jan 2026 11:00:00 GMT";
    full.more =
        "<author>a@example.org (A)</author><category>c</category>"
        "<enclosure url=\"https://cdn.example/a.mp3\" type=\"audio/mpeg\" length=\"12\"/>"
        "<comments>https://news.example/full#comments</comments>";
    read({full, {.guid = "bare"}, {.title = "Title only"}, {.text = "Text only"}}, 0);
    full.title = "Corrected";
    read({full}, 0);
    read({full}, 1);

    auto const all = records();
    ASSERT_EQ(all.size(), 6u);
    for (auto const& record : all) {
        EXPECT_THAT(schema_.complaints(record), IsEmpty()) << serialize(record);
    }
    EXPECT_TRUE(all.back().contains("duplicate_of"));
}

TEST_F(RecordTest, WhatIsUnknownIsNullAndThere) {
    read({{.guid = "bare"}});

    auto const record = records().at(0);
    for (char const* const name :
         {"url", "title", "content_text", "content_html", "date_published", "language"}) {
        ASSERT_TRUE(record.contains(name)) << name;
        EXPECT_TRUE(record.at(name).is_null()) << name;
    }
    EXPECT_EQ(text(record, "id"), "bare");
    EXPECT_TRUE(record.at("feed").at("name").is_null());
}

TEST_F(RecordTest, TheSchemaWouldNotTakeJustAnything) {
    auto record = parsed(record_json(entry_, "log"));
    EXPECT_THAT(schema_.complaints(record), testing::Not(IsEmpty())) << "members are missing";
    auto gap = parsed(gap_json(3, 17, time_, "log"));
    gap["time"] = "yesterday";
    EXPECT_THAT(schema_.complaints(gap), testing::SizeIs(1));
}

}  // namespace
}  // namespace newswired::daemon
