#include "core/time.hpp"
#include "tests/feeds/parsed.hpp"

#include <gtest/gtest.h>

namespace newswired::feeds {
namespace {

using namespace test;

TEST(AtomTest, ReadsAFeed) {
    auto const feed = parsed(atom(R"(<title type="html">A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title>
        <subtitle>sub &lt;b&gt;</subtitle><id>urn:feed</id><updated>2004-01-01T12:00:00Z</updated>
        <link href="/"/><link rel="self" href="http://n.example/atom"/><link rel="hub" href="http://hub.example/"/>
        <link rel="prev-archive" href="/old"/><link rel="license" href="http://cc.example/by"/>
        <icon>/favicon.ico</icon><logo>/logo.png</logo><rights>mine</rights><generator uri="u">gen</generator>
        <author><name>A</name><email>a@n.example</email><uri>/a</uri></author>
        <contributor><name>C</name></contributor><category term="t" label="Label"/><category term="u"/>)"));

    EXPECT_EQ(feed.format, "atom-1.0");
    EXPECT_EQ(feed.title.value, "A &amp; <b>B</b>");
    EXPECT_EQ(feed.title.kind, TextKind::html);
    EXPECT_EQ(feed.description.value, "sub <b>");
    EXPECT_EQ(feed.description.kind, TextKind::plain);
    EXPECT_EQ(feed.id, "urn:feed");
    EXPECT_EQ(feed.home_page_url, "https://news.example/");
    EXPECT_EQ(feed.feed_url, "http://n.example/atom");
    EXPECT_EQ(feed.next_url, "https://news.example/old");
    EXPECT_EQ(feed.license, "http://cc.example/by");
    EXPECT_EQ(feed.favicon, "https://news.example/favicon.ico");
    EXPECT_EQ(feed.icon, "https://news.example/logo.png");
    EXPECT_EQ(feed.rights.value, "mine");
    EXPECT_EQ(feed.generator, "gen");
    EXPECT_EQ(rfc3339(feed.date_modified.value()), "2004-01-01T12:00:00Z");
    ASSERT_EQ(feed.authors.size(), 1u);
    EXPECT_EQ(feed.authors[0].url, "https://news.example/a");
    EXPECT_EQ(feed.contributors[0].name, "C");
    ASSERT_EQ(feed.tags.size(), 2u);
    EXPECT_EQ(feed.tags[0], "Label");
    EXPECT_EQ(feed.tags[1], "u");
}

TEST(AtomTest, ReadsAnEntry) {
    auto const feed =
        parsed(atom_entry(R"(<title>T</title><id>urn:1</id><published>2004-01-01T00:00:00Z</published>
        <updated>2004-01-02T00:00:00Z</updated><link href="/1"/><link rel="via" href="http://via.example/"/>
        <link rel="enclosure" href="/1.mp3" type="audio/mpeg" length="5" title="Sound"/>
        <link rel="replies" href="/1/replies" thr:count="7"/><summary>short</summary>
        <content type="html">&lt;p&gt;long&lt;/p&gt;</content><rights type="html">&lt;b&gt;r&lt;/b&gt;</rights>
        <source><id>urn:s</id><title>S</title><link href="http://s.example/"/><updated>2003-01-01</updated>
          <author><name>SA</name></author></source>)"));
    auto const& item = feed.items.at(0);

    EXPECT_EQ(item.title.value, "T");
    EXPECT_EQ(item.id, "urn:1");
    EXPECT_EQ(rfc3339(item.date_published.value()), "2004-01-01T00:00:00Z");
    EXPECT_EQ(rfc3339(item.date_modified.value()), "2004-01-02T00:00:00Z");
    EXPECT_EQ(item.url, "https://news.example/1");
    EXPECT_EQ(item.attachments[0].title, "Sound");
    EXPECT_EQ(item.attachments[0].size_in_bytes, 5);
    EXPECT_EQ(item.comments_url, "https://news.example/1/replies");
    EXPECT_EQ(item.comments_count, 7);
    EXPECT_EQ(item.content.value, "<p>long</p>");
    EXPECT_EQ(item.summary.value, "short");
    EXPECT_EQ(item.rights.kind, TextKind::html);
    EXPECT_EQ(item.source.title, "S");
    EXPECT_EQ(item.source.home_page_url, "http://s.example/");
    EXPECT_EQ(item.authors[0].name, "SA");
    EXPECT_EQ(item.links.size(), 4u);
}

struct Construct {
    char const* name;
    std::string_view element;
    std::string_view value;
    TextKind kind;
};

TEST(AtomTest, ReadsConstructsByTheirType) {
    constexpr Construct kCases[] = {
        {"no type", "<content>a &lt;b&gt; c</content>", "a <b> c", TextKind::plain},
        {"text", "<content type='text'>a &lt;b&gt;</content>", "a <b>", TextKind::plain},
        {"html", "<content type='html'>a &lt;b&gt;x&lt;/b&gt;</content>", "a <b>x</b>", TextKind::html},
        {"html in CDATA", "<content type='html'><![CDATA[<i>x</i>]]></content>", "<i>x</i>", TextKind::html},
        {"HTML in capitals", "<content type=' HTML '>&lt;i></content>", "<i>", TextKind::html},
        {"xhtml",
         "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a <b>x</b> &lt;</div></content>",
         "a <b>x</b> &lt;", TextKind::html},
        {"xhtml with a prefix",
         "<content type='xhtml'><xhtml:div>a <xhtml:b>x</xhtml:b></xhtml:div></content>", "a <b>x</b>",
         TextKind::html},
        {"text/html", "<content type='text/html'>&lt;i></content>", "<i>", TextKind::html},
        {"text/plain", "<content type='text/plain'>&lt;i></content>", "<i>", TextKind::plain},
        {"base64", "<content type='application/octet-stream'>PGI+eDwvYj4=</content>", "<b>x</b>",
         TextKind::html},
        {"0.3 escaped", "<content type='text/html' mode='escaped'>&lt;i></content>", "<i>", TextKind::html},
        {"0.3 base64", "<content type='text/html' mode='base64'>PGI+ eDwv\nYj4=</content>", "<b>x</b>",
         TextKind::html},
        {"0.3 xml", "<content type='application/xhtml+xml' mode='xml'><div>x</div></content>", "<div>x</div>",
         TextKind::html},
        {"base64 that is none", "<content mode='base64' type='text/plain'>*no*</content>", "*no*",
         TextKind::plain},
    };
    for (auto const& one : kCases) {
        auto const feed = parsed(atom_entry(one.element));
        EXPECT_EQ(feed.items.at(0).content.value, one.value) << one.name;
        EXPECT_EQ(feed.items.at(0).content.kind, one.kind) << one.name;
    }
}

TEST(AtomTest, ReadsVersion03) {
    auto const feed = parsed(
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><tagline>tag</tagline>"
        "<modified>2004-01-01T00:00:00Z</modified><copyright>c</copyright>"
        "<entry><issued>2004-01-02T00:00:00Z</issued><created>2003-01-01</created>"
        "<author><name>A</name><url>http://a.example/</url></author></entry></feed>");

    EXPECT_EQ(feed.format, "atom-0.3");
    EXPECT_EQ(feed.description.value, "tag");
    EXPECT_EQ(feed.rights.value, "c");
    EXPECT_EQ(rfc3339(feed.date_modified.value()), "2004-01-01T00:00:00Z");
    EXPECT_EQ(rfc3339(feed.items.at(0).date_published.value()), "2004-01-02T00:00:00Z");
    EXPECT_EQ(feed.items[0].authors[0].url, "http://a.example/");
}

TEST(AtomTest, AnEntryAloneIsAFeed) {
    auto const feed = parsed("<entry xmlns='http://www.w3.org/2005/Atom'><title>x</title></entry>");

    ASSERT_EQ(feed.items.size(), 1u);
    EXPECT_EQ(feed.items[0].title.value, "x");
}

TEST(AtomTest, NeedsNoNamespace) {
    EXPECT_EQ(parsed("<feed><title>x</title><entry/></feed>").items.size(), 1u);
    EXPECT_EQ(parsed("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry/></a:feed>").items.size(), 1u);
}

TEST(AtomTest, TextsKnowTheirBaseAndLanguage) {
    auto const feed = parsed(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://n.example/a/' xml:lang='en'>"
        "<entry xml:base='b/' xml:lang='fr'><title>t</title><link href='c'/>"
        "<content type='html' xml:base='/d/'>x</content></entry></feed>");
    auto const& item = feed.items.at(0);

    EXPECT_EQ(feed.language, "en");
    EXPECT_EQ(item.language, "fr");
    EXPECT_EQ(item.url, "http://n.example/a/b/c");
    EXPECT_EQ(item.content.base, "http://n.example/d/");
    EXPECT_EQ(item.title.base, "http://n.example/a/b/");
}

TEST(AtomTest, TheLinkIsTheFirstPageNotTheFirstLink) {
    auto const feed =
        parsed(atom_entry("<link rel='self' href='/self'/><link rel='alternate' type='application/json' "
                          "href='/json'/><link rel='alternate' type='text/html' href='/page'/>"
                          "<link rel='alternate' href='/second'/>"));

    EXPECT_EQ(feed.items.at(0).url, "https://news.example/page");
}

TEST(AtomTest, ContentElsewhereIsNamed) {
    auto const feed = parsed(atom_entry("<content src='/body.html' type='text/html'/>"));

    EXPECT_EQ(feed.items.at(0).content_src, "https://news.example/body.html");
}

TEST(AtomTest, DropsAnEntryThatIsCutOff) {
    auto const feed =
        parsed("<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id></entry><entry><id>2");

    EXPECT_EQ(feed.items.size(), 1u);
    EXPECT_TRUE(feed.breaks_off);
}

}  // namespace
}  // namespace newswired::feeds
