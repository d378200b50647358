#include "core/time.hpp"
#include "tests/feeds/parsed.hpp"

#include <gtest/gtest.h>

namespace newswired::feeds {
namespace {

using namespace test;

TEST(RssTest, NamesItsVersion) {
    EXPECT_EQ(parsed("<rss version='0.91'><channel/></rss>").format, "rss-0.91");
    EXPECT_EQ(parsed("<rss version='0.92'><channel/></rss>").format, "rss-0.92");
    EXPECT_EQ(parsed("<rss version='0.94'><channel/></rss>").format, "rss-0.94");
    EXPECT_EQ(parsed("<rss version='2.0'><channel/></rss>").format, "rss-2.0");
    EXPECT_EQ(parsed("<rss/>").format, "rss-2.0");
    EXPECT_EQ(parsed("<rdf:RDF xmlns='http://my.netscape.com/rdf/simple/0.9/'/>").format, "rss-0.90");
    EXPECT_EQ(parsed("<rdf:RDF xmlns='http://purl.org/rss/1.0/'/>").format, "rss-1.0");
}

TEST(RssTest, ReadsAChannel) {
    auto const feed = parsed(rss(R"(<title>News &amp;amp; more</title><link>/home</link>
        <description>&lt;b&gt;All&lt;/b&gt; of it</description><language>de</language><copyright>(c) us</copyright>
        <managingEditor>ed@news.example (Ed)</managingEditor><webMaster>web@news.example</webMaster>
        <pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate><lastBuildDate>Fri, 02 Jan 2004 00:00:00 GMT</lastBuildDate>
        <category>a</category><category>b</category><category>a</category><generator>hand</generator><ttl>60</ttl>
        <image><url>logo.png</url><title>not this</title><link>http://other.example</link></image>
        <skipHours><hour>0</hour><hour>23</hour><hour>24</hour><hour>99</hour></skipHours>
        <skipDays><day>Sunday</day><day>saturday</day><day>Doomsday</day></skipDays>
        <textInput><title>Search</title><name>q</name><link>http://search.example</link></textInput>
        <a:link rel="self" href="/self.xml"/><a:link rel="hub" href="https://hub.example/"/>)"));

    EXPECT_EQ(feed.title.value, "News &amp; more");
    EXPECT_TRUE(feed.title.may_be_escaped_twice);
    EXPECT_EQ(feed.home_page_url, "https://news.example/home");
    EXPECT_EQ(feed.description.value, "<b>All</b> of it");
    EXPECT_EQ(feed.description.kind, TextKind::html);
    EXPECT_EQ(feed.language, "de");
    EXPECT_EQ(feed.rights.value, "(c) us");
    ASSERT_EQ(feed.authors.size(), 1u);
    EXPECT_EQ(feed.authors[0].name, "Ed");
    EXPECT_EQ(feed.authors[0].email, "ed@news.example");
    EXPECT_EQ(rfc3339(feed.date_published.value()), "2004-01-01T19:48:21Z");
    EXPECT_EQ(rfc3339(feed.date_modified.value()), "2004-01-02T00:00:00Z");
    EXPECT_EQ(feed.tags.size(), 2u);
    EXPECT_EQ(feed.generator, "hand");
    EXPECT_EQ(feed.pace.ttl, seconds{3600});
    EXPECT_EQ(feed.icon, "https://news.example/logo.png");
    EXPECT_EQ(feed.pace.skip_hours, 1u | 1u << 23);
    EXPECT_EQ(feed.pace.skip_days, 1u | 1u << 6);
    EXPECT_EQ(feed.feed_url, "https://news.example/self.xml");
    ASSERT_EQ(feed.hubs.size(), 1u);
    EXPECT_EQ(feed.hubs[0], "https://hub.example/");
    EXPECT_TRUE(feed.problems.empty());
    EXPECT_FALSE(feed.breaks_off);
}

TEST(RssTest, ReadsAnItem) {
    auto const feed = parsed(rss_item(R"(<title>One</title><link> https://news.example/1?a=b&amp;c=d </link>
        <guid isPermaLink="false">tag:1</guid><description><![CDATA[<p>Body</p>]]></description>
        <pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate><author>me@news.example (Me)</author>
        <category>x</category><comments>/1#comments</comments>
        <enclosure url="/1.mp3" length="123" type="audio/mpeg"/>
        <source url="http://other.example/rss">Other</source>)"));
    auto const& item = feed.items.at(0);

    EXPECT_EQ(item.title.value, "One");
    EXPECT_EQ(item.url, "https://news.example/1?a=b&c=d");
    EXPECT_EQ(item.id, "tag:1");
    EXPECT_FALSE(item.id_is_permalink);
    EXPECT_EQ(item.content.value, "<p>Body</p>");
    EXPECT_TRUE(item.summary.empty());
    EXPECT_EQ(rfc3339(item.date_published.value()), "2004-01-01T19:48:21Z");
    EXPECT_EQ(item.authors[0].name, "Me");
    EXPECT_EQ(item.tags[0], "x");
    EXPECT_EQ(item.comments_url, "https://news.example/1#comments");
    ASSERT_EQ(item.attachments.size(), 1u);
    EXPECT_EQ(item.attachments[0].url, "https://news.example/1.mp3");
    EXPECT_EQ(item.attachments[0].mime_type, "audio/mpeg");
    EXPECT_EQ(item.attachments[0].size_in_bytes, 123);
    EXPECT_EQ(item.source.title, "Other");
    EXPECT_EQ(item.source.feed_url, "http://other.example/rss");
}

TEST(RssTest, APermalinkIsTheLinkWhenThereIsNone) {
    auto const url = [](std::string_view item) {
        return std::string{parsed(rss_item(item)).items.at(0).url};
    };

    EXPECT_EQ(url("<guid>http://n.example/1</guid>"), "http://n.example/1");
    EXPECT_EQ(url("<guid isPermaLink='true'>http://n.example/1</guid>"), "http://n.example/1");
    EXPECT_EQ(url("<guid isPermaLink='FALSE'>http://n.example/1</guid>"), "");
    EXPECT_EQ(url("<guid>not an address</guid>"), "");
    EXPECT_EQ(
        url("<guid isPermaLink='false'>http://n.example/1</guid><enclosure url='http://n.example/a.mp3'/>"),
        "http://n.example/1");
    EXPECT_EQ(url("<guid isPermaLink='false'>1</guid><enclosure url='http://n.example/a.mp3'/>"),
              "http://n.example/a.mp3");
    EXPECT_EQ(url("<guid>http://n.example/1</guid><link>http://n.example/2</link>"), "http://n.example/2");
    EXPECT_EQ(url("<enclosure url='http://n.example/a.mp3'/>"), "http://n.example/a.mp3");
}

TEST(RssTest, EncodedContentMakesTheDescriptionASummary) {
    auto const feed =
        parsed(rss_item("<description>short</description><content:encoded>long</content:encoded>"));

    EXPECT_EQ(feed.items.at(0).content.value, "long");
    EXPECT_EQ(feed.items.at(0).summary.value, "short");
}

TEST(RssTest, ReadsRdf) {
    auto const feed = parsed(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="http://n.example/rss"><title>C</title><link>http://n.example/</link>
          <items><rdf:Seq><rdf:li rdf:resource="http://n.example/1"/></rdf:Seq></items></channel>
        <image rdf:about="i"><url>http://n.example/i.png</url></image>
        <item rdf:about="http://n.example/1"><title>One</title><link>http://n.example/one</link>
          <dc:date>2004-01-01T12:00:00Z</dc:date></item>
        <item rdf:about="http://n.example/2"><title>Two</title></item></rdf:RDF>)");

    EXPECT_EQ(feed.title.value, "C");
    EXPECT_EQ(feed.icon, "http://n.example/i.png");
    ASSERT_EQ(feed.items.size(), 2u);
    EXPECT_EQ(feed.items[0].id, "http://n.example/1");
    EXPECT_EQ(feed.items[0].url, "http://n.example/one");
    EXPECT_EQ(rfc3339(feed.items[0].date_published.value()), "2004-01-01T12:00:00Z");
}

TEST(RssTest, FindsItemsWhereverTheyStand) {
    EXPECT_EQ(parsed("<rss><item/><channel><item/></channel><item/></rss>").items.size(), 3u);
    EXPECT_EQ(parsed("<html><body><rss><channel><item/></channel></rss></body></html>").items.size(), 1u);
    EXPECT_EQ(parsed("warning: something\n<rss><channel><item/></channel></rss>").items.size(), 1u);
    EXPECT_EQ(parsed("<channel><item/></channel>").items.size(), 1u);
}

TEST(RssTest, AnItemThatTheDocumentBreaksOffInIsDropped) {
    auto const whole =
        "<rss><channel><item><title>1</title></item><item><title>2</title>"
        "<description>text</description></item>";
    auto const items = [&](std::string_view rest) { return parsed(whole + std::string{rest}).items.size(); };

    EXPECT_EQ(items(""), 2u);
    EXPECT_EQ(items("</channel>"), 2u);
    EXPECT_EQ(items("<item><title>3</title><description>half"), 2u);
    EXPECT_EQ(items("<item><title>3</title><desc"), 2u);
    EXPECT_TRUE(parsed(whole).breaks_off);
    EXPECT_FALSE(parsed(whole + std::string{"</channel></rss>"}).breaks_off);
}

TEST(RssTest, TheUnfinishedItemIsDroppedWhateverComesBeforeIt) {
    auto const feed = parsed(
        "<rss><item><title>outside</title></item><channel><item><title>1</title></item>"
        "<item><title>half");

    ASSERT_EQ(feed.items.size(), 2u);
    EXPECT_EQ(feed.items[0].title.value, "outside");
    EXPECT_EQ(feed.items[1].title.value, "1");
}

TEST(RssTest, EntriesWithinAnExtensionAreNotTheFeeds) {
    auto const feed = parsed(
        "<feed xmlns='http://www.w3.org/2005/Atom'><x:more xmlns:x='urn:x'><entry><title>not ours</title>"
        "</entry></x:more><entry><title>ours</title></entry></feed>");

    ASSERT_EQ(feed.items.size(), 1u);
    EXPECT_EQ(feed.items[0].title.value, "ours");
    EXPECT_TRUE(feed.problems.empty());
}

TEST(RssTest, AnItemInAtomsNamespaceIsAnItem) {
    auto const feed =
        parsed("<feed version='0.3' xmlns='http://purl.org/atom/ns#'><item><title>1</title></item></feed>");

    ASSERT_EQ(feed.items.size(), 1u);
    EXPECT_EQ(feed.items[0].title.value, "1");
}

TEST(RssTest, ForgottenEndTagsOfItemsAreMadeUpFor) {
    auto const feed = parsed(
        "<rss><channel><item><title>1<link>http://n.example/1</link>"
        "<item><title>2</title><link>http://n.example/2</channel></rss>");

    ASSERT_EQ(feed.items.size(), 2u);
    EXPECT_EQ(feed.items[0].title.value, "1");
    EXPECT_EQ(feed.items[0].url, "http://n.example/1");
    EXPECT_EQ(feed.items[1].url, "http://n.example/2");
    EXPECT_FALSE(feed.problems.empty());
}

TEST(RssTest, UnescapedMarkupIsABody) {
    auto const feed =
        parsed(rss_item("<description><p>One<br>two <b>three</b></p></description><link>/1</link>"));

    EXPECT_EQ(feed.items.at(0).content.value, "<p>One<br>two <b>three</b></p>");
    EXPECT_EQ(feed.items.at(0).url, "https://news.example/1");
}

TEST(RssTest, TakesAtomsElementsAsGuests) {
    auto const feed =
        parsed(rss_item("<a:title>guest</a:title><title>own</title><a:updated>2004-01-01</a:updated>"
                        "<a:id>urn:1</a:id><a:author><a:name>A</a:name></a:author>"));
    auto const& item = feed.items.at(0);

    EXPECT_EQ(item.title.value, "own");
    EXPECT_EQ(item.id, "urn:1");
    EXPECT_EQ(rfc3339(item.date_modified.value()), "2004-01-01T00:00:00Z");
    EXPECT_EQ(item.authors[0].name, "A");
}

TEST(RssTest, RefusesWhatIsNoFeed) {
    EXPECT_EQ(refusal(""), errc::empty_document);
    EXPECT_EQ(refusal(" \n\t"), errc::empty_document);
    EXPECT_EQ(refusal("\xEF\xBB\xBF \n"), errc::empty_document);
    EXPECT_EQ(refusal("<html><body><p>No</p></body></html>"), errc::not_a_feed);
    EXPECT_EQ(refusal("<opml version='2.0'><body/></opml>"), errc::not_a_feed);
    EXPECT_EQ(refusal("just words"), errc::not_readable);
    EXPECT_EQ(refusal("{\"a\": 1}"), errc::not_a_feed);
    EXPECT_EQ(refusal("{\"items\": ["), errc::not_readable);
    EXPECT_EQ(refusal(std::string{"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16}), errc::not_readable);
}

TEST(RssTest, ItemsInheritTheFeedsAuthor) {
    auto const feed =
        parsed(rss("<managingEditor>Ed</managingEditor><item/><item><author>Al</author></item>"));

    EXPECT_EQ(feed.items.at(0).authors[0].name, "Ed");
    EXPECT_EQ(feed.items.at(1).authors[0].name, "Al");
}

TEST(RssTest, ManyTagsAndAttachmentsStayBounded) {
    std::string item;
    for (int i = 0; i < 20'000; ++i) {
        item += "<category>" + std::to_string(i) + "</category><enclosure url='http://n.example/" +
                std::to_string(i) + "'/><author>a" + std::to_string(i) + "</author>";
    }
    auto const feed = parsed(rss_item(item));

    EXPECT_LE(feed.items.at(0).tags.size(), 1024u);
    EXPECT_LE(feed.items.at(0).attachments.size(), 1024u);
    EXPECT_LE(feed.items.at(0).authors.size(), 1024u);
    EXPECT_EQ(feed.items.at(0).tags[0], "0");
}

TEST(RssTest, AMillionEmptyItemsAreNotBelieved) {
    std::string items;
    for (int i = 0; i < 1'000'000; ++i) {
        items += "<item/>";
    }
    auto const feed = parsed(rss(items));

    EXPECT_LE(feed.items.size(), 10'000 + items.size() / 30);
    EXPECT_GE(feed.items.size(), 10'000u);
    ASSERT_EQ(feed.problems.size(), 1u);
}

struct Named {
    std::string_view text;
    std::string_view name;
    std::string_view email;
};

TEST(RssTest, TellsNamesFromMails) {
    constexpr Named kCases[] = {
        {"me@n.example (Me Myself)", "Me Myself", "me@n.example"},
        {"Me Myself (me@n.example)", "Me Myself", "me@n.example"},
        {"Me Myself &lt;me@n.example&gt;", "Me Myself", "me@n.example"},
        {"\"Myself, Me\" &lt;me@n.example&gt;", "Myself, Me", "me@n.example"},
        {"&lt;me@n.example&gt;", "", "me@n.example"},
        {"me@n.example", "", "me@n.example"},
        {"mailto:me@n.example", "", "me@n.example"},
        {"me@n.example Me Myself", "Me Myself", "me@n.example"},
        {"Me Myself me@n.example", "Me Myself", "me@n.example"},
        {"Me Myself", "Me Myself", ""},
        {"Me (not Myself)", "Me (not Myself)", ""},
        {"@me", "@me", ""},
        {"me@n.example ()", "", "me@n.example"},
    };
    for (auto const& one : kCases) {
        auto const feed = parsed(rss_item("<author>" + std::string{one.text} + "</author>"));

        ASSERT_EQ(feed.items.at(0).authors.size(), 1u) << one.text;
        EXPECT_EQ(feed.items.at(0).authors[0].name, one.name) << one.text;
        EXPECT_EQ(feed.items.at(0).authors[0].email, one.email) << one.text;
    }
}

TEST(RawHashTest, IsOfTheItemAndNothingElse) {
    auto const hash = [](std::string_view before, std::string_view item) {
        return parsed(rss(std::string{before} + "<item>" + std::string{item} + "</item>"))
            .items.at(0)
            .raw_hash;
    };

    EXPECT_EQ(hash("<title>a</title>", "<title>x</title>"), hash("<title>b</title>\n\n", "<title>x</title>"));
    EXPECT_NE(hash("", "<title>x</title>"), hash("", "<title>y</title>"));
    EXPECT_NE(hash("", "<title a='1'>x</title>"), hash("", "<title a='2'>x</title>"));
    EXPECT_NE(hash("", ""), 0u);
}

TEST(RawHashTest, AnItemWithoutAnEndTagEndsWhereTheNextBegins) {
    auto const hash = [](std::string_view second) {
        return parsed("<rss><channel><item><title>1</title><item><title>" + std::string{second} +
                      "</title></item>"
                      "</channel></rss>")
            .items.at(0)
            .raw_hash;
    };

    EXPECT_EQ(hash("a"), hash("b"));
}

TEST(RawHashTest, TellsItemsOfAllFormatsApart) {
    for (auto const& document : {
             atom("<entry><id>1</id></entry><entry><id>2</id></entry><entry><id>1</id></entry>"),
             std::string{"{\"items\": [{\"id\": 1}, {\"id\": 2}, {\"id\": 1}]}"},
             std::string{
                 "<urlset><url><loc>http://n.example/1</loc></url><url><loc>http://n.example/2</loc></url>"
                 "<url><loc>http://n.example/1</loc></url></urlset>"},
         }) {
        auto const feed = parsed(document);

        ASSERT_EQ(feed.items.size(), 3u) << document;
        EXPECT_NE(feed.items[0].raw_hash, feed.items[1].raw_hash) << document;
        EXPECT_EQ(feed.items[0].raw_hash, feed.items[2].raw_hash) << document;
    }
}

}  // namespace
}  // namespace newswired::feeds
