#include "articles/html/tokenizer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::articles::html {
namespace {

using namespace std::string_view_literals;

// Tokens on one line: text in quotes, <start attributes>, </end>, raw text in braces, ! for what is skipped.
std::string tokens_of(std::string_view html) {
    std::string all;
    Tokenizer tokens{html};
    for (auto token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
        all += all.empty() ? "" : " ";
        switch (token.kind) {
            case Token::Kind::text:
                all += '"' + std::string{token.text} + '"';
                break;
            case Token::Kind::raw_text:
                all += '{' + std::string{token.text} + '}';
                break;
            case Token::Kind::start_tag: {
                all += '<' + std::string{token.name};
                AttributeReader reader{token.attributes};
                AttributeReader::Attribute attribute;
                while (reader.next(attribute)) {
                    all += ' ' + std::string{attribute.name};
                    all += attribute.has_value ? "=[" + std::string{attribute.value} + ']' : "";
                }
                all += token.self_closing ? "/>" : ">";
                break;
            }
            case Token::Kind::end_tag:
                all += "</" + std::string{token.name} + '>';
                break;
            case Token::Kind::skipped:
                all += '!';
                break;
            case Token::Kind::end:
                break;
        }
    }
    EXPECT_EQ(tokens.next().kind, Token::Kind::end) << "the end lasts";
    EXPECT_EQ(tokens.position(), html.size()) << "everything is consumed";
    return all;
}

struct Case {
    char const* name;
    std::string_view html;
    std::string_view tokens;
};

class TokenizerTableTest : public testing::TestWithParam<Case> {};

TEST_P(TokenizerTableTest, SeesWhatABrowserSees) {
    EXPECT_EQ(tokens_of(GetParam().html), GetParam().tokens);
}

std::string name_of(testing::TestParamInfo<Case> const& one) {
    return one.param.name;
}

INSTANTIATE_TEST_SUITE_P(Text, TokenizerTableTest,
                         testing::Values(Case{"Empty", "", ""}, Case{"Plain", "a b", R"("a b")"},
                                         Case{"LessThanBeforeDigit", "1 <2", R"("1 " "<2")"},
                                         Case{"LessThanBeforeSpace", "a < b", R"("a " "< b")"},
                                         Case{"LessThanAtTheEnd", "a<", R"("a" "<")"},
                                         Case{"SolidusAtTheEnd", "a</", R"("a" "</")"},
                                         Case{"TwoLessThans", "<<b>", R"("<" <b>)"},
                                         Case{"ReferencesStay", "&lt;b&gt;", R"("&lt;b&gt;")"},
                                         Case{"LessThanBeforeNul", "<\0b>"sv, "\"<\0b>\""sv},
                                         Case{"LessThanBeforeNonAscii", "<\u00E9>", "\"<\u00E9>\""}),
                         name_of);

INSTANTIATE_TEST_SUITE_P(
    Tags, TokenizerTableTest,
    testing::Values(Case{"Start", "<b>x</b>", R"(<b> "x" </b>)"}, Case{"CaseIsKept", "<B></b>", "<B> </b>"},
                    Case{"SelfClosing", "<br/>", "<br/>"}, Case{"SelfClosingAfterSpace", "<br />", "<br/>"},
                    Case{"SolidusThenSpaceIsNotSelfClosing", "<br/ >", "<br>"},
                    Case{"NewLinesInside", "<a\nhref\n=\n'x'\n>", "<a href=[x]>"},
                    Case{"FormFeedPartsNameAndAttribute", "<a\fb=c>", "<a b=[c]>"},
                    Case{"NulBelongsToTheName", "<scr\0ipt>"sv, "<scr\0ipt>"sv},
                    Case{"LessThanBelongsToTheName", "<a<b>", "<a<b>"},
                    Case{"EndTagWithAttributes", "</b x=\">\">y", R"(</b> "y")"},
                    Case{"EndTagWithoutName", "a</>b", R"("a" ! "b")"},
                    Case{"EndTagThatIsABogusComment", "a</ b>c", R"("a" ! "c")"},
                    Case{"EndTagThatBeginsWithADigit", "a</1>c", R"("a" ! "c")"},
                    Case{"UnfinishedTagIsNoTag", "a<b c", R"("a" !)"},
                    Case{"UnfinishedEndTagIsNoTag", "a</b ", R"("a" !)"},
                    Case{"UnclosedQuoteSwallowsTheRest", "a<b c=\"d>e<i>f", R"("a" !)"},
                    Case{"UnclosedSingleQuoteSwallowsTheRest", "a<b c='d>e", R"("a" !)"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Attributes, TokenizerTableTest,
    testing::Values(
        Case{"Unquoted", "<a href=x>", "<a href=[x]>"},
        Case{"UnquotedKeepsTheSolidus", "<a href=x/>", "<a href=[x/]>"},
        Case{"UnquotedKeepsQuotesAndMore", "<a b=c\"d'e<f=g`>", "<a b=[c\"d'e<f=g`]>"},
        Case{"SingleQuoted", "<a b='c\"d'>", "<a b=[c\"d]>"},
        Case{"GreaterThanInQuotes", "<a b=\">\">", "<a b=[>]>"},
        Case{"NoSpaceAfterQuotes", "<a b='1'c=2>", "<a b=[1] c=[2]>"},
        Case{"WithoutValue", "<a b c>", "<a b c>"}, Case{"EmptyValue", "<a b=\"\">", "<a b=[]>"},
        Case{"MissingValue", "<a b=>", "<a b=[]>"}, Case{"ValueAfterSpace", "<a b = c>", "<a b=[c]>"},
        Case{"EqualsBeginsAName", "<a =b>", "<a =b>"}, Case{"EqualsTwice", "<a b==c>", "<a b=[=c]>"},
        Case{"QuoteInAName", "<a b\"c>", "<a b\"c>"}, Case{"SolidusParts", "<a/b/c=d>", "<a b c=[d]>"},
        Case{"DuplicatesAreAllRead", "<a b=1 B=2>", "<a b=[1] B=[2]>"},
        Case{"NulInNameAndValue", "<a b\0c=d\0e>"sv, "<a b\0c=[d\0e]>"sv},
        Case{"ValueThatLooksLikeATag", "<a b=<c>", "<a b=[<c]>"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(Comments, TokenizerTableTest,
                         testing::Values(Case{"Ordinary", "a<!-- <b> -->c", R"("a" ! "c")"},
                                         Case{"AbruptlyClosed", "<!-->a-->", R"(! "a-->")"},
                                         Case{"AbruptlyClosedByADash", "<!--->a-->", R"(! "a-->")"},
                                         Case{"ClosedAtOnce", "<!---->a", R"(! "a")"},
                                         Case{"ClosedByABang", "<!-- a --!>b", R"(! "b")"},
                                         Case{"BangWithoutGreaterThan", "<!-- a --! >b-->c", R"(! "c")"},
                                         Case{"BangAndDashes", "<!--a--!-->b", R"(! "b")"},
                                         Case{"BangAtTheStartIsData", "<!---!>a-->b", R"(! "b")"},
                                         Case{"ManyDashes", "<!-- a ----->b", R"(! "b")"},
                                         Case{"DashesAndSpaceDoNotClose", "<!-- -- >a-->b", R"(! "b")"},
                                         Case{"NestedEndsAtTheFirstEnd", "<!-- <!-- -->a-->", R"(! "a-->")"},
                                         Case{"NestedOpeningThatCloses", "<!--<!-->a-->", R"(! "a-->")"},
                                         Case{"UnclosedSwallowsTheRest", "a<!-- b > c", R"("a" !)"},
                                         Case{"BogusAfterBang", "<!x '>'>a", R"(! "'>a")"},
                                         Case{"OneDashIsBogus", "<!-x>a", R"(! "a")"},
                                         Case{"EmptyBang", "<!>a", R"(! "a")"},
                                         Case{"ProcessingInstruction", "<?php '>' ?>a", R"(! "' ?>a")"},
                                         Case{"Doctype", "<!DOCTYPE html>a", R"(! "a")"},
                                         Case{"CdataIsABogusComment", "<![CDATA[a>b]]>c", R"(! "b]]>c")"},
                                         Case{"Conditional", "<![if !IE]>a<![endif]>", R"(! "a" !)"},
                                         Case{"UnclosedBogus", "a<!x", R"("a" !)"}),
                         name_of);

INSTANTIATE_TEST_SUITE_P(
    RawText, TokenizerTableTest,
    testing::Values(
        Case{"Script", "<script>a<b></script>c", R"(<script> {a<b>} </script> "c")"},
        Case{"EndTagInAnotherCase", "<script>a</SCRIPT >b", R"(<script> {a} </SCRIPT> "b")"},
        Case{"OtherEndTagsDoNotEnd", "<style>a</b></script></style>", "<style> {a</b></script>} </style>"},
        Case{"LongerNamesDoNotEnd", "<style>a</styles></style>", "<style> {a</styles>} </style>"},
        Case{"EndTagWithSolidus", "<title>a</title/>b", R"(<title> {a} </title> "b")"},
        Case{"EndTagWithAttribute", "<style>a</style x='>'>b", R"(<style> {a} </style> "b")"},
        Case{"EmptyContent", "<textarea></textarea>a", R"(<textarea> </textarea> "a")"},
        Case{"Unclosed", "<script>a<b>", "<script> {a<b>}"}, Case{"UnclosedAndEmpty", "<script>", "<script>"},
        Case{"SelfClosingDoesNotHelp", "<textarea/><b></textarea>", "<textarea/> {<b>} </textarea>"},
        Case{"CommentInsideIsText", "<title><!--</title>-->", R"(<title> {<!--} </title> "-->")"},
        Case{"NoscriptIsNotRaw", "<noscript><b></noscript>", "<noscript> <b> </noscript>"}),
    name_of);

TEST(TokenizerTest, NumbersTheElements) {
    Tokenizer tokens{"<BlockQuote><unknown>"};

    auto const known = tokens.next();
    auto const unknown = tokens.next();

    EXPECT_EQ(known.element, known_element("blockquote"));
    EXPECT_EQ(element_name(known.element), "blockquote");
    EXPECT_EQ(unknown.element, kUnknown);
}

TEST(TokenizerTest, IsLinearInLessThansAndUnclosedThings) {
    constexpr std::size_t kMany = 1'000'000;
    for (auto const* piece : {"<", "</", "<!", "<!--", "<a ", "<a b=\"", "<title>", "</title", "--!"}) {
        std::string html;
        while (html.size() < kMany) {
            html += piece;
        }
        Tokenizer tokens{html};
        std::size_t count = 0;
        while (tokens.next().kind != Token::Kind::end) {
            ++count;
        }
        EXPECT_LE(count, html.size()) << piece;
    }
}

}  // namespace
}  // namespace newswired::articles::html
