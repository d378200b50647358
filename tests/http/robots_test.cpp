// robots.txt: which group speaks to us, and which of its rules decides.

#include "http/robots.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::http {
namespace {

struct Case {
    char const* name;
    char const* file;
    char const* target;
    bool allowed;
};

class RobotsTest : public testing::TestWithParam<Case> {};

TEST_P(RobotsTest, Decides) {
    auto const& one = GetParam();

    EXPECT_EQ((Robots{one.file, "newswired"}.allows(one.target)), one.allowed);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, RobotsTest,
    testing::Values(
        Case{"NoFile", "", "/a", true},
        Case{"ForAll", "User-agent: *\nDisallow: /private", "/private/a", false},
        Case{"OnlyWhatMatches", "User-agent: *\nDisallow: /private", "/public", true},
        Case{"EmptyDisallowAllows", "User-agent: *\nDisallow:", "/a", true},
        Case{"Everything", "User-agent: *\nDisallow: /", "/a", false},
        Case{"OursBeatsAll", "User-agent: *\nDisallow: /\nUser-agent: newswired\nAllow: /", "/a", true},
        Case{"OursAloneCounts", "User-agent: newswired\nDisallow: /x\n\nUser-agent: *\nDisallow: /", "/a",
             true},
        Case{"CaseOfTheTokenDoesNotMatter", "User-Agent: NewsWired\nDisallow: /", "/a", false},
        Case{"VersionOfTheToken", "User-agent: newswired/1.0\nDisallow: /", "/a", false},
        Case{"AnotherTokenIsNotOurs", "User-agent: newswired-images\nDisallow: /", "/a", true},
        Case{"AgentsShareAGroup", "User-agent: foo\nUser-agent: newswired\nUser-agent: bar\nDisallow: /a",
             "/a", false},
        Case{"AGroupEndsWithItsRules", "User-agent: newswired\nDisallow: /a\nUser-agent: foo\nDisallow: /b",
             "/b", true},
        Case{"GroupsOfOneAgentAreOne",
             "User-agent: newswired\nDisallow: /a\nUser-agent: foo\nDisallow: /\nUser-agent: "
             "newswired\nDisallow: /b",
             "/b", false},
        Case{"AnEmptyLineEndsNoGroup", "User-agent: newswired\n\nDisallow: /a", "/a", false},
        Case{"SitemapEndsNoAgents", "User-agent: newswired\nSitemap: /s.xml\nUser-agent: foo\nDisallow: /a",
             "/a", false},
        Case{"RulesBeforeAnyGroup", "Disallow: /\nUser-agent: *\nDisallow: /b", "/a", true},
        Case{"LongestMatchAllows", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
        Case{"LongestMatchDisallows", "User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", false},
        Case{"OfEqualsTheAllowWins", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
        Case{"Wildcard", "User-agent: *\nDisallow: /*/print", "/2026/01/print", false},
        Case{"WildcardNeedsItsEnd", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", true},
        Case{"EndIsTheEnd", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf.pdf", false},
        Case{"EndWithoutWildcard", "User-agent: *\nDisallow: /$", "/a", true},
        Case{"EndOfTheRoot", "User-agent: *\nDisallow: /$", "/", false},
        Case{"WildcardOverlapsNot", "User-agent: *\nDisallow: /ab*ba$", "/aba", true},
        Case{"WildcardAtTheEnd", "User-agent: *\nDisallow: /a*", "/abc", false},
        Case{"Query", "User-agent: *\nDisallow: /*?print=", "/a?print=1", false},
        Case{"PathsHaveCase", "User-agent: *\nDisallow: /Private", "/private", true},
        Case{"EncodedOrNot", "User-agent: *\nDisallow: /a%7Eb/%e4", "/a~b/%E4", false},
        Case{"BeyondAscii", "User-agent: *\nDisallow: /\xC3\xA4", "/%C3%A4rzte", false},
        Case{"EncodedSlashIsNoSlash", "User-agent: *\nDisallow: /a/b", "/a%2Fb", true},
        Case{"Comments", "# all\nUser-agent: * # everyone\nDisallow: /a # not this", "/a", false},
        Case{"CarriageReturns", "User-agent: *\rDisallow: /a\r\n", "/a", false},
        Case{"ByteOrderMark", "\xEF\xBB\xBFUser-agent: *\nDisallow: /a", "/a", false},
        Case{"SpaceAroundColons", "  User-agent : *\n\tDisallow : /a", "/a", false},
        Case{"TheFileItself", "User-agent: *\nDisallow: /", "/robots.txt", true},
        Case{"AWebPageIsNoRules", "<!doctype html><p>User: none", "/a", true}),
    [](auto const& given) { return std::string{given.param.name}; });

TEST(RobotsTest, NothingAllowsNothing) {
    EXPECT_FALSE(Robots::nothing().allows("/a"));
    EXPECT_FALSE(Robots::nothing().allows("/"));
}

TEST(RobotsTest, EndlessFilesAndPatternsCostLittle) {
    std::string file = "User-agent: *\n";
    for (int i = 0; i < 100'000; ++i) {
        file += "Disallow: /*a*a*a*a*a*a*b$\n";
    }

    EXPECT_TRUE((Robots{file, "newswired"}.allows("/" + std::string(100'000, 'a'))));
}

TEST(RobotsTest, StatusesMeanWhatTheStandardSays) {
    EXPECT_EQ(meaning_of_robots_status(200), RobotsAnswer::file);
    EXPECT_EQ(meaning_of_robots_status(404), RobotsAnswer::none);
    EXPECT_EQ(meaning_of_robots_status(403), RobotsAnswer::none);
    EXPECT_EQ(meaning_of_robots_status(429), RobotsAnswer::unreachable);
    EXPECT_EQ(meaning_of_robots_status(503), RobotsAnswer::unreachable);
}

TEST(RobotsTest, TheTokenIsTheFirstProduct) {
    EXPECT_EQ(product_token("newswired/1.0 (+https://example.org)"), "newswired");
    EXPECT_EQ(product_token("Example-Bot/2"), "Example-Bot");
    EXPECT_EQ(product_token(""), "newswired");
}

}  // namespace
}  // namespace newswired::http
