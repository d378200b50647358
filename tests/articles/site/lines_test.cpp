#include "articles/site/lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace newswired::articles::site {
namespace {

using testing::ElementsAre;

Article article_of(std::string title, std::string author = {}, std::vector<std::string> tags = {}) {
    Article article{.title = std::move(title), .tags = std::move(tags)};
    if (!author.empty()) {
        article.authors.push_back({.name = std::move(author)});
    }
    return article;
}

std::uint64_t hash(Article const& article, std::string_view line) {
    return LineReader{article}.read(line).hash;
}

TEST(LineReaderTest, TakesOutWhatIsTheArticlesOwn) {
    auto const one = article_of("Harbour strike ends", "Ada Byron", {"strikes", "ports"});
    auto const two = article_of("Ferry link resumes", "Bo Lund", {"ferries"});
    struct {
        char const* name;
        char const* first;
        char const* second;
    } const cases[] = {
        {"title", "The post Harbour strike ends appeared first on The Pier.",
         "The post Ferry link resumes appeared first on The Pier."},
        {"author", "By Ada Byron", "By Bo Lund"},
        {"tags", "Filed under: strikes, ports", "Filed under: ferries"},
        {"address", "Permalink: https://pier.example/a?x=1", "Permalink: https://pier.example/b"},
        {"date", "Published 5 March 2024", "Published 17 April 2025"},
        {"American date", "Updated: March 5, 2024 at 9:15 am", "Updated: May 17, 2025 at 10:42 pm"},
        {"numeric date", "Stand: 05.03.2024, 09:15 Uhr", "Stand: 17.04.2025, 10:42 Uhr"},
        {"ISO date", "2024-03-05 09:15", "2025-04-17 10:42"},
        {"Russian date", "Опубликовано 5 марта 2024", "Опубликовано 17 апреля 2025"},
        {"Chinese date", "发布于2024年3月5日", "发布于2025年4月17日"},
        {"year", "© 2023 The Pier. All rights reserved.", "© 2024 The Pier. All rights reserved."},
        {"number in a sentence", "Join the 12,345 readers of our newsletter",
         "Join the 54,321 readers of our newsletter"},
    };
    for (auto const& each : cases) {
        EXPECT_EQ(hash(one, each.first), hash(two, each.second)) << each.name;
    }
}

TEST(LineReaderTest, KeepsApartWhatDiffers) {
    auto const one = article_of("Harbour strike ends");
    struct {
        char const* name;
        char const* first;
        char const* second;
    } const cases[] = {
        {"words", "Share this article", "Print this article"},
        {"a figure and its name", "Attendance: 12,345", "Attendance: 54,321"},
        {"a score", "3-1", "2-2"},
        {"a measure", "5 min", "7 min"},
        {"another title", "The post Harbour strike ends appeared first", "The post X appeared first"},
    };
    for (auto const& each : cases) {
        EXPECT_NE(hash(one, each.first), hash(one, each.second)) << each.name;
    }
}

TEST(LineReaderTest, DoesNotTakeAnyWordForATag) {
    auto const tagged = article_of("A title of some length", {}, {"news", "inbox"});
    auto const other = article_of("Another title of a length");
    constexpr auto kPitch = "Get the best news of the week into your inbox every Friday";

    EXPECT_EQ(hash(tagged, kPitch), hash(other, kPitch));
}

TEST(LineReaderTest, SaysWhetherNumbersMadeTheDifference) {
    auto const one = article_of("Harbour strike ends");
    LineReader reader{one};

    EXPECT_TRUE(reader.read("The temperature in the harbour was 12 degrees").varies);
    EXPECT_FALSE(reader.read("Published by the harbour office on 5 March 2024").varies);
    EXPECT_FALSE(reader.read("The temperature in the harbour was low").varies);
    EXPECT_TRUE(reader.read("The post Harbour strike ends appeared first").has_own);
}

TEST(NumberEraserTest, PutsAMarkInThePlaceOfNumbersAndDates) {
    struct {
        char const* line;
        char const* without;
        bool has_date;
        bool has_other;
    } const cases[] = {
        {"no number at all", "no number at all", false, false},
        {"5 March 2024", "\x0e", true, false},
        {"On March 5, 2024 at 9:15 am.", "On\x0e at\x0e.", true, false},
        {"March, the 5th", "March, the\x0eth", false, true},
        {"in May (12 of them)", "in May (\x0e of them)", false, true},
        {"1, 2, 3", "\x0e", false, true},
        {"12a 12 am", "\x0e", true, false},
        {"März 2024: 12 km", "\x0e km", true, true},
        {"2024年3月5日", "\x0e年\x0e月\x0e日", true, true},
        {"May - 7 may", "\x0e", true, false},
        {"7. May? 8", "\x0e?\x0e", true, true},
    };
    NumberEraser eraser;
    for (auto const& each : cases) {
        EXPECT_EQ(eraser.erase(each.line), each.without) << each.line;
        EXPECT_EQ(eraser.has_date(), each.has_date) << each.line;
        EXPECT_EQ(eraser.has_other(), each.has_other) << each.line;
    }
}

TEST(LineReaderTest, DoesNotSearchInLongLines) {
    auto const one = article_of("Harbour strike ends");
    auto const line = std::string(500, 'x') + " 5 March 2024 Harbour strike ends";

    EXPECT_EQ(LineReader{one}.read(line).hash, hash_of(line));
}

TEST(LinesTest, AreReadWithoutBulletsAndBlanks) {
    std::vector<std::string> lines;
    for_each_line("One\n\n- two\n  12. three\n\n\n1999. was a year\n",
                  [&](auto line) { lines.emplace_back(line); });

    EXPECT_THAT(lines, ElementsAre("One", "two", "three", "1999. was a year"));
}

// What weight_of() counts sixteen bytes at a step.
TEST(LinesTest, WeighTheSumOfTheirBytes) {
    std::mt19937 random{7};
    for (int i = 0; i < 2'000; ++i) {
        std::string line(random() % 70, ' ');
        std::uint32_t sum = 0;
        for (auto& c : line) {
            c = static_cast<char>(random());
            sum += weight_of({&c, 1});
        }

        ASSERT_EQ(weight_of(line), sum) << line;
    }
}

TEST(LinesTest, WeighInLetters) {
    EXPECT_EQ(weight_of("ab, 12 c!"), 3u);
    EXPECT_EQ(weight_of("привет"), 6u);
    EXPECT_EQ(weight_of("港口"), 4u);
    EXPECT_EQ(weight_of("“a”"), 3u) << "quotation marks count a little";
}

}  // namespace
}  // namespace newswired::articles::site
