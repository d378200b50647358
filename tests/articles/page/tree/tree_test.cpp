#include "articles/page/tree/tree.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::articles::page {
namespace {

// The tree as nested parentheses: "p(a) p(b)".
std::string outline(std::string_view html) {
    Tree const tree{html};
    std::string out;
    std::vector<NodeId> ends;
    for (NodeId i = 1; i < tree.size(); ++i) {
        while (!ends.empty() && ends.back() <= i) {
            out += ')';
            ends.pop_back();
        }
        if (!out.empty() && out.back() != '(') {
            out += ' ';
        }
        auto const& node = tree[i];
        if (node.kind != Node::Kind::element) {
            out += node.source;
            continue;
        }
        out += node.name;
        out += '(';
        ends.push_back(node.end);
    }
    return out.append(ends.size(), ')');
}

TEST(PageTreeTest, ClosesWhatTheStandardCloses) {
    EXPECT_EQ(outline("<p>a<p>b"), "p(a) p(b)");
    EXPECT_EQ(outline("<p>a<div>b</div>c"), "p(a) div(b) c");
    EXPECT_EQ(outline("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>"), "ul(li(a) li(b ul(li(c))) li(d))");
    EXPECT_EQ(outline("<dl><dt>a<dd>b<dt>c</dl>"), "dl(dt(a) dd(b) dt(c))");
    EXPECT_EQ(outline("<table><tr><td>a<td>b<tr><th>c</table>d"), "table(tr(td(a) td(b)) tr(th(c))) d");
    EXPECT_EQ(outline("<h2>a<h2>b</h2>"), "h2(a) h2(b)");
    EXPECT_EQ(outline("<p>a<br>b</br>c"), "p(a br() b br() c)");
}

TEST(PageTreeTest, EndTagsReachOnlyWhatIsInTheirScope) {
    EXPECT_EQ(outline("<div><table><tr><td>a</div>b</table>c</div>"), "div(table(tr(td(a b))) c)");
    EXPECT_EQ(outline("<div>a</span></p>b</div>"), "div(a b)");
    EXPECT_EQ(outline("<body><div>a</body></html><div>b</div>"), "body(div(a div(b)))")
        << "what comes after </body>";
    EXPECT_EQ(outline("<x-a>a<x-b>b</x-a>c"), "x-a(a x-b(b)) c") << "unknown elements, by name";
}

TEST(PageTreeTest, ForeignContentEndsWhereHtmlBegins) {
    EXPECT_EQ(outline("<svg><title/><path/></svg>a"), "svg(title() path()) a") << "its title is no raw text";
    EXPECT_EQ(outline("<svg><g><p>a</p></svg>b"), "svg(g()) p(a) b") << "never closed";
    EXPECT_EQ(outline("<svg><foreignObject><p>a</p></foreignObject></svg>"), "svg(foreignObject(p(a)))");
    EXPECT_EQ(outline("<div><svg><g></div>a"), "div(svg(g())) a");
}

TEST(PageTreeTest, FormsAndListsKeepTheirParts) {
    EXPECT_EQ(outline("<form>a<form>b</form>c"), "form(a b) c");
    EXPECT_EQ(outline("<table><form><tr><td>a</table>"), "table(form() tr(td(a)))");
    EXPECT_EQ(outline("<ul><li>a<ul></li><li>b</ul></ul>"), "ul(li(a ul(li(b))))");
    EXPECT_EQ(outline("<article><button>a</article>b"), "article(button(a)) b");
    EXPECT_EQ(outline("<div>a<x-b><div>b</x-b>c</div></div>d"), "div(a x-b(div(b c))) d");
}

TEST(PageTreeTest, ALinkInALinkEndsTheOuterOneButNotItsBlocks) {
    Tree const tree{"<a href=1><div>a<a href=2>b</a>c</div></a>d"};
    std::string linked;
    for (NodeId i = 1; i < tree.size(); ++i) {
        if (tree[i].kind == Node::Kind::text && tree[i].in_link) {
            linked += tree[i].source;
        }
    }
    EXPECT_EQ(linked, "ab");
    EXPECT_EQ(outline("<a><div>a<a>b</a>c</div></a>d"), "a(div(a a(b) c)) d");
}

TEST(PageTreeTest, ALinkEndsThoughBlocksStandOpenInIt) {
    Tree const tree{"<a href=1><div>a</a>b</div>c"};
    std::string linked;
    for (NodeId i = 1; i < tree.size(); ++i) {
        if (tree[i].kind == Node::Kind::text && tree[i].in_link) {
            linked += tree[i].source;
        }
    }
    EXPECT_EQ(linked, "a");
}

TEST(PageTreeTest, ScriptsAreNoText) {
    Tree const tree{"<body>a<script>b<p></script><style>c</style><textarea>d</textarea>e"};
    EXPECT_EQ(tree.text(kRoot), "ae");
}

TEST(PageTreeTest, DepthIsBounded) {
    std::string deep;
    for (auto i = 0; i < 100'000; ++i) {
        deep += "<div><b>";
    }
    deep += "text";
    Tree const tree{deep};
    EXPECT_EQ(tree.text(kRoot), "text");
    auto depth = 0;
    for (auto i = tree.size() - 1; i != kRoot; i = tree[i].parent) {
        ++depth;
    }
    EXPECT_LT(depth, 500);
}

TEST(PageTreeTest, NamesAreReadAsWords) {
    auto words = [](std::string_view attributes) { return WordReader{}.read(attributes, false); };
    EXPECT_NE(words("class=\"article__body\"") & word_body, 0u);
    EXPECT_NE(words("class=\"entryContent\"") & word_body, 0u);
    EXPECT_NE(words("id=related-posts") & word_related, 0u);
    EXPECT_NE(words("class='x commentList'") & word_comments, 0u);
    EXPECT_EQ(words("class=\"has-sidebar no-comments tag-related\""), 0u)
        << "what it is not, what it is about";
    EXPECT_EQ(words("class=\"article-body-related\"") & word_body, 0u);
    EXPECT_EQ(words("id=sharing-with-a-single-developer"), 0u) << "an id made of a heading";
    EXPECT_NE(words("style=\"display: none\"") & word_hidden, 0u);
    EXPECT_NE(words("style='position:absolute; left: -9999px'") & word_hidden, 0u);
    EXPECT_EQ(words("style='margin-left:-15px'") & word_hidden, 0u);
    EXPECT_NE(words("hidden id=more") & word_hidden, 0u);
    EXPECT_EQ(words("hidden id=S:0") & word_hidden, 0u) << "what is streamed is shown in the end";
    EXPECT_NE(words("class=read-more-big") & word_related, 0u);
    EXPECT_NE(words("class=image-description") & word_caption, 0u);
    EXPECT_NE(words("class=AuthorBox") & word_author_box, 0u);
    EXPECT_EQ(words("class=\"field-label-hidden\"") & word_hidden, 0u);
    EXPECT_NE(words("itemprop=articleBody") & word_article_body, 0u);
}

}  // namespace
}  // namespace newswired::articles::page
