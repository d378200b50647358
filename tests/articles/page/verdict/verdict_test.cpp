// Verdicts on pages: those of data/verdicts, one for each way in which a page is no article, in the languages
// in which that way is met, and ordinary articles that look a little like them.
//
// A page's name begins with its verdict; a comment at its start says what the feed had announced.

#include "articles/page/verdict/verdict.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace newswired::articles::page {
namespace {

std::vector<std::string> all_pages() {
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator{NEWSWIRED_TEST_DATA "/verdicts"}) {
        names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

// "name: value", on a line of its own.
std::string note(std::string const& page, std::string const& name) {
    auto const start = page.find("\n" + name + ": ");
    if (start == std::string::npos) {
        return {};
    }
    auto const value = start + name.size() + 3;
    return page.substr(value, page.find('\n', value) - value);
}

std::string name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::article:
            return "article";
        case Verdict::refused:
            return "refused";
        case Verdict::not_html:
            return "not_html";
        case Verdict::moved:
            return "moved";
        case Verdict::not_found:
            return "not_found";
        case Verdict::paywall:
            return "paywall";
        case Verdict::consent:
            return "consent";
        case Verdict::login:
            return "login";
        case Verdict::bot_wall:
            return "bot_wall";
        case Verdict::needs_script:
            return "needs_script";
        case Verdict::no_text:
            return "no_text";
        case Verdict::another:
            return "another";
        case Verdict::no_better:
            break;
    }
    return "no_better";
}

class VerdictTest : public testing::TestWithParam<std::string> {};

TEST_P(VerdictTest, IsWhatThePageIs) {
    std::ifstream in{NEWSWIRED_TEST_DATA "/verdicts/" + GetParam() + ".html", std::ios::binary};
    std::string const page{std::istreambuf_iterator<char>{in}, {}};

    auto const judgement =
        judge({.status = std::uint16_t(std::stoi(note(page, "status"))),
               .url = note(page, "url"),
               .content_type = "text/html; charset=utf-8",
               .bytes = page.substr(page.find("-->\n") + 4)},
              {.url = note(page, "asked"), .title = note(page, "title"), .text = note(page, "text")});

    EXPECT_EQ(name_of(judgement.verdict), GetParam().substr(0, GetParam().find('-')));
    EXPECT_EQ(judgement.page.content_text.empty(), judgement.verdict != Verdict::article);
}

INSTANTIATE_TEST_SUITE_P(Pages, VerdictTest, testing::ValuesIn(all_pages()), [](auto const& given) {
    auto name = given.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

std::string story(int paragraphs) {
    std::string html = "<!doctype html><title>A story</title><article><h1>A story</h1>";
    for (int i = 0; i < paragraphs; ++i) {
        html += "<p>Paragraph number " + std::to_string(i) +
                " tells at some length what happened to the travellers next, and why.</p>";
    }
    return html + "</article>";
}

TEST(JudgeTest, FollowsASignpostToWhereItPoints) {
    auto const judgement =
        judge({.url = "https://a.example/x/y",
               .content_type = "text/html",
               .bytes = "<meta http-equiv=Refresh content=\"1;URL='../real?a=1&amp;b=2'\"><p>Moved"},
              {.url = "https://a.example/x/y", .title = "A story"});

    EXPECT_EQ(judgement.verdict, Verdict::moved);
    EXPECT_EQ(judgement.moved_to, "https://a.example/real?a=1&b=2");
}

TEST(JudgeTest, APageThatReloadsItselfNowAndThenIsNoSignpost) {
    auto const judgement = judge({.url = "https://a.example/a",
                                  .content_type = "text/html",
                                  .bytes = "<meta http-equiv=refresh content=300>" + story(5)},
                                 {.url = "https://a.example/a", .title = "A story"});

    EXPECT_EQ(judgement.verdict, Verdict::article);
}

TEST(JudgeTest, OnlyHtmlIsRead) {
    auto const verdict = [](std::string const& type, std::string bytes) {
        return judge({.url = "https://a.example/a", .content_type = type, .bytes = std::move(bytes)},
                     {.url = "https://a.example/a", .title = "A story"})
            .verdict;
    };

    EXPECT_EQ(verdict("application/pdf", "%PDF-1.7"), Verdict::not_html);
    EXPECT_EQ(verdict("text/plain", story(5)), Verdict::not_html);
    EXPECT_EQ(verdict("", "\x89PNG"), Verdict::not_html);
    EXPECT_EQ(verdict("", story(5)), Verdict::article);
    EXPECT_EQ(verdict("Text/HTML ; charset=UTF-8", story(5)), Verdict::article);
    EXPECT_EQ(verdict("application/xhtml+xml", story(5)), Verdict::article);
}

TEST(JudgeTest, MustSayMoreThanTheFeed) {
    std::string text;
    for (int i = 0; i < 8; ++i) {
        text += "Paragraph number " + std::to_string(i) +
                " tells at some length what happened to the travellers next, and why.\n\n";
    }
    auto const verdict = [&text](int paragraphs) {
        return judge({.url = "https://a.example/a", .content_type = "text/html", .bytes = story(paragraphs)},
                     {.url = "https://a.example/a", .title = "A story", .text = text})
            .verdict;
    };

    EXPECT_EQ(verdict(8), Verdict::no_better);
    EXPECT_EQ(verdict(5), Verdict::no_better);
    EXPECT_EQ(verdict(12), Verdict::article);
}

TEST(JudgeTest, AnythingMayComeAsAPage) {
    for (std::string const& bytes :
         {std::string{}, std::string(1'000, '<'), std::string("\0\xFF\xFE", 3),
          std::string("<script type=application/ld+json>{\"isAccessibleForFree\":"),
          std::string("<meta http-equiv=refresh content=\"0;url=\">"),
          std::string("<title>") + std::string(100'000, 'a')}) {
        auto const judgement =
            judge({.url = "https://a.example/a", .content_type = "text/html", .bytes = bytes},
                  {.url = "https://a.example/a", .title = "A story of travellers"});
        EXPECT_NE(judgement.verdict, Verdict::article);
    }
}

}  // namespace
}  // namespace newswired::articles::page
