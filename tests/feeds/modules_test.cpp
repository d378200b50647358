#include "core/time.hpp"
#include "tests/feeds/parsed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace newswired::feeds {
namespace {

using namespace test;

// The feed keeps what the item's views point into.
struct One {
    explicit One(std::string_view xml) : feed{parsed(rss_item(xml))}, item{feed.items.at(0)} {}
    ParsedFeed feed;
    ParsedItem const& item;
};

TEST(DublinCoreTest, StandsInForWhatIsMissing) {
    One const one{
        "<dc:title>T</dc:title><dc:creator>C</dc:creator><dc:creator>D</dc:creator><dc:date>2004-01-01</"
        "dc:date>"
        "<dc:subject>s</dc:subject><dc:rights>r</dc:rights><dc:language>en</dc:language>"
        "<dc:identifier>urn:1</dc:identifier><dc:description>d</dc:description><dc:contributor>E</"
        "dc:contributor>"};

    EXPECT_EQ(one.item.title.value, "T");
    ASSERT_EQ(one.item.authors.size(), 2u);
    EXPECT_EQ(one.item.authors[1].name, "D");
    EXPECT_EQ(rfc3339(one.item.date_published.value()), "2004-01-01T00:00:00Z");
    EXPECT_EQ(one.item.tags[0], "s");
    EXPECT_EQ(one.item.rights.value, "r");
    EXPECT_EQ(one.item.language, "en");
    EXPECT_EQ(one.item.id, "urn:1");
    EXPECT_EQ(one.item.content.value, "d");
    EXPECT_EQ(one.item.contributors[0].name, "E");
}

TEST(DublinCoreTest, GivesWayToTheFormatsOwn) {
    One const one{
        "<dc:title>T</dc:title><title>own</title><dc:date>2004-01-01</dc:date>"
        "<pubDate>Fri, 02 Jan 2004 00:00:00 GMT</pubDate><author>A</author><dc:creator>C</dc:creator>"};

    EXPECT_EQ(one.item.title.value, "own");
    EXPECT_EQ(rfc3339(one.item.date_published.value()), "2004-01-02T00:00:00Z");
    ASSERT_EQ(one.item.authors.size(), 1u);
    EXPECT_EQ(one.item.authors[0].name, "A");
}

TEST(DublinCoreTest, TermsSayMore) {
    One const one{
        "<dcterms:issued>2004-01-01</dcterms:issued><dcterms:modified>2004-01-02</dcterms:modified>"
        "<dcterms:valid>start=2004-01-01;end=2004-02-01;scheme=W3C-DTF</dcterms:valid>"
        "<dcterms:license>http://l.example/</dcterms:license>"};

    EXPECT_EQ(rfc3339(one.item.date_published.value()), "2004-01-01T00:00:00Z");
    EXPECT_EQ(rfc3339(one.item.date_modified.value()), "2004-01-02T00:00:00Z");
    EXPECT_EQ(rfc3339(one.item.date_expired.value()), "2004-02-01T00:00:00Z");
    EXPECT_EQ(one.item.license, "http://l.example/");
}

TEST(DublinCoreTest, PrismIsALastResort) {
    One const one{"<prism:publicationDate>2004-03-01</prism:publicationDate><dc:date>2004-01-01</dc:date>"};

    EXPECT_EQ(rfc3339(one.item.date_published.value()), "2004-01-01T00:00:00Z");
}

TEST(ContentTest, FeedburnersOriginalIsExternal) {
    One const one{
        "<link>http://proxy.example/1</link><feedburner:origLink>http://n.example/1</feedburner:origLink>"
        "<enclosure url='http://proxy.example/1.mp3'/>"
        "<feedburner:origEnclosureLink>http://n.example/1.mp3</feedburner:origEnclosureLink>"};

    EXPECT_EQ(one.item.url, "http://proxy.example/1");
    EXPECT_EQ(one.item.external_url, "http://n.example/1");
    ASSERT_EQ(one.item.attachments.size(), 1u);
    EXPECT_EQ(one.item.attachments[0].url, "http://n.example/1.mp3");
}

TEST(ContentTest, AnXhtmlBodyIsContent) {
    One const one{"<description>d</description><xhtml:body><xhtml:p>x</xhtml:p></xhtml:body>"};

    EXPECT_EQ(one.item.content.value, "<p>x</p>");
    EXPECT_EQ(one.item.summary.value, "d");
}

TEST(MediaTest, ReadsFilesGroupsAndThumbnails) {
    One const one{R"(<enclosure url="http://n.example/a.mp4" type="video/mp4" length="1"/>
        <media:group><media:content url="http://n.example/a.mp4"/>
          <media:content url="http://n.example/b.jpg" medium="image" fileSize="12"><media:title>B</media:title>
          </media:content><media:content url="/c.mp4" type="video/mp4" duration="61.5"/></media:group>
        <media:thumbnail url="/t.jpg"/><media:keywords>x, y</media:keywords><media:category label="L">c</media:category>
        <media:credit>Who</media:credit><media:description>md</media:description><media:title>mt</media:title>)"};

    ASSERT_EQ(one.item.attachments.size(), 3u);
    EXPECT_EQ(one.item.attachments[0].size_in_bytes, 1);
    EXPECT_EQ(one.item.attachments[1].mime_type, "image/*");
    EXPECT_EQ(one.item.attachments[1].title, "B");
    EXPECT_EQ(one.item.attachments[1].size_in_bytes, 12);
    EXPECT_EQ(one.item.attachments[2].url, "https://news.example/c.mp4");
    EXPECT_EQ(one.item.attachments[2].duration_in_seconds, 61.5);
    EXPECT_EQ(one.item.image, "https://news.example/t.jpg");
    ASSERT_EQ(one.item.tags.size(), 3u);
    EXPECT_EQ(one.item.tags[1], "y");
    EXPECT_EQ(one.item.tags[2], "L");
    EXPECT_EQ(one.item.contributors[0].name, "Who");
    EXPECT_EQ(one.item.content.value, "md");
    EXPECT_EQ(one.item.title.value, "mt");
}

TEST(PodcastTest, ReadsEpisodes) {
    One const one{
        R"(<enclosure url="/1.mp3" type="audio/mpeg" length="9"/><itunes:duration>1:02:03</itunes:duration>
        <itunes:author>A</itunes:author><itunes:image href="/1.png"/><itunes:explicit>yes</itunes:explicit>
        <itunes:block>no</itunes:block><itunes:keywords>k, l</itunes:keywords><itunes:summary>sum</itunes:summary>
        <podcast:person href="http://p.example/">P</podcast:person><podcast:license url="http://l.example/">L</podcast:license>)"};

    EXPECT_EQ(one.item.attachments[0].duration_in_seconds, 3723);
    EXPECT_EQ(one.item.authors[0].name, "A");
    EXPECT_EQ(one.item.image, "https://news.example/1.png");
    EXPECT_EQ(one.item.itunes_explicit, Flag::yes);
    EXPECT_EQ(one.item.itunes_block, Flag::no);
    EXPECT_EQ(one.item.tags.size(), 2u);
    EXPECT_EQ(one.item.contributors[0].url, "http://p.example/");
    EXPECT_EQ(one.item.license, "http://l.example/");
}

TEST(PodcastTest, ReadsDurations) {
    struct Case {
        std::string_view text;
        double expected;
    };
    for (auto const& [text, expected] : {Case{"3723", 3723}, Case{"62:03", 3723}, Case{" 1:02:03.5 ", 3723.5},
                                         Case{"0", 0}, Case{"", -1}, Case{"soon", -1}, Case{"1:xx", -1},
                                         Case{"-5", -1}, Case{":::", -1}, Case{"inf", -1}, Case{"nan", -1}}) {
        One const one{"<enclosure url='/1.mp3'/><itunes:duration>" + std::string{text} +
                      "</itunes:duration>"};
        EXPECT_EQ(one.item.attachments[0].duration_in_seconds, expected) << text;
    }
}

TEST(PodcastTest, ReadsShows) {
    auto const feed =
        parsed(rss("<itunes:category text='Arts'><itunes:category text='Design'/></itunes:category>"
                   "<itunes:owner><itunes:name>O</itunes:name><itunes:email>o@n.example</itunes:email>"
                   "</itunes:owner><itunes:image href='/show.png'/><itunes:explicit>clean</itunes:explicit>"
                   "<itunes:block>Yes</itunes:block><podcast:guid>917393e3</podcast:guid>"));

    ASSERT_EQ(feed.tags.size(), 2u);
    EXPECT_EQ(feed.tags[1], "Design");
    EXPECT_EQ(feed.authors[0].email, "o@n.example");
    EXPECT_EQ(feed.icon, "https://news.example/show.png");
    EXPECT_EQ(feed.itunes_explicit, Flag::no);
    EXPECT_EQ(feed.itunes_block, Flag::no);
    EXPECT_EQ(feed.id, "917393e3");
}

TEST(GeoTest, ReadsEveryShape) {
    struct Case {
        std::string_view xml;
        std::string_view type;
        std::vector<double> coordinates;
    };
    Case const cases[] = {
        {"<georss:point>45.256 -71.92</georss:point>", "Point", {-71.92, 45.256}},
        {"<georss:point>45.256,-71.92</georss:point>", "Point", {-71.92, 45.256}},
        {"<georss:line>1 2 3 4</georss:line>", "LineString", {2, 1, 4, 3}},
        {"<georss:polygon>1 2 3 4 5 6 1 2</georss:polygon>", "Polygon", {2, 1, 4, 3, 6, 5, 2, 1}},
        {"<georss:box>1 2 3 4</georss:box>", "Box", {2, 1, 4, 3}},
        {"<georss:where><gml:Point><gml:pos>1 2</gml:pos></gml:Point></georss:where>", "Point", {2, 1}},
        {"<georss:where><gml:LineString><gml:posList>1 2 3 4</gml:posList></gml:LineString></georss:where>",
         "LineString",
         {2, 1, 4, 3}},
        {"<georss:where><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>1 2 3 4 1 2</gml:posList>"
         "</gml:LinearRing></gml:exterior></gml:Polygon></georss:where>",
         "Polygon",
         {2, 1, 4, 3, 2, 1}},
        {"<georss:where><gml:Envelope><gml:lowerCorner>1 2</gml:lowerCorner><gml:upperCorner>3 "
         "4</gml:upperCorner>"
         "</gml:Envelope></georss:where>",
         "Box",
         {2, 1, 4, 3}},
        {"<geo:lat>1</geo:lat><geo:long>2</geo:long>", "Point", {2, 1}},
        {"<geo:long>2</geo:long><geo:lat>+1.5</geo:lat>", "Point", {2, 1.5}},
        {"<geo:Point><geo:lat>1</geo:lat><geo:long>2</geo:long></geo:Point>", "Point", {2, 1}},
        {"<georss:point>here</georss:point>", "", {}},
        {"<georss:point>1</georss:point>", "", {}},
        {"<geo:lat>1</geo:lat>", "", {}},
    };
    for (auto const& one : cases) {
        One const read{one.xml};
        EXPECT_EQ(read.item.geo.type, one.type) << one.xml;
        EXPECT_TRUE(std::ranges::equal(read.item.geo.coordinates, one.coordinates)) << one.xml;
    }
}

TEST(GeoTest, NestedPointsDoNotExhaustTheStack) {
    std::string nested;
    for (int i = 0; i < 300'000; ++i) {
        nested += "<geo:Point>";
    }
    for (int i = 0; i < 300'000; ++i) {
        nested += "</geo:Point>";
    }
    One const one{nested};

    EXPECT_TRUE(one.item.geo.type.empty());
}

TEST(CommentsTest, CountsThem) {
    One const one{"<slash:comments> 12 </slash:comments><wfw:commentRss>http://n.example/c</wfw:commentRss>"};
    EXPECT_EQ(one.item.comments_count, 12);
    EXPECT_EQ(One{"<thr:total>3</thr:total>"}.item.comments_count, 3);
    EXPECT_EQ(One{"<thr:total>many</thr:total>"}.item.comments_count, -1);
    EXPECT_EQ(One{"<slash:comments>-3</slash:comments>"}.item.comments_count, -1);
}

TEST(LicenseTest, IsAnAddressOrAResource) {
    EXPECT_EQ(One{"<creativeCommons:license>http://cc.example/by</creativeCommons:license>"}.item.license,
              "http://cc.example/by");
    EXPECT_EQ(One{"<cc:license rdf:resource='http://cc.example/by'/>"}.item.license, "http://cc.example/by");
}

TEST(ChannelTest, KnowsItsRhythm) {
    auto const period = [](std::string_view channel) { return parsed(rss(channel)).pace.update_period; };

    EXPECT_EQ(period("<sy:updatePeriod>hourly</sy:updatePeriod>"), seconds{3600});
    EXPECT_EQ(period("<sy:updatePeriod> daily\n</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"),
              seconds{6 * 3600});
    EXPECT_EQ(period("<sy:updateFrequency>2</sy:updateFrequency><sy:updatePeriod>weekly</sy:updatePeriod>"),
              seconds{84 * 3600});
    EXPECT_EQ(period("<sy:updateFrequency>2</sy:updateFrequency>"), seconds{12 * 3600});
    for (auto const* const nonsense : {"0", "-1", "0.1", "", "often", "99999999999999999999"}) {
        auto const frequency = "<sy:updateFrequency>" + std::string{nonsense} + "</sy:updateFrequency>";
        EXPECT_EQ(period("<sy:updatePeriod>hourly</sy:updatePeriod>" + frequency), std::nullopt) << nonsense;
    }
    EXPECT_EQ(period("<sy:updatePeriod>sometimes</sy:updatePeriod>"), std::nullopt);
    EXPECT_EQ(period("<sy:updatePeriod/><sy:updateFrequency>2</sy:updateFrequency>"), std::nullopt);
    EXPECT_EQ(period("<title/>"), std::nullopt);
}

TEST(ChannelTest, KnowsWhetherItIsWhole) {
    EXPECT_TRUE(parsed(rss("<fh:complete/>")).complete);
    EXPECT_FALSE(parsed(rss("")).complete);
    EXPECT_EQ(parsed(rss("<admin:generatorAgent rdf:resource='http://g.example/'/>")).generator,
              "http://g.example/");
}

}  // namespace
}  // namespace newswired::feeds
