#include "feeds/xml/document.hpp"

#include "core/entities.hpp"
#include "tests/feeds/parsed.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::feeds::xml {
namespace {

class XmlTest : public testing::Test {
  protected:
    Document& read(std::string text) {
        text_ = std::move(text);
        document_ = std::make_unique<Document>(text_, "https://news.example/dir/feed", arena_);
        document_->read();
        return *document_;
    }
    /// What the root of `text` says.
    std::string_view text_of(std::string text) {
        auto& document = read(std::move(text));
        return document.text(*document.top().first);
    }
    std::string_view deep_text_of(std::string text) {
        auto& document = read(std::move(text));
        return document.deep_text(*document.top().first);
    }
    Node const& root() { return *document_->top().first; }

    std::string text_;
    Arena arena_;
    std::unique_ptr<Document> document_;
};

TEST_F(XmlTest, DecodesReferences) {
    EXPECT_EQ(text_of("<a>&lt;b&gt; &amp;amp; &quot;&apos;</a>"), "<b> &amp; \"'");
    EXPECT_EQ(text_of("<a>&#65;&#x42;&#X43; &#8212; &#128512;</a>"), "ABC — 😀");
    EXPECT_EQ(text_of("<a>&nbsp;&eacute;&hellip;</a>"), "\u00A0é…");
    EXPECT_EQ(text_of("<a>&#0;&#xD800;&#x110000;</a>"), "\uFFFD\uFFFD\uFFFD");
}

TEST_F(XmlTest, LeavesABareAmpersandAlone) {
    EXPECT_EQ(text_of("<a>fish & chips &c; AT&T &; &unknown; a&b=1&amp;c</a>"),
              "fish & chips &c; AT&T &; &unknown; a&b=1&c");
}

TEST_F(XmlTest, LeavesABareLessThanAlone) {
    EXPECT_EQ(text_of("<a>1 < 2 and 3<4 <= 5 << 6</a>"), "1 < 2 and 3<4 <= 5 << 6");
    EXPECT_EQ(text_of("<a>John <john@news.example></a>"), "John <john@news.example>");
}

TEST_F(XmlTest, TakesCdataAsItIs) {
    EXPECT_EQ(text_of("<a>x &amp; <![CDATA[<b>&amp;</b>]]> y<![CDATA[]]>]]</a>"), "x & <b>&amp;</b> y]]");
    EXPECT_EQ(text_of("<a><![CDATA[one]]]]><![CDATA[>two]]></a>"), "one]]>two");
    EXPECT_EQ(text_of("<a><![CDATA[never closed</a>"), "never closed</a>");
}

// Where in a block a reference stands, and what is beside it, must make no difference.
TEST_F(XmlTest, DecodesReferencesWhereverTheyStand) {
    std::string const pieces[] = {
        "&lt;",     "&gt;&amp;", "&quot;&apos;", "&#39;&#xe9;",     "&#8217;x&hellip;",
        "&nosuch;", "&",         "&amp;amp;",    "&#128512;&nbsp;", "&#xD800;"};
    for (auto const& piece : pieces) {
        for (std::size_t before = 0; before < 150; ++before) {
            for (std::size_t const after : {0u, 1u, 31u, 100u, 200u}) {
                auto const text = std::string(before, 'x') + piece + std::string(after, 'y') + piece;
                std::string expected;
                append_decoded(expected, text);
                ASSERT_EQ(text_of("<a>" + text + ";</a>"), expected + ";") << text;
            }
        }
    }
}

TEST_F(XmlTest, EntitiesLongerThanTheirNamesFindRoom) {
    auto const text = text_of("<!DOCTYPE a [<!ENTITY e '" + std::string(1000, 'e') + "'>]><a>&lt;&e;&e;" +
                              std::string(200, 'x') + "&e;&gt;</a>");

    ASSERT_EQ(text.size(), 3202u);
    EXPECT_EQ(text.front(), '<');
    EXPECT_EQ(text.substr(2001, 200), std::string(200, 'x'));
    EXPECT_EQ(text.back(), '>');
}

TEST_F(XmlTest, GivesOutEntriesAsTheyCloseAndForgetsThem) {
    std::string const text = "<rss><channel><item><title>1</title></item><image/><item/><item><title>half";
    Document document{text, "", arena_};
    std::vector<std::string> titles;

    document.read([&](Node const& entry) {
        auto const* const title = entry.child(Name::core_title);
        titles.emplace_back(title != nullptr ? document.text(*title) : "none");
        return true;
    });

    EXPECT_EQ(titles, (std::vector<std::string>{"1", "none"}));
    auto const& channel = *document.top().first->first;
    EXPECT_EQ(channel.first->name, Name::core_image);
    EXPECT_EQ(channel.first->next->name, Name::core_item);  // in which the document breaks off
    EXPECT_EQ(channel.last, channel.first->next);
}

TEST_F(XmlTest, KeepsEntriesThatNobodyTakes) {
    std::string const text = "<rss><channel><item><title>1</title></item><item/></channel></rss>";
    Document document{text, "", arena_};

    document.read([](Node const&) { return false; });

    auto const& channel = *document.top().first->first;
    EXPECT_EQ(document.text(*channel.first->first), "1");
    EXPECT_EQ(channel.last, channel.first->next);
}

TEST_F(XmlTest, PassesOverCommentsAndInstructions) {
    EXPECT_EQ(text_of("<?xml version='1.0'?><!-- <b> --><a>x<!-- y > -- z -->w<?php echo '>'; ?>v</a>"),
              "xwv");
}

TEST_F(XmlTest, ExpandsDeclaredEntities) {
    EXPECT_EQ(text_of("<!DOCTYPE a [<!ENTITY who \"A &amp; B\"> <!-- <!ENTITY who 'no'> -->"
                      "<!ENTITY all '&who;, &eacute;'>]><a>&all;!</a>"),
              "A & B, é!");
    EXPECT_EQ(text_of("<!DOCTYPE a [<!ENTITY x 'first'><!ENTITY x 'second'>]><a>&x;</a>"), "first");
    EXPECT_EQ(text_of("<!DOCTYPE a [<!ENTITY gt2 'a>b'>]><a>&gt2;</a>"), "a>b");
}

TEST_F(XmlTest, FetchesNothing) {
    EXPECT_EQ(text_of("<!DOCTYPE a SYSTEM 'file:///etc/hostname' [<!ENTITY x SYSTEM 'file:///etc/passwd'>"
                      "<!ENTITY % p SYSTEM 'http://127.0.0.1/'> %p;]><a>&x;</a>"),
              "&x;");
}

TEST_F(XmlTest, IsNotExplodedByEntities) {
    std::string bomb = "<!DOCTYPE a [<!ENTITY e0 'ha'>";
    for (int i = 1; i < 100; ++i) {
        bomb += "<!ENTITY e" + std::to_string(i) + " '";
        for (int j = 0; j < 10; ++j) {
            bomb += "&e" + std::to_string(i - 1) + ";";
        }
        bomb += "'>";
    }
    bomb += "]><a>";
    for (int i = 0; i < 10000; ++i) {
        bomb += "&e99;";
    }

    EXPECT_LE(text_of(bomb + "</a>").size(), 5u * 1024 * 1024);
}

TEST_F(XmlTest, IsNotExplodedByManyLongEntities) {
    std::string bomb = "<!DOCTYPE a [<!ENTITY e '" + std::string(60'000, 'x') + "'>";
    for (int i = 0; i < 4000; ++i) {
        bomb += "<!ENTITY e" + std::to_string(i) + " '&e;'>";
    }

    EXPECT_EQ(text_of(bomb + "]><a>&e3999;</a>"), "&e3999;");  // there were enough before it
}

TEST_F(XmlTest, EndlessEntitiesEnd) {
    EXPECT_LT(text_of("<!DOCTYPE a [<!ENTITY x '&y;'><!ENTITY y '&x;'>]><a>&x;&y;</a>").size(), 100u);
}

TEST_F(XmlTest, CrossedTagsKeepTheirText) {
    auto const& document = read("<a><b><i>one</b>two</i>three</a>");

    EXPECT_EQ(document_->deep_text(root()), "onetwothree");
    EXPECT_TRUE(document.unfinished().empty());
    EXPECT_FALSE(document_->problems().empty());
}

TEST_F(XmlTest, EndTagsWithoutAStartAreIgnored) {
    EXPECT_EQ(text_of("<a>x</b></c></ >y</a>"), "xy");
}

TEST_F(XmlTest, EndTagsMayDifferInCase) {
    EXPECT_EQ(text_of("<Title>x</TITLE>"), "x");
    EXPECT_TRUE(document_->unfinished().empty());
}

TEST_F(XmlTest, ReadsAttributesHoweverQuoted) {
    read("<a one=1 two='2 \"x\"' three = \"3 'y' &amp; &lt;\" four five=\"5\"six=6/>");

    EXPECT_EQ(root().attribute("one"), "1");
    EXPECT_EQ(root().attribute("TWO"), "2 \"x\"");
    EXPECT_EQ(root().attribute("three"), "3 'y' & <");
    EXPECT_FALSE(root().has_attribute("four"));
    EXPECT_EQ(root().attribute("five"), "5");
    EXPECT_EQ(root().attribute("six"), "6");
    EXPECT_TRUE(document_->unfinished().empty());
}

TEST_F(XmlTest, FindsAnAttributeByItsLocalName) {
    read("<a rdf:about='one' xmlns:about='no' about='two' x:other='three'/>");

    EXPECT_EQ(root().attribute("about"), "two");
    EXPECT_EQ(root().attribute("other"), "three");
}

TEST_F(XmlTest, SaysWhatWasLeftOpen) {
    auto const& document = read("<rss><channel><item><title>x</title><desc");

    ASSERT_EQ(document.unfinished().size(), 4u);
    EXPECT_EQ(document.unfinished()[2]->name, Name::core_item);
}

TEST_F(XmlTest, KnowsNamespacesWhateverTheirPrefix) {
    read(
        "<x:feed xmlns:x='http://www.w3.org/2005/Atom'><x:title>t</x:title>"
        "<dc:title xmlns:dc='http://search.yahoo.com/mrss/'>m</dc:title></x:feed>");

    EXPECT_EQ(root().name, Name::atom_feed);
    EXPECT_NE(root().child(Name::atom_title), nullptr);
    EXPECT_NE(root().child(Name::media_title), nullptr);
    EXPECT_EQ(root().child(Name::dc_title), nullptr);
}

TEST_F(XmlTest, KnowsNamespacesHoweverTheirUriIsSpelt) {
    for (auto const uri : {"http://purl.org/dc/elements/1.1/", "https://purl.org/dc/elements/1.1",
                           "HTTP://PURL.ORG/DC/ELEMENTS/1.1/", " http://www.purl.org/dc/elements/1.1# "}) {
        read("<a xmlns:q='" + std::string{uri} + "'><q:creator/></a>");
        EXPECT_NE(root().child(Name::dc_creator), nullptr) << uri;
    }
}

TEST_F(XmlTest, UndeclaredPrefixesMeanWhatTheyUsuallyMean) {
    read("<rss><dc:creator/><media:thumbnail/><nonsense:title/></rss>");

    EXPECT_NE(root().child(Name::dc_creator), nullptr);
    EXPECT_NE(root().child(Name::media_thumbnail), nullptr);
    EXPECT_EQ(root().child(Name::core_title), nullptr);
}

TEST_F(XmlTest, ADeclarationEndsWithItsElement) {
    read(
        "<rss><a xmlns:q='http://purl.org/dc/elements/1.1/'><q:date/></a><q:date/>"
        "<b xmlns:q='http://purl.org/dc/elements/1.1/'/><q:date/></rss>");

    EXPECT_EQ(root().child(Name::dc_date), nullptr);
    EXPECT_NE(root().first->child(Name::dc_date), nullptr);
}

TEST_F(XmlTest, NestsBasesAndLanguages) {
    read(
        "<a xml:base='/one/' xml:lang='en'><b xml:base='two/'><c xml:lang='de-CH'/></b>"
        "<d xml:base='http://other.example/x/y' xml:lang=''/><e xml:base='javascript:x'/></a>");
    auto const& b = *root().first;
    auto const& d = *b.next;

    EXPECT_EQ(root().scope->base, "https://news.example/one/");
    EXPECT_EQ(b.scope->base, "https://news.example/one/two/");
    EXPECT_EQ(b.scope->language, "en");
    EXPECT_EQ(b.first->scope->language, "de-CH");
    EXPECT_EQ(b.first->scope->base, "https://news.example/one/two/");
    EXPECT_EQ(d.scope->base, "http://other.example/x/y");
    EXPECT_EQ(d.scope->language, "");
    EXPECT_EQ(d.next->scope->base, "https://news.example/one/");
}

TEST_F(XmlTest, BasesDoNotGrowForEver) {
    std::string text;
    for (int i = 0; i < 1000; ++i) {
        text += "<a xml:base='longer-and-longer/'>";
    }
    read(text);

    auto const* innermost = document_->unfinished().back();
    EXPECT_LE(innermost->scope->base.size(), 2048u);
    EXPECT_TRUE(innermost->scope->base.starts_with("https://news.example/dir/longer-and-longer/"));
}

TEST_F(XmlTest, MarkupKeepsElementsAndResolvesInnerBases) {
    auto& document = read(
        "<a><xhtml:p xmlns:xhtml='http://www.w3.org/1999/xhtml' class='x&quot;y'>1 &lt; 2"
        "<xhtml:br/></xhtml:p><img xml:base='http://other.example/' src='i.png'/></a>");

    EXPECT_EQ(document.markup(root()),
              "<p class=\"x&quot;y\">1 &lt; 2<br></p><img src=\"http://other.example/i.png\">");
}

TEST_F(XmlTest, TwoHundredThousandNestedElementsAreNoTrouble) {
    std::string text;
    for (int i = 0; i < 200'000; ++i) {
        text += "<b>";
    }
    text += "deep";

    EXPECT_EQ(deep_text_of(text), "deep");
    EXPECT_EQ(document_->unfinished().size(), 200'000u);
    EXPECT_EQ(document_->markup(root()).size(), 199'999u * 7 + 4);
}

TEST_F(XmlTest, KeepsItsListOfProblemsShort) {
    std::string text;
    for (int i = 0; i < 1000; ++i) {
        text += "</x><";
    }
    read(text);

    EXPECT_LE(document_->problems().size(), 20u);
}

}  // namespace
}  // namespace newswired::feeds::xml
