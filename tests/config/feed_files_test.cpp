// Lists of feeds in files of their own.

#include "tests/config/config_test.hpp"

#include <gmock/gmock.h>

#include <chrono>

namespace newswired::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

class FeedFilesTest : public ConfigTest {
  protected:
    static std::string files(std::string const& list) {
        return "fetch: {contact: me}\nfeed_files: [" + list + "]\n";
    }
    FeedList feeds(std::string const& list) const { return settings(files(list)).feeds; }
};

TEST_F(FeedFilesTest, HoldAUrlALine) {
    write("feeds.txt",
          "# our feeds\n\nhttps://example.org/a\n   \n\thttps://example.org/b  \n#https://example.org/no\n"
          "HTTP://example.org/c?x=1#top");

    EXPECT_THAT(urls(feeds("feeds.txt")), ElementsAre("https://example.org/a", "https://example.org/b",
                                                      "HTTP://example.org/c?x=1#top"));
}

TEST_F(FeedFilesTest, MayComeFromWindows) {
    write("feeds.txt", "\xEF\xBB\xBFhttps://example.org/a\r\n\r\n# note\r\nhttps://example.org/b\r\n");

    auto const read = configuration(files("feeds.txt"));

    EXPECT_THAT(urls(read.settings.feeds), ElementsAre("https://example.org/a", "https://example.org/b"));
    EXPECT_THAT(read.warnings, IsEmpty());
}

TEST_F(FeedFilesTest, PassOverALineThatIsNoUrlWithAWarning) {
    write("feeds.txt",
          "https://example.org/a\nexample.org/b\n\nhttps://example.org/a\nhttps://example.org/d e\n");

    auto const read = configuration(files("feeds.txt"));

    EXPECT_THAT(urls(read.settings.feeds), ElementsAre("https://example.org/a"));
    EXPECT_THAT(
        texts(read.warnings),
        ElementsAre("feeds.txt:2:1: 'example.org/b' is no address of a feed and is passed over",
                    "feeds.txt:4:1: 'https://example.org/a' is there already",
                    "feeds.txt:5:1: 'https://example.org/d e' is no address of a feed and is passed over"));
}

TEST_F(FeedFilesTest, PassOverAnAddressThatNoServerWouldTake) {
    std::string const begin = "https://example.org/";
    std::string const longest = begin + std::string(FeedList::kMaxText - begin.size(), 'x');
    write("feeds.txt", longest + "y\n" + longest + "\n");

    auto const read = configuration(files("feeds.txt"));

    EXPECT_THAT(urls(read.settings.feeds), ElementsAre(longest));
    EXPECT_THAT(texts(read.warnings), ElementsAre(StartsWith("feeds.txt:1:1: 'https://example.org/xxx")));
}

TEST_F(FeedFilesTest, TellOfTheFirstBadLinesOnly) {
    std::string text = "https://example.org/a\n";
    for (int i = 0; i < 1000; ++i) {
        text += "nonsense\n";
    }
    write("feeds.txt", text);

    auto const told = warnings(files("feeds.txt"));

    ASSERT_THAT(told, SizeIs(21));
    EXPECT_EQ(told.back(), "feeds.txt: … and 980 more like these");
}

TEST_F(FeedFilesTest, SurviveABinaryFile) {
    std::string bytes{"https://example.org/a\n\0\xFF\xFE\n", 26};
    bytes += std::string(100'000, '\xC3');
    write("feeds.txt", bytes);

    auto const read = configuration(files("feeds.txt"));

    EXPECT_EQ(read.settings.feeds.size(), 1u);
    ASSERT_THAT(read.warnings, SizeIs(2));
    EXPECT_LT(read.warnings[1].what.size(), 1000u);
}

constexpr char const* kOpml = R"(<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>Mine</title></head>
  <body>
    <outline text="News">
      <outline type="rss" text="A" title="A title" xmlUrl="https://example.org/a?x=1&amp;y=2" htmlUrl="https://example.org/"/>
      <outline title="Deep">
        <outline text="B" xmlUrl=" https://example.org/b " category="/sport, football"/>
      </outline>
      <outline text="C" xmlUrl="https://example.org/c"/>
    </outline>
    <!-- a comment -->
    <outline text="D" xmlurl="https://example.org/d"/>
    <outline text="E without an address" htmlUrl="https://example.org/e"/>
    <outline text="F" xmlUrl="feed://example.org/f"/>
    <outline text="Empty folder"></outline>
    <outline text="News"><outline text="G" xmlUrl="https://example.org/g"/></outline>
  </body>
</opml>
)";

