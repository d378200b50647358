#include "articles/page/extract.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>

namespace newswired::articles::page {
namespace {

constexpr std::string_view kLong =
    "The keeper, who had looked after the lamp since 1987, said that the new lens reached as far as the old "
    "one, "
    "but used a tenth of the power, and that nobody had believed it would.";

std::string paragraph(std::string_view first) {
    return "<p>" + std::string{first} + ": " + std::string{kLong} + "</p>";
}

std::string article(std::string_view inside, std::string_view head = {}) {
    return "<html lang=en><head><title>A headline of six plain words</title>" + std::string{head} +
           "</head><body><article><h1>A headline of six plain words</h1>" + paragraph("One") +
           paragraph("Two") + std::string{inside} + paragraph("Three") + "</article></body></html>";
}

Page page_of(std::string html) {
    return extract(std::move(html), "https://news.example/world/a.html?utm_source=x");
}

bool has(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST(ExtractTest, ReadsMetadata) {
    std::ifstream in{NEWSWIRED_TEST_DATA "/pages/en.html", std::ios::binary};
    auto const page = page_of({std::istreambuf_iterator<char>{in}, {}});

    EXPECT_EQ(page.about.title, "Harbour town opens its rebuilt lighthouse");
    EXPECT_EQ(page.about.url, "https://news.example/world/a.html") << "without tracking parameters";
    EXPECT_EQ(page.about.site_name, "The Harbour Post");
    EXPECT_EQ(page.about.date_published, "2026-01-31T09:30:00+01:00");
    ASSERT_EQ(page.about.authors.size(), 1u);
    EXPECT_EQ(page.about.authors[0].name, "Nora Quillfeather");
}

TEST(ExtractTest, ReadsJsonLdWithCommonMistakes) {
    std::ifstream in{NEWSWIRED_TEST_DATA "/pages/de.html", std::ios::binary};
    auto const page = page_of({std::istreambuf_iterator<char>{in}, {}});

    EXPECT_EQ(page.about.date_published, "2026-02-03T18:05:00+01:00");
    ASSERT_EQ(page.about.authors.size(), 1u);
    EXPECT_EQ(page.about.authors[0].name, "Ottilie Brandwein");
    EXPECT_EQ(page.about.tags, (std::vector<std::string>{"Bahn", "Museum"}));
    EXPECT_EQ(page.about.site_name, "Talbote");
}

TEST(ExtractTest, TheSitesNameIsNoPartOfATitle) {
    auto title = [](std::string_view head, std::string_view body = "<p>text") {
        return page_of("<head>" + std::string{head} + "</head><body>" + std::string{body}).about.title;
    };
    EXPECT_EQ(
        title("<title>Old bridge reopens - The Post</title><meta property=og:site_name content='The Post'>"),
        "Old bridge reopens");
    EXPECT_EQ(
        title("<title>The Post | Old bridge reopens</title><meta property=og:site_name content='The Post'>"),
        "Old bridge reopens");
    EXPECT_EQ(title("<title>Old bridge reopens - again</title>", "<h1>Old bridge reopens - again</h1>"),
              "Old bridge reopens - again");
    EXPECT_EQ(title("<title>Old bridge reopens</title>", "<h1>The Post</h1><p>text"), "Old bridge reopens");
}

TEST(ExtractTest, LabelsOfAdvertisementsGo) {
    auto const page =
        page_of(article("<p>- Advertisement -</p><div>Werbung</div><p>広告</p><p>Advertising is dear.</p>"));

    EXPECT_FALSE(has(page.content_text, "Advertisement"));
    EXPECT_FALSE(has(page.content_text, "Werbung"));
    EXPECT_FALSE(has(page.content_text, "広告"));
    EXPECT_TRUE(has(page.content_text, "Advertising is dear."));
}

TEST(ExtractTest, AccountsAreNoAuthors) {
    auto authors = [](std::string_view name) {
        return page_of(article("", "<meta name=author content='" + std::string{name} + "'>")).about.authors;
    };
    EXPECT_TRUE(authors("admin").empty());
    EXPECT_TRUE(authors("https://news.example/ann").empty());
    ASSERT_EQ(authors("By Ann Example and Bob Example").size(), 2u);
    EXPECT_EQ(authors("By Ann Example and Bob Example")[1].name, "Bob Example");
    ASSERT_EQ(authors("Example, Ann").size(), 1u);
    ASSERT_EQ(authors("ByAnn Example").size(), 1u);
    EXPECT_EQ(authors("ByAnn Example")[0].name, "Ann Example");
    EXPECT_EQ(authors("Byron Example")[0].name, "Byron Example");
    EXPECT_TRUE(authors("page.head.author").empty());
    EXPECT_TRUE(authors("News.example").empty()) << "a host";
    EXPECT_EQ(authors("J.R.R. Example").size(), 1u);
}

TEST(ExtractTest, DropsWhatIsInTheArticleButNotOfIt) {
    auto const page =
        page_of(article("<div class=share-bar><a href=#>Send</a></div>"
                        "<ul><li><a href=1>Another article here</a><li><a href=2>And one more</a></ul>"
                        "<div class=newsletter-box><p>Get our letter every morning.</p></div>"
                        "<form><input name=q><button>Go there</button></form>"
                        "<div style='display:none'>Unseen words</div><script>var x = 'code';</script>"
                        "<h2>Heading of nothing</h2><ul><li><a href=3>A third article</a><li><a href=4>A "
                        "fourth</a></ul><h2>Heading of something</h2>"));

    for (auto const* const gone :
         {"Send", "Another article", "every morning", "Go there", "Unseen", "code", "of nothing"}) {
        EXPECT_FALSE(has(page.content_html, gone)) << gone;
    }
    EXPECT_TRUE(has(page.content_html, "<h2>Heading of something</h2>"));
    EXPECT_FALSE(has(page.content_text, "A headline of six")) << "the title stands apart";
}

TEST(ExtractTest, KeepsWhatAnArticleIsMadeOf) {
    auto const page = page_of(
        article("<h2>Part</h2><ul><li>first point<li>second point</ul><blockquote "
                "class=twitter-tweet><p>said so</p></blockquote>"
                "<pre><code class=language-cpp>int x;</code></pre><table><tr><td>cell a<td>cell b</table>"
                "<p>see <a href='../b.html' onclick=x()>there</a></p>"));

    for (auto const* const kept : {"<h2>Part</h2>", "<li>first point</li>", "<blockquote>",
                                   "<code class=\"language-cpp\">int x;</code>", "cell a",
                                   "<a href=\"https://news.example/b.html\">there</a>"}) {
        EXPECT_TRUE(has(page.content_html, kept)) << kept << "\nin\n" << page.content_html;
    }
    EXPECT_FALSE(has(page.content_html, "onclick"));
    EXPECT_TRUE(has(page.content_text, "- first point\n- second point"));
}

TEST(ExtractTest, PicturesKeepTheirCaptionsAndTheTextHasNeither) {
    auto const page = page_of(
        article("<figure><img src='data:image/gif;base64,R0' data-src='/p.jpg' class=lazy>"
                "<figcaption>The lamp by night</figcaption></figure>"
                "<div class=wp-caption><img src=/q.jpg><p class=wp-caption-text>The lamp by day</p></div>"
                "<picture><source srcset='/r.webp 2x'><img src=/r.jpg></picture>"));

    EXPECT_TRUE(has(page.content_html, "src=\"https://news.example/p.jpg\""));
    EXPECT_TRUE(has(page.content_html, "<figcaption>The lamp by night</figcaption>"));
    EXPECT_TRUE(has(page.content_html, "The lamp by day"));
    EXPECT_TRUE(has(page.content_html, "srcset=\"https://news.example/r.webp 2x\""));
    EXPECT_FALSE(has(page.content_text, "The lamp by"));
}

TEST(ExtractTest, JoinsTheSectionsOfOneText) {
    auto const page = page_of(
        "<title>A headline of six plain words</title><body><h1>A headline of six plain words</h1><main>"
        "<section class=part>" +
        paragraph("One") +
        "</section><div class=ad-slot>Buy this</div>"
        "<section class=part>" +
        paragraph("Two") + paragraph("Three") + "</section></main>");
    EXPECT_TRUE(has(page.content_text, "One: "));
    EXPECT_TRUE(has(page.content_text, "Three: "));
    EXPECT_FALSE(has(page.content_text, "Buy this"));
}

TEST(ExtractTest, TheLeadAboveTheBodyIsTheArticles) {
    auto const page = page_of(
        "<title>A headline of six plain words</title><body><header><h1>A headline of six plain words</h1>"
        "<p class=intro>A lead that says what all of it is about, in one sentence.</p></header>"
        "<div class=article-body>" +
        paragraph("One") + paragraph("Two") + "</div>");
    EXPECT_TRUE(page.content_text.starts_with("A lead that says")) << page.content_text;
}

TEST(ExtractTest, ALeadMayBeCalledATeaser) {
    auto const page = page_of(
        "<title>A headline of six plain words</title><body><h1>A headline of six plain words</h1>"
        "<div class=teaser-text><p>What all of it is about, said in a single sentence that is long "
        "enough.</p></div>"
        "<div class=article-body>" +
        paragraph("One") + paragraph("Two") + "</div>");
    EXPECT_TRUE(page.content_text.starts_with("What all of it is about")) << page.content_text;
}

TEST(ExtractTest, ALeadIsToldOnce) {
    constexpr std::string_view kLead = "A lead that says what all of it is about, in one sentence.";
    auto const page = page_of(
        "<title>A headline of six plain words</title><body><header><h1>A headline of six plain words</h1><p "
        "class=intro>" +
        std::string{kLead} + "</p></header><div class=article-body><p>" + std::string{kLead} + "</p>" +
        paragraph("One") + paragraph("Two") + "</div>");
    EXPECT_EQ(page.content_text.find(kLead), page.content_text.rfind(kLead));
}

TEST(ExtractTest, ListsOfLinksAreTeasersWhenTheyLeadToTheSiteItself) {
    auto const page = page_of(article(
        "<p>Schon gelesen?</p><ul><li><a href=/1>Another article here</a><li><a href=/2>And one more</a></ul>"
        "<p>What we found:</p><ul><li><a href=https://a.invalid/x>A fine book about it</a>"
        "<li><a href=https://b.invalid/y>A film that shows it</a></ul>"));
    EXPECT_FALSE(has(page.content_text, "Another article"));
    EXPECT_FALSE(has(page.content_text, "Schon gelesen")) << "the label of what is gone";
    EXPECT_TRUE(has(page.content_text, "What we found:"));
    EXPECT_TRUE(has(page.content_text, "A fine book"));
}

TEST(ExtractTest, PointersBetweenTheLinesOfAParagraphGo) {
    auto const page = page_of(article(
        "<p>One line of a paragraph that goes on.<br><b>Lea tambi\u00E9n: <a href=/1>Otra noticia del mismo "
        "sitio de hoy</a></b><br>And its next line.</p>"));
    EXPECT_FALSE(has(page.content_text, "Otra noticia"));
    EXPECT_FALSE(has(page.content_text, "Lea tambi"));
    EXPECT_TRUE(has(page.content_text, "And its next line."));
}

TEST(ExtractTest, PitchesAtTheEndGoAndMentionsInTheTextStay) {
    auto page_with = [](std::string_view end) {
        return page_of(
            "<title>A headline of six plain words</title><article><h1>A headline of six plain words</h1>" +
            paragraph("One") + paragraph("On Twitter and Facebook") + paragraph("Three") + std::string{end} +
            "</article>");
    };
    EXPECT_FALSE(
        has(page_with("<p>Jetzt folgen: <a href=https://t.me/post>hier</a></p>").content_text, "folgen"));
    EXPECT_FALSE(has(page_with("<p>Find us on Facebook and Instagram.</p>").content_text, "Find us"));
    EXPECT_TRUE(has(page_with("<p>She <a href=https://twitter.com/a/status/1>said so</a>.</p>").content_text,
                    "said so"))
        << "a post is no profile";
    EXPECT_TRUE(has(page_with("").content_text, "On Twitter and Facebook: "));
}

TEST(ExtractTest, TheDateBesideTheHeadlineIsThePages) {
    auto date = [](std::string_view body) {
        return page_of("<html lang=en><title>A headline of six plain words</title><body>" + std::string{body})
            .about.date_published;
    };
    EXPECT_EQ(date("<h1>A headline of six plain words</h1><ul><li>27 June 2019</li></ul>" + paragraph("One") +
                   "<div><time datetime=2019-08-05>5 August 2019</time> a teaser</div>"),
              "2019-06-27T00:00:00Z");
    EXPECT_EQ(
        date(
            "<h1>A headline of six plain words</h1><p>Updated <time datetime=2020-02-02>2 February</time></p>"
            "<p>Written 1 February 2020</p>"),
        "2020-02-01T00:00:00Z")
        << "when it was changed is another date";
    EXPECT_EQ(date("<meta property='article:published_time' content='2023-11-09T05:30:59Z'>"
                   "<h1>A headline of six plain words</h1><span>November 8, 2023</span>"),
              "2023-11-08T23:30:59-06:00")
        << "the moment that is stated, on the day that is shown";
}

TEST(ExtractTest, ARecipeIsItsIngredientsToo) {
    auto const list = [](std::string_view tag) {
        return "<" + std::string{tag} +
               " class='recipe-ingredients print-links'><ul><li>350 g flour<li>2 eggs, large<li>a "
               "pinch of salt<li>half a litre of milk<li>butter for the pan</ul></" +
               std::string{tag} + ">";
    };
    auto const steps = "<div class=preparation>" + paragraph("One") + paragraph("Two") + "</div>";
    for (auto const* const tag : {"aside", "section", "div"}) {
        auto const page = page_of("<body><div class=recipe><h1>Thin pancakes of the north</h1>" + list(tag) +
                                  "<div><p>Serves four</p></div>" + steps + "</div>");
        EXPECT_TRUE(has(page.content_text, "- 2 eggs, large")) << tag;
        EXPECT_TRUE(has(page.content_text, "Two: ")) << tag;
    }
    std::string shop;
    for (auto i = 0; i < 80; ++i) {
        shop += "<div>A pan, 20 cm</div>";
    }
    auto const elsewhere = page_of("<body><div><h1>Thin pancakes of the north</h1>" + steps + "<div>" +
                                   list("div") + shop + "</div></div>");
    EXPECT_FALSE(has(elsewhere.content_text, "A pan, 20 cm")) << "not for the price of what is around them";
}

TEST(ExtractTest, NumberedStepsAreTheArticle) {
    std::string steps;
    for (std::string_view const first : {"Weigh", "Sift", "Beat", "Add", "Stir", "Rest", "Heat", "Turn"}) {
        steps += "<li><p>" + std::string{first} +
                 " the flour, the milk or the pan, as the list says, and wait, "
                 "for as long as it takes, until it is done.</p>";
    }
    auto const page = page_of(
        "<body><main><article><h1>Thin pancakes of the north</h1><p>They are thin, quick, and "
        "what grandmothers in all villages of the north make on a Thursday, and nobody, ever, has had enough "
        "of "
        "them.</p></article><div class=block><article><div><div><ol>" +
        steps + "</ol></div></div></article></div>");
    EXPECT_TRUE(has(page.content_text, "Rest the flour")) << page.content_text;
    EXPECT_TRUE(has(page.content_text, "They are thin")) << "the lead";
}

TEST(ExtractTest, WhatStandsBesideAPictureThatHasACaptionIsText) {
    auto step = [](std::string_view text, std::string_view caption) {
        return "<div class=step><span>Step</span><p>" + std::string{text} + "</p><figure><img src=a.jpg>" +
               std::string{caption} + "</figure></div>";
    };
    auto const page =
        page_of(article(step("Insert the plant into its hole.", "<figcaption>A hole</figcaption>") +
                        step("Sold by the gallery of Ann Lee.", "")));
    EXPECT_TRUE(has(page.content_text, "Insert the plant"));
    EXPECT_FALSE(has(page.content_text, "A hole"));
    EXPECT_FALSE(has(page.content_text, "Sold by")) << "a caption, whatever it is called";
}

TEST(ExtractTest, ATextForTwoWidthsOfScreenIsReadOnce) {
    auto const text = paragraph("One") + "<h2>A part</h2>" + paragraph("Two") + paragraph("Three") +
                      paragraph("Four") + paragraph("Five");
    auto const times = [](std::string const& all, std::string_view part) {
        auto count = 0;
        for (auto at = all.find(part); at != std::string::npos; at = all.find(part, at + 1)) {
            ++count;
        }
        return count;
    };

    auto const page = page_of("<article><h1>A headline of six plain words</h1><div class=wide>" + text +
                              "</div><div class=narrow>" + text + "</div>" + paragraph("Two") + "</article>");

    EXPECT_EQ(times(page.content_text, "One: "), 1);
    EXPECT_EQ(times(page.content_text, "A part"), 1);
    EXPECT_EQ(times(page.content_text, "Five: "), 1);
    EXPECT_EQ(times(page.content_text, "Two: "), 2) << "one paragraph may be said again";
}

TEST(ExtractTest, WhatLeadsOnEndsTheArticle) {
    auto page_with = [](std::string_view label, std::string_view behind = {}) {
        return page_of("<article><h1>A headline of six plain words</h1>" + paragraph("One") +
                       paragraph("Two") + paragraph("Three") + "<div>" + std::string{label} +
                       "</div><div><h3>Another one</h3><p>What a teaser says of it.</p></div>" +
                       std::string{behind} + "</article>")
            .content_text;
    };
    for (std::string_view const label : {"<h2>Related Stories</h2>", "<b>Mehr zum Thema:</b>", "LIRE AUSSI …",
                                         "<p>関連記事</p>", "<h4>Ähnliche Artikel &raquo;</h4>"}) {
        auto const text = page_with(label);
        EXPECT_TRUE(has(text, "Three: ")) << label;
        EXPECT_FALSE(has(text, "Another one")) << text;
        EXPECT_FALSE(has(text, "a teaser")) << text;
    }
    EXPECT_TRUE(has(page_with("<h2>Related work</h2>"), "a teaser")) << "a part of the article";
    EXPECT_TRUE(
        has(page_with("<h2>Related Stories</h2>", "<p>" + std::string(300, 'x') + "</p>"), "a teaser"))
        << "the article goes on";
}

TEST(ExtractTest, TheArticlesBodyIsReadWhereverItIsHidden) {
    auto const page = page_of(
        "<body><div class=print-only><h1>A headline of six plain words</h1>"
        "<div itemprop=articleBody>" +
        paragraph("One") + paragraph("Two") + "<div hidden>A secret</div></div></div><aside>" +
        paragraph("Another") + "</aside><div class=print-only>" + paragraph("An address") + "</div>");
    EXPECT_TRUE(has(page.content_text, "Two: "));
    EXPECT_FALSE(has(page.content_text, "A secret"));
    EXPECT_FALSE(has(page.content_text, "An address"));
}

TEST(ExtractTest, ALanguageThatIsNotStatedIsDetected) {
    EXPECT_EQ(page_of("<article>" + paragraph("One") + paragraph("Two") + "</article>").about.language, "en");
    EXPECT_EQ(page_of("<html lang=fr><article>" + paragraph("One") + "</article>").about.language, "fr")
        << "as stated";
}

TEST(ExtractTest, NamesDoNotOutweighTheText) {
    auto const page = page_of("<title>x</title><body><div class='sidebar related'>" + paragraph("One") +
                              paragraph("Two") + paragraph("Three") + "</div>");
    EXPECT_TRUE(has(page.content_text, "Two: ")) << "all the text there is";
}

TEST(ExtractTest, APageWithTextIsNeverEmpty) {
    EXPECT_EQ(page_of("just a line").content_text, "just a line");
    EXPECT_EQ(page_of("<nav>only <a href=1>links</a></nav>").content_text, "only links");
    EXPECT_EQ(page_of("<div hidden>only hidden words</div>").content_text, "only hidden words");
    EXPECT_EQ(page_of("<table><tr><td>only a cell").content_text, "only a cell");
    EXPECT_EQ(page_of("<title>A b c d</title><h1>A b c d</h1><div class=date>3 May 2026</div>").content_text,
              "A b c d\n\n3 May 2026")
        << "not even when all of it is told elsewhere";
    EXPECT_EQ(page_of("").content_text, "");
    EXPECT_EQ(page_of("<script>x()</script>").content_text, "");
}

TEST(ExtractTest, FallsBackToTheTextInJsonLd) {
    auto const page =
        page_of("<script type=application/ld+json>{\"@type\": \"NewsArticle\", \"articleBody\": \"" +
                std::string{kLong} + "\\n\\nAnd a second one.\"}</script><div id=app>Loading</div>");
    EXPECT_TRUE(has(page.content_text, "a tenth of the power"));
    EXPECT_TRUE(has(page.content_html, "<p>And a second one.</p>"));
}

TEST(ExtractTest, PlayersInFramesBecomeLinks) {
    auto const page = page_of(article(
        "<iframe title='The lamp \"moves\"' src='https://www.youtube.com/embed/abc123?rel=0'></iframe>"
        "<div class=video><iframe data-src='//player.vimeo.com/video/42'></iframe></div>"
        "<iframe src='https://ads.example/x'></iframe>"));
    EXPECT_TRUE(has(page.content_html, "href=\"https://www.youtube.com/watch?v=abc123\""))
        << page.content_html;
    EXPECT_TRUE(has(page.content_html, "href=\"https://player.vimeo.com/video/42\""));
    EXPECT_FALSE(has(page.content_html, "ads.example"));
    EXPECT_FALSE(has(page.content_html, "<iframe"));
    EXPECT_FALSE(has(page.content_text, "The lamp")) << "text plays nothing";
}

TEST(ExtractTest, TheSiteIsNamedByItsTitlesWhenByNothingElse) {
    auto site = [](std::string_view title) {
        return extract("<title>" + std::string{title} + "</title><p>text", "https://www.harbour-post.co.uk/a")
            .about.site_name;
    };
    EXPECT_EQ(site("Old bridge reopens - The Harbour Post"), "The Harbour Post");
    EXPECT_EQ(site("Harbour Post | Old bridge reopens"), "Harbour Post");
    EXPECT_EQ(site("Old bridge reopens - again"), "harbour-post.co.uk");
}

TEST(ExtractTest, IndentsAreNoText) {
    auto const page = page_of(article("<p>\u3000\u3000\u6B66\u6C49\u7684\u58F0\u97F3</p>-->"));
    EXPECT_TRUE(has(page.content_text, "\n\u6B66\u6C49\u7684\u58F0\u97F3\n")) << page.content_text;
    EXPECT_FALSE(has(page.content_text, "-->"));
}

TEST(ExtractTest, TagsAreParted) {
    auto const page = page_of(article("",
                                      "<meta name=keywords content='bridge, river,  bridge'>"
                                      "<meta property=article:section content='World,Local'>"));
    EXPECT_EQ(page.about.tags, (std::vector<std::string>{"bridge", "river", "World", "Local"}));
}

TEST(ExtractTest, NothingUnsafeComesOut) {
    auto const page =
        page_of(article("<a href='javascript:x()'>a link</a><img src=x onerror=y()><svg onload=z()></svg>"
                        "<iframe src=//evil.example></iframe><object data=q></object>"));
    for (auto const* const gone : {"javascript:", "onerror", "onload", "<iframe", "<object", "<svg"}) {
        EXPECT_FALSE(has(page.content_html, gone)) << gone;
    }
}

// What took others minutes: nesting, open tags, names without end.
TEST(ExtractTest, OddPagesTakeNoTime) {
    auto repeated = [](std::string_view part, int count) {
        std::string out;
        for (auto i = 0; i < count; ++i) {
            out += part;
        }
        return out;
    };
    auto const begin = std::chrono::steady_clock::now();
    for (auto const& html :
         {repeated("<div class=caption>", 20'000) + "text", repeated("<figure><img src=x>", 20'000),
          repeated("<a href=x>", 20'000) + "text", repeated("<svg><g>", 390) + repeated("<path/>", 100'000),
          repeated("<div><br>", 390) + repeated("<a href=//x.invalid/>some words</a>", 20'000),
          repeated("<article><p>12 March 2020", 20'000), repeated("<ul><li>", 20'000) + "text",
          repeated("<div>", 390) + repeated("</span></x>", 50'000), repeated("<h1>some words</h1>", 10'000),
          repeated("<p>aa bb<p>bb aa<p>ab ab", 7'000) + repeated("<p>aa bb<p>ab ab<p>bb aa", 7'000),
          "<script type=application/ld+json>" + repeated("[", 50'000) + "</script>",
          "<title>" + repeated("a | b - ", 20'000) + "</title><p>text",
          "<meta name=author content='" + repeated("Ann Example and ", 20'000) + "'>"}) {
        page_of(html);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{20})
        << "ample, for sanitisers too";
}

}  // namespace
}  // namespace newswired::articles::page
