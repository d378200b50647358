#include "core/sketch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace newswired {
namespace {

// `count` words, different for each `seed`, like those of a language: some short, some long.
std::vector<std::string> words_of(unsigned seed, std::size_t count) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < count; ++i) {
        seed = seed * 1664525 + 1013904223;
        std::string word;
        for (unsigned k = 0; k < 2 + (seed >> 28) % 8; ++k) {
            word += char('a' + (seed >> (k * 3)) % 26);
        }
        words.push_back(word);
    }
    return words;
}

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (auto const& word : words) {
        text += text.empty() ? word : ' ' + word;
    }
    return text;
}

double alike(std::string const& one, std::string const& other) {
    return similarity(sketch(one)->cells, sketch(other)->cells);
}

bool share_a_band(std::string const& one, std::string const& other) {
    auto const a = sketch(one)->bands;
    auto const b = sketch(other)->bands;
    return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

TEST(SketchTest, IsTheSameForTheSameText) {
    auto const text = joined(words_of(1, 200));

    EXPECT_DOUBLE_EQ(alike(text, text), 1.0);
    EXPECT_EQ(sketch(text)->bands, sketch(text)->bands);
}

TEST(SketchTest, OfATextWithAFewEditsIsNearlyTheSame) {
    int found = 0;
    for (unsigned seed = 1; seed <= 40; ++seed) {
        auto words = words_of(seed, 200);
        auto const before = joined(words);
        for (std::size_t i = 0; i < words.size(); i += 20) {
            words[i] = "edited" + std::to_string(i);
        }
        found += share_a_band(before, joined(words)) && alike(before, joined(words)) > 0.6 ? 1 : 0;
    }
    EXPECT_GE(found, 38);
}

TEST(SketchTest, OfAnotherTextIsAnother) {
    for (unsigned seed = 1; seed <= 40; ++seed) {
        auto const one = joined(words_of(seed, 200));
        auto const other = joined(words_of(seed + 1000, 200));
        EXPECT_LT(alike(one, other), 0.2);
        EXPECT_FALSE(share_a_band(one, other));
    }
}

TEST(SketchTest, DoesNotMindCapitalsPunctuationAndParagraphs) {
    auto const words = words_of(7, 100);
    std::string dressed;
    for (auto const& word : words) {
        dressed += dressed.empty() ? "“" : dressed.size() % 3 == 0 ? ",\n\n" : " — ";
        dressed += char(word[0] - 'a' + 'A');
        dressed += word.substr(1);
    }

    EXPECT_DOUBLE_EQ(alike(joined(words), dressed), 1.0);
}

// Words are read 64 bytes at a step; what is kept of a text is in users' databases and stays the same.
TEST(SketchTest, IsTheSameWhereverTheTextBegins) {
    std::string text;
    for (int i = 0; i < 12; ++i) {
        auto const number = std::to_string(i * 7919);
        text += "The harbour-master's " + number +
                " ships, extraordinarily (incomprehensibilities) übermäßig größer — Привет, мир" + number +
                "; 港口罢工 ภาษาไทย x" + std::string(std::size_t(i) * 11, 'y') + ".\n";
    }

    for (std::size_t spaces = 0; spaces < 70; ++spaces) {
        auto const made = sketch(std::string(spaces, ' ') + text);

        EXPECT_EQ(made->cells, sketch(text)->cells) << spaces;
        EXPECT_EQ(made->bands.front(), 0x0288ef2787163201u) << spaces;
        EXPECT_EQ(made->bands.back(), 0x093001311401dc18u) << spaces;
    }
}

TEST(SketchTest, IsNotMadeOfShortTexts) {
    EXPECT_FALSE(sketch(""));
    EXPECT_FALSE(sketch(joined(words_of(1, kFewestSketchedWords - 1))));
    EXPECT_TRUE(sketch(joined(words_of(1, kFewestSketchedWords))));
}

std::string han(unsigned number) {
    number = number * 2654435761u >> 20;
    std::string utf8;
    utf8 += char(0xE4 + number % 4);
    utf8 += char(0x80 + number / 4 % 64);
    utf8 += char(0x80 + number / 256 % 64);
    return utf8;
}

TEST(SketchTest, OfEditedTextWithoutSpacesHasARunInCommon) {
    constexpr unsigned kTexts = 200;
    int found = 0;
    for (unsigned text = 0; text < kTexts; ++text) {
        std::string before;
        std::string after;
        for (unsigned i = 0; i < 600; ++i) {
            auto const number = text * 7919 + i;
            before += han(number);
            after += han(i % 12 == 5 ? number + 1'000'003 : number);
        }
        found += share_a_band(before, after) ? 1 : 0;
    }
    EXPECT_GE(found, 160) << "of " << kTexts << "; runs of eight characters find 120";
}

TEST(SketchTest, WorksWithoutSpacesBetweenWords) {
    std::string text;
    std::string edited;
    std::string other;
    for (unsigned i = 0; i < 200; ++i) {
        text += han(i);
        edited += i % 25 == 3 ? "" : han(i);
        other += han(i + 5000);
    }

    EXPECT_GT(alike(text, edited), 0.6);
    EXPECT_LT(alike(text, other), 0.2);
    EXPECT_FALSE(sketch(text.substr(0, 3 * (2 * kFewestSketchedWords - 1)))) << "two characters are a word";
}

TEST(SketchTest, ReadsTextThatIsCutInTheMiddleOfACharacter) {
    auto const text = joined(words_of(1, 100)) + "\xE4\xB8";

    EXPECT_TRUE(sketch(text));
}

TEST(SimilarityTest, IsNothingForWhatIsNoSketch) {
    EXPECT_DOUBLE_EQ(similarity("", ""), 0.0);
    EXPECT_DOUBLE_EQ(similarity(std::string(64, 'a'), "a"), 0.0);
    EXPECT_DOUBLE_EQ(similarity(std::string(64, 'a'), std::string(64, 'a')), 1.0);
    EXPECT_DOUBLE_EQ(similarity(std::string(64, 'a'), std::string(64, 'b')), 0.0);
}

}  // namespace
}  // namespace newswired