TEST_F(FeedFilesTest, ReadOpmlWithItsFoldersAsTags) {
    write("feeds.opml", kOpml);

    auto const list = feeds("feeds.opml");

    ASSERT_THAT(urls(list),
                ElementsAre("https://example.org/a?x=1&y=2", "https://example.org/b", "https://example.org/c",
                            "https://example.org/d", "https://example.org/g"));
    EXPECT_THAT(list.options(0).tags, ElementsAre("News"));
    EXPECT_THAT(list.options(1).tags, ElementsAre("News", "Deep", "/sport", "football"));
    EXPECT_THAT(list.options(2).tags, ElementsAre("News"));
    EXPECT_THAT(list.options(3).tags, IsEmpty());
    EXPECT_THAT(list.options(4).tags, ElementsAre("News"));
}

TEST_F(FeedFilesTest, NameAFeedFromOpmlByItsUrl) {
    write("feeds.opml", kOpml);

    auto const list = feeds("feeds.opml");

    EXPECT_EQ(list.name(0), "");
    EXPECT_EQ(list.identity(0), "https://example.org/a?x=1&y=2")
        << "texts of OPML change and repeat: no identity";
}

TEST_F(FeedFilesTest, TellWhereInOpmlTheBadOutlineIs) {
    write("feeds.opml", kOpml);

    EXPECT_THAT(warnings(files("feeds.opml")),
                ElementsAre(StartsWith("feeds.opml:15:6: 'feed://example.org/f' is no address of a feed")));
}

TEST_F(FeedFilesTest, AddTheFoldersToTheTagsOfDefaults) {
    write("feeds.opml", kOpml);

    auto const list = settings(files("feeds.opml") + "defaults: {tags: [all], interval: 10m}").feeds;

    EXPECT_THAT(list.options(2).tags, ElementsAre("all", "News"));
    EXPECT_EQ(list.options(2).interval, std::chrono::minutes{10});
}

TEST_F(FeedFilesTest, GiveEachOutlineOfOpmlItsOwnFoldersAndCategories) {
    write("feeds.opml", R"(<opml><body><outline text="A">
        <outline xmlUrl="https://example.org/1" category="x"/><outline category="x" xmlUrl='https://example.org/2'/>
        <outline xmlUrl="https://example.org/3"/>
        <outline text="B &amp; C"><outline xmlUrl="https://example.org/4?a=1&amp;b=2"/></outline>
        <outline xmlUrl="https://example.org/5"/></outline>
        <outline xmlUrl="https://example.org/6"/></body></opml>)");

    auto const list = feeds("feeds.opml");

    ASSERT_EQ(list.size(), 6u);
    EXPECT_THAT(list.options(0).tags, ElementsAre("A", "x"));
    EXPECT_THAT(list.options(1).tags, ElementsAre("A", "x"));
    EXPECT_THAT(list.options(2).tags, ElementsAre("A"));
    EXPECT_EQ(list.url(3), "https://example.org/4?a=1&b=2");
    EXPECT_THAT(list.options(3).tags, ElementsAre("A", "B & C"));
    EXPECT_THAT(list.options(4).tags, ElementsAre("A"));
    EXPECT_TRUE(list.options(5).tags.empty());
}

TEST_F(FeedFilesTest, TellTheLineBehindValuesThatRunOverLines) {
    write("feeds.opml",
          "<opml><body><outline text='a&amp;\n\nb' xmlUrl='https://example.org/a'/>\r\n"
          "  <outline xmlUrl='nothing'/></body></opml>");

    EXPECT_THAT(warnings(files("feeds.opml")), ElementsAre(StartsWith("feeds.opml:4:4: 'nothing'")));
}

TEST_F(FeedFilesTest, RefuseWhatIsNoOpml) {
    write("broken.opml", "<opml>\n<body>\n<outline text=\"a\"\n</body></opml>");
    write("page.opml", "<html><body>Not found</body></html>");
    write("empty.opml", "");

    EXPECT_THAT(mistakes(files("broken.opml")), ElementsAre(StartsWith("broken.opml:4:1: no valid OPML: ")));
    EXPECT_THAT(mistakes(files("page.opml")),
                ElementsAre("page.opml:1:1: no OPML: there is no <opml> with a <body>"));
    EXPECT_THAT(mistakes(files("empty.opml")), ElementsAre(StartsWith("empty.opml:1:1: no valid OPML: ")));
}

