#include "config/feed_lists.hpp"

#include "tests/config/config_test.hpp"

#include <gmock/gmock.h>

namespace newswired::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class FeedListsTest : public ConfigTest {};

ReadList read(std::string const& text) {
    auto read = read_list(text);
    if (auto const* error = std::get_if<ListError>(&read)) {
        ADD_FAILURE() << error->what;
        return {};
    }
    return std::get<ReadList>(std::move(read));
}

TEST_F(FeedListsTest, TellFormsApartByTheirFirstCharacter) {
    EXPECT_THAT(urls(read("# mine\nhttps://example.org/a\n").feeds), ElementsAre("https://example.org/a"));
    EXPECT_THAT(
        urls(read("\xEF\xBB\xBF <opml version=\"2.0\"><body><outline xmlUrl=\"https://example.org/a\"/>"
                  "</body></opml>")
                 .feeds),
        ElementsAre("https://example.org/a"));
}

TEST_F(FeedListsTest, AreNoneWhenTheyNameNoFeed) {
    for (auto const* text : {"", "<html><body>Sorry</body></html>", "404 not found", "<opml"}) {
        EXPECT_TRUE(std::holds_alternative<ListError>(read_list(text))) << text;
    }
}

TEST_F(FeedListsTest, ComeBackFromOpmlAsTheyWereWritten) {
    FeedList feeds;
    for (int i = 0; i < 5'000; ++i) {
        FeedOptions options;
        if (i % 3 > 0) {
            options.tags = {"Folder \"" + std::to_string(i % 7) + "\" & <more>"};
        }
        if (i % 3 > 1) {
            options.tags.insert(options.tags.end(), {"second", "ünï"});
        }
        feeds.add("https://example.org/feed?a=" + std::to_string(i) + "&b=<c>", {}, options);
    }

    auto const again = read(to_opml(feeds, "Mine & yours"));

    ASSERT_EQ(again.feeds.size(), feeds.size());
    EXPECT_EQ(again.passed_over, 0u);
    for (std::size_t feed = 0; feed < feeds.size(); ++feed) {
        auto const place = again.feeds.find(feeds.id(feed));
        ASSERT_TRUE(place.has_value()) << feeds.url(feed);
        EXPECT_EQ(again.feeds.options(*place).tags, feeds.options(feed).tags);
    }
}

TEST_F(FeedListsTest, AtAUrlCountByTheirLastGoodCopy) {
    auto const yaml = "state_dir: state\nfetch: {contact: me}\nfeed_files: [\"https://example.org/list\"]\n";
    auto const before = configuration(yaml).settings;
    EXPECT_EQ(before.feeds.size(), 0u);
    EXPECT_THAT(before.feed_lists, ElementsAre("https://example.org/list"));

    auto const copy = list_copy_path(path("state"), "https://example.org/list");
    write(copy.substr(path("").size()), "https://example.org/a\nnonsense\n");
    auto const after = configuration(yaml);

    EXPECT_THAT(urls(after.settings.feeds), ElementsAre("https://example.org/a"));
    EXPECT_THAT(texts(after.warnings), ElementsAre(HasSubstr("https://example.org/list:2:1: 'nonsense'")));
}

TEST_F(FeedListsTest, AtAUrlNeverMakeTheConfigurationInvalid) {
    auto const copy = list_copy_path(path("state"), "https://example.org/list");
    write(copy.substr(path("").size()), "<opml><broken");

    auto const read = configuration(
        "state_dir: state\nfetch: {contact: me}\nfeeds: [\"https://example.org/x\"]\n"
        "feed_files: [\"https://example.org/list\"]\n");

    EXPECT_EQ(read.settings.feeds.size(), 1u);
    EXPECT_EQ(read.warnings.size(), 1u);
}

}  // namespace
}  // namespace newswired::config
