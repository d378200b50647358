// h1 is frozen: these digests must never change.  They were computed apart from our code, by
//
//   import hashlib, struct, unicodedata
//   def h1(title, text, enclosures, link=None):
//       h = hashlib.sha256()
//       fields = [title, text, ''.join(e + '\n' for e in sorted(enclosures))]
//       if len(text) < 200: fields.append(link)
//       for f in fields:
//           b = unicodedata.normalize('NFC', f).encode()
//           h.update(struct.pack('<Q', len(b)) + b)
//       return 'h1:' + h.hexdigest()

#include "articles/identity/fingerprint.hpp"

#include "articles/identity/h1_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace newswired::articles {
namespace {

using feeds::ParsedItem;
using feeds::TextKind;

std::string h1(ParsedItem const& item) {
    return to_string_h1(fingerprint(item).hash);
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (; times > 0; --times) {
        all += text;
    }
    return all;
}

// h1('A title', 'A short text.', [], 'example.org/a')
constexpr auto kShort = "h1:4fb267f36a9e9b8ac5cc4ed9a866af3fee25d53a6622d469bf2e820030815dc1";

ParsedItem short_item() {
    return {.id = "tag:example.org,2026:1",
            .url = "https://example.org/a",
            .title = {.value = "A title"},
            .content = {.value = "A short text."}};
}

TEST(FingerprintTest, OfAnEmptyItem) {
    // h1('', '', [], '')
    EXPECT_EQ(h1({}), "h1:66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925");
}

TEST(FingerprintTest, OfAShortTextTakesTheLink) {
    EXPECT_EQ(h1(short_item()), kShort);
}

TEST(FingerprintTest, OfAShortTextWithoutLinkTakesTheId) {
    auto item = short_item();
    item.url = {};
    // h1('A title', 'A short text.', [], 'tag:example.org,2026:1')
    EXPECT_EQ(h1(item), "h1:ddb8a06b404d5f4f5d3c6380ab5eafbcdde9ff47c8689b6410315d3af17b6347");

    item.id = {};
    // h1('A title', 'A short text.', [], '')
    EXPECT_EQ(h1(item), "h1:05a1f1d6a17f53e3bff833d93cd05d35834302a4f2e84e167b5961a39f172e49");
}

TEST(FingerprintTest, OfALongTextTakesNeitherLinkNorId) {
    auto const words = repeated("word ", 50);
    auto item = short_item();
    item.content.value = words;
    // h1('A title', ' '.join(['word'] * 50), [])
    EXPECT_EQ(h1(item), "h1:c9601c4dbda358a4557fb8b38255ee5aa673cc83a347e93276f6f2c4f72fb8d7");

    item.url = "https://elsewhere.example/b";
    item.id = "other";
    EXPECT_EQ(h1(item), "h1:c9601c4dbda358a4557fb8b38255ee5aa673cc83a347e93276f6f2c4f72fb8d7");
}

TEST(FingerprintTest, TakesEnclosuresWithoutTheirQueriesInAnyOrder) {
    auto const words = repeated("word ", 50);
    std::vector<feeds::Attachment> const enclosures{{.url = "https://cdn.example/b.mp3?token=1&t=2"},
                                                    {.url = "https://cdn.example/a.mp3#x"}};
    std::vector<feeds::Attachment> const again{{.url = "https://cdn.example/a.mp3?token=9"},
                                               {.url = "https://cdn.example/b.mp3"}};
    auto item = short_item();
    item.content.value = words;
    item.attachments = enclosures;
    // h1('A title', ' '.join(['word'] * 50), ['https://cdn.example/b.mp3', 'https://cdn.example/a.mp3'])
    EXPECT_EQ(h1(item), "h1:b11d7760470632cf18d3cdbfa2272abfe2fc98e54fd2813ca49d68fb499bfa6a");

    item.attachments = again;
    EXPECT_EQ(h1(item), "h1:b11d7760470632cf18d3cdbfa2272abfe2fc98e54fd2813ca49d68fb499bfa6a");
}

TEST(FingerprintTest, ComposesDecodesAndStrips) {
    // h1('Caf\u00e9 & Bar', 'Z\u00fcrich \u2014 na\u00efve. Second paragraph <b>', [], 'example.org/a')
    constexpr auto kExpected = "h1:fc7eac330a2c76ea05b9416fabbf94a7d43670b8c3fea4f5d376be82177fb174";
    ParsedItem const html{
        .url = "https://example.org/a",
        .title = {.value = "Cafe\u0301 &amp; <i>Bar</i>", .kind = TextKind::html},
        .content = {
            .value = "<p>Zu\u0308rich&nbsp;&mdash; na&iuml;ve.</p>\n<p>Second\n  <a href='x'>para</a>graph "
                     "&lt;b&gt;</p><!-- x --><script>alert(1)</script><style>p{}</style>",
            .kind = TextKind::html}};
    ParsedItem const plain{.url = "http://www.example.org/a/#top",
                           .title = {.value = "  Caf\u00E9 &\n Bar "},
                           .content = {.value = "Z\u00FCrich \u2014 na\u00EFve.\n\nSecond paragraph <b>"}};

    EXPECT_EQ(h1(html), kExpected);
    EXPECT_EQ(h1(plain), kExpected);
}

TEST(FingerprintTest, CountsCharactersNotBytes) {
    auto item = [](std::string const& text) {
        return ParsedItem{
            .url = "https://example.org/a", .title = {.value = "t"}, .content = {.value = text}};
    };
    auto const e199 = repeated("e\u0301", 199);  // composed: 199 characters, 398 bytes
    auto const e200 = repeated("e\u0301", 200);
    auto const x199 = std::string(199, 'x');
    auto const x200 = std::string(200, 'x');

    // h1('t', 'x' * 199, [], 'example.org/a'), h1('t', 'x' * 200, []), and the same with '\u00e9'
    EXPECT_EQ(h1(item(x199)), "h1:66bd104e80ee9be2f90c9849f9b04aa12b7bc251b43b6989cccf88a719cccd4a");
    EXPECT_EQ(h1(item(x200)), "h1:46d59ff330dd62db902ceb1b4615168cd0cd797b32b5404d7383dddcd8cb52a8");
    EXPECT_EQ(h1(item(e199)), "h1:cf2cb99a90c181d1db682d8b68c12a3c7a1805c01c6bc822c0ac1cc7a6d03e95");
    EXPECT_EQ(h1(item(e200)), "h1:860777b360ca62d5d0f3e6d6520cc7a84b17813dcf8f7144faf28d326e1f960b");
}

TEST(FingerprintTest, TakesTheSummaryWhenThereIsNoBody) {
    auto item = short_item();
    item.content = {};
    item.summary = {.value = "A short <i>text</i>.", .kind = TextKind::html};
    EXPECT_EQ(h1(item), kShort);

    item = short_item();
    item.summary = {.value = "Another text beside the body"};
    EXPECT_EQ(h1(item), kShort) << "a summary beside a body does not count";
}

TEST(FingerprintTest, IsTheSameForOtherMarkupSpaceTrackingAndDates) {
    for (auto const* content :
         {"<p>A short text.</p>", "A&nbsp;short\n\ttext.", "<div class=x>A <b>short</b> text.</div>",
          "A short te<span>xt</span>.", "A<br>short<p>text.", "A&#32;short text&#46;",
          "<p>A short text.</p><img src='https://pixel.example/?id=1' width=1 height=1>"}) {
        auto item = short_item();
        item.content = {.value = content, .kind = TextKind::html};
        EXPECT_EQ(h1(item), kShort) << content;
    }
    for (auto const* url :
         {"http://example.org/a", "https://www.example.org/a", "https://EXAMPLE.org/a/",
          "https://example.org/a#comments", "https://example.org/a?utm_source=rss&utm_medium=feed",
          " https://example.org/a?fbclid=1#x ", "https://example.org/a#xtor=RSS-1"}) {
        auto item = short_item();
        item.url =
            url == std::string_view{"//example.org/a"} ? std::string_view{"https://example.org/a"} : url;
        EXPECT_EQ(h1(item), kShort) << url;
    }
    auto item = short_item();
    item.date_published = SystemTime{};
    item.date_modified = SystemTime{};
    item.id = "other";
    item.image = "https://example.org/i.jpg";
    EXPECT_EQ(h1(item), kShort);
}

TEST(FingerprintTest, DiffersWhenTheArticleDoes) {
    auto item = short_item();
    item.title.value = "A Title";
    EXPECT_NE(h1(item), kShort);

    item = short_item();
    item.content.value = "A short text!";
    EXPECT_NE(h1(item), kShort);

    item = short_item();
    item.url = "https://example.org/b";
    EXPECT_NE(h1(item), kShort);

    item.url = "https://example.org/a?id=7&utm_source=rss";
    // h1('t', 's', [], 'example.org/a?id=7')
    item.title.value = "t";
    item.content.value = "s";
    EXPECT_EQ(h1(item), "h1:4088bd1918eca0c1440026b6194a4078b95811b46b94923905d92ce1dec7f1f3");
}

TEST(FingerprintTest, KeepsFieldsApart) {
    ParsedItem const one{.title = {.value = "ab"}, .content = {.value = "c"}};
    ParsedItem const other{.title = {.value = "a"}, .content = {.value = "bc"}};
    EXPECT_NE(h1(one), h1(other));
}

TEST(FingerprintTest, TellsWhichPartChanged) {
    auto const before = fingerprint(short_item()).parts;
    auto item = short_item();
    item.title.value = "Another";
    auto after = fingerprint(item).parts;
    EXPECT_NE(after.title, before.title);
    EXPECT_EQ(after.text, before.text);
    EXPECT_EQ(after.attachments, before.attachments);
    EXPECT_EQ(after.link, before.link);

    item = short_item();
    item.url = "https://example.org/b";
    after = fingerprint(item).parts;
    EXPECT_EQ(after.title, before.title);
    EXPECT_NE(after.link, before.link);
}

TEST(H1TextTest, PartsWordsAtBlocksOnly) {
    EXPECT_EQ(h1_text_of_html("a<p>b</p>c<br/>d<b>e</b>f<td>g<IMG src=x>h</LI>i"), "a b c def gh i");
    EXPECT_EQ(h1_text_of_html("a</br>b"), "a b");
    EXPECT_EQ(h1_text_of_html("a<paragraph>b"), "ab");
}

TEST(H1TextTest, DropsCommentsScriptsAndStyles) {
    EXPECT_EQ(h1_text_of_html("a<!-- <p>x</p> -->b<!-->c<!--->d<!-- e"), "abcd");
    EXPECT_EQ(h1_text_of_html("a<SCRIPT>x<b></script>b<style>y</style>c<script>z"), "abc");
    EXPECT_EQ(h1_text_of_html("a<!doctype html>b<?xml?>c<unclosed d"), "abc");
}

TEST(H1TextTest, DecodesOnceAndKeepsLooseLessThans) {
    EXPECT_EQ(h1_text_of_html("1 < 2 &lt; 3 &amp;lt; 4 <5"), "1 < 2 < 3 &lt; 4 <5");
    EXPECT_EQ(h1_text_of_plain("1 &lt; <b>2</b>"), "1 &lt; <b>2</b>");
}

TEST(H1TextTest, MakesSpaceOne) {
    EXPECT_EQ(h1_text_of_plain(" a\u00A0\u00A0\n b\u3000c "), "a b\u3000c");
    EXPECT_EQ(h1_text_of_html("&nbsp;a&#160; &#10;b"), "a b");
    EXPECT_EQ(h1_text_of_plain(""), "");
}

TEST(H1TextTest, RepairsBytesThatAreNoUtf8) {
    EXPECT_EQ(h1_text_of_plain("a\xFF\xE2\x82z"), "a\uFFFD\uFFFDz");
}

TEST(CanonicalUrlTest, IsEqualForTheSamePage) {
    for (auto const* url :
         {"https://example.org/a/B", "http://example.org/a/B", "HTTPS://www.Example.ORG/a/B/",
          "https://example.org/a/B#c", "https://example.org/a/B?utm_source=x&gclid=y",
          " https://example.org/a/B\n", "example.org/a/B"}) {
        EXPECT_EQ(canonical_url(url), "example.org/a/B") << url;
        EXPECT_EQ(url_hash(url), url_hash("https://example.org/a/B")) << url;
    }
    EXPECT_EQ(canonical_url("https://example.org/a/b"), "example.org/a/b") << "paths mind the case";
    EXPECT_EQ(canonical_url("https://Example.org?A=B"), "example.org?A=B");
    EXPECT_EQ(canonical_url("https://example.org/?p=1&utm_source=x&b=2"), "example.org/?p=1&b=2");
    EXPECT_EQ(canonical_url(""), "");
    EXPECT_EQ(url_hash(""), 0u);
    EXPECT_NE(url_hash("https://example.org/a"), url_hash("https://example.org/b"));
}

// The list is part of h1: no parameter may be added to these or taken from them.
TEST(CanonicalUrlTest, KnowsTheTrackingParametersOfH1) {
    constexpr std::string_view kOfH1[] = {"utm_source",
                                          "utm_x",
                                          "mtm_x",
                                          "pk_x",
                                          "piwik_x",
                                          "hsa_x",
                                          "at_custom1",
                                          "at_medium",
                                          "at_campaign",
                                          "at_bbc_team",
                                          "at_link_id",
                                          "at_format",
                                          "at_ptr_name",
                                          "fbclid",
                                          "gclid",
                                          "gclsrc",
                                          "dclid",
                                          "gbraid",
                                          "wbraid",
                                          "msclkid",
                                          "yclid",
                                          "twclid",
                                          "ttclid",
                                          "igshid",
                                          "igsh",
                                          "li_fat_id",
                                          "mc_cid",
                                          "mc_eid",
                                          "mkt_tok",
                                          "_hsenc",
                                          "_hsmi",
                                          "__hssc",
                                          "__hstc",
                                          "__hsfp",
                                          "hsCtaTracking",
                                          "vero_id",
                                          "vero_conv",
                                          "oly_anon_id",
                                          "oly_enc_id",
                                          "wickedid",
                                          "rb_clickid",
                                          "s_cid",
                                          "ml_subscriber_hash",
                                          "_openstat",
                                          "guccounter",
                                          "guce_referrer_sig",
                                          "ncid",
                                          "cmpid",
                                          "ns_mchannel",
                                          "ns_source",
                                          "ns_campaign",
                                          "ns_linkname",
                                          "ns_fee",
                                          "wt_mc",
                                          "sr_share",
                                          "xtor"};
    for (auto const name : kOfH1) {
        EXPECT_EQ(canonical_url("https://example.org/a?b=1&" + std::string{name} + "=2"), "example.org/a?b=1")
            << name;
    }
    for (auto const* name :
         {"utm", "id", "p", "source", "ref", "mc", "ncid2", "xfbclid", "at", "s", "page"}) {
        auto const url = "example.org/a?" + std::string{name} + "=2";
        EXPECT_EQ(canonical_url("https://" + url), url);
    }
}

}  // namespace
}  // namespace newswired::articles