TEST_F(FeedFilesTest, GoOnlySoDeepIntoFolders) {
    std::string text = "<opml><body>";
    for (int i = 0; i < 10'000; ++i) {
        text += "<outline text='f'>";
    }
    text += "<outline xmlUrl='https://example.org/deep'/>";
    for (int i = 0; i < 10'000; ++i) {
        text += "</outline>";
    }
    write("deep.opml", text + "<outline xmlUrl='https://example.org/after'/></body></opml>");

    auto const read = configuration(files("deep.opml"));

    EXPECT_THAT(urls(read.settings.feeds), ElementsAre("https://example.org/after"));
    EXPECT_THAT(texts(read.warnings),
                ElementsAre(testing::EndsWith("folders this deep in folders are passed over")));
}

TEST_F(FeedFilesTest, ReadYamlLists) {
    write("bare.yaml",
          "- https://example.org/a\n- {url: \"https://example.org/b\", name: b, interval: 10m}\n");
    write("keyed.yml", "feeds:\n  - https://example.org/c\n");

    auto const list = feeds("bare.yaml, keyed.yml");

    EXPECT_THAT(urls(list),
                ElementsAre("https://example.org/a", "https://example.org/b", "https://example.org/c"));
    EXPECT_EQ(list.identity(1), "b");
    EXPECT_EQ(list.options(1).interval, std::chrono::minutes{10});
}

TEST_F(FeedFilesTest, TellOfYamlThatIsNoList) {
    write("text.yaml", "hello");
    write("broken.yaml", "- [");

    EXPECT_THAT(mistakes(files("text.yaml")),
                ElementsAre("text.yaml:1:1: 'feeds' must be a list, but is a single value"));
    EXPECT_THAT(mistakes(files("broken.yaml")), ElementsAre(StartsWith("broken.yaml:1:1: no valid YAML: ")));
}

TEST_F(FeedFilesTest, AreFoundByGlobs) {
    write("feeds.d/b.txt", "https://example.org/b");
    write("feeds.d/a.txt", "https://example.org/a");
    write("feeds.d/c.OPML", "<opml><body><outline xmlUrl='https://example.org/c'/></body></opml>");
    write("feeds.d/d.md", "https://example.org/d");

    EXPECT_THAT(urls(feeds("feeds.d/*.txt, 'feeds.d/*.[oO]*'")),
                ElementsAre("https://example.org/a", "https://example.org/b", "https://example.org/c"));
}

TEST_F(FeedFilesTest, WarnOfAGlobThatMatchesNothing) {
    auto const told = warnings(whole("feed_files: [feeds.d/*.txt]"));

    EXPECT_THAT(told, ElementsAre("newswired.yaml:1:14: no file matches feeds.d/*.txt"));
}

TEST_F(FeedFilesTest, MustBeThereWhenNamed) {
    std::filesystem::create_directory(path("folder"));

    EXPECT_THAT(
        mistakes(whole("feed_files:\n  - missing.txt\n  - folder")),
        ElementsAre(StartsWith("newswired.yaml:2:5: missing.txt can't be read (No such file or directory)"),
                    StartsWith("newswired.yaml:3:5: folder can't be read (Is a directory)")));
}

TEST_F(FeedFilesTest, MayNotBeEndless) {
    std::filesystem::create_symlink("/dev/zero", path("zero.yaml"));

    EXPECT_THAT(mistakes(whole("feed_files: [zero.yaml]")),
                ElementsAre("newswired.yaml:1:14: zero.yaml has more than 64 MB; is it the right file?"));
}

TEST_F(FeedFilesTest, DoNotRepeatAFeedOfTheConfiguration) {
    write("feeds.txt", "https://example.org/feed\nhttps://example.org/other\n");

    auto const read = configuration(whole("feed_files: [feeds.txt]"));

    EXPECT_THAT(urls(read.settings.feeds),
                ElementsAre("https://example.org/feed", "https://example.org/other"));
    EXPECT_THAT(texts(read.warnings),
                ElementsAre("feeds.txt:1:1: 'https://example.org/feed' is there already"));
}

TEST_F(FeedFilesTest, MayHoldVeryManyFeeds) {
    constexpr std::size_t kMany = 100'000;
    std::string text;
    for (std::size_t i = 0; i < kMany; ++i) {
        text += "https://host" + std::to_string(i % 9973) + ".example.org/some/path/feed" +
                std::to_string(i) + ".xml\n";
    }
    write("many.txt", text);

    auto const start = std::chrono::steady_clock::now();
    auto const list = feeds("many.txt");
    auto const took = std::chrono::steady_clock::now() - start;

    RecordProperty("milliseconds", int(std::chrono::duration_cast<milliseconds>(took).count()));
    EXPECT_EQ(list.size(), kMany);
    EXPECT_EQ(list.url(kMany - 1), "https://host269.example.org/some/path/feed99999.xml");
}

}  // namespace
}  // namespace newswired::config
