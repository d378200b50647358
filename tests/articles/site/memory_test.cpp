#include "articles/site/memory.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::articles::site {
namespace {

constexpr std::uint16_t kToday = 20'000;

Line line(std::string const& text) {
    return {.hash = hash_of(text), .weight = std::uint32_t(text.size())};
}

std::string paragraph(std::string const& what) {
    return "A paragraph of the length that paragraphs have, about " + what;
}

// An article with two paragraphs of its own, and `more`.
Sighting sighting(std::uint32_t article, std::vector<std::string> const& more) {
    auto const name = std::to_string(article);
    Sighting one{.article = article, .title = hash_of("title " + name)};
    one.lines.push_back(line(paragraph(name + " one")));
    one.lines.push_back(line(paragraph(name + " two")));
    for (auto const& text : more) {
        one.lines.push_back(line(text));
    }
    return one;
}

std::uint32_t count(SiteMemory const& memory, std::string const& text) {
    auto const* const known = memory.find(hash_of(text));
    return known == nullptr ? 0 : known->count;
}

TEST(SiteMemoryTest, CountsTheArticlesThatHaveALine) {
    SiteMemory memory{kToday};

    memory.learn(sighting(1, {"Subscribe", "Subscribe"}));
    EXPECT_EQ(count(memory, "Subscribe"), 0u) << "one article is too few";
    memory.learn(sighting(2, {"Subscribe"}));
    memory.learn(sighting(3, {"Subscribe", "Subscribe"}));
    memory.learn(sighting(4, {}));

    EXPECT_EQ(count(memory, "Subscribe"), 3u);
    EXPECT_DOUBLE_EQ(memory.share(*memory.find(hash_of("Subscribe"))), 0.75);
    EXPECT_EQ(memory.known_lines(), 1u);
    EXPECT_EQ(memory.articles(), 4u);
}

TEST(SiteMemoryTest, DoesNotCountTheSameArticleAgain) {
    SiteMemory memory{kToday};
    memory.learn(sighting(1, {"A quotation"}));
    memory.learn(sighting(1, {"A quotation"}));
    memory.learn(sighting(2, {"A quotation"}));
    memory.learn(sighting(2, {"A quotation"}));

    EXPECT_EQ(count(memory, "A quotation"), 2u);
}

TEST(SiteMemoryTest, DoesNotCountNearDuplicates) {
    auto const version = [](std::uint32_t article, std::string const& lede) {
        Sighting one{.article = article};
        one.lines.push_back(line(paragraph("the lede of " + lede)));
        for (auto const* const what : {"ports", "wages", "ferries"}) {
            one.lines.push_back(line(paragraph(what)));
        }
        return one;
    };
    SiteMemory memory{kToday};

    memory.learn(version(1, "morning"));
    memory.learn(version(2, "noon"));
    memory.learn(version(3, "evening"));

    EXPECT_EQ(count(memory, paragraph("wages")), 0u);
    EXPECT_EQ(memory.articles(), 1u);
}

TEST(SiteMemoryTest, KnowsTitlesOfOtherArticles) {
    SiteMemory memory{kToday};
    memory.learn(sighting(1, {}));

    EXPECT_TRUE(memory.is_title_of_another(hash_of("title 1"), 2));
    EXPECT_FALSE(memory.is_title_of_another(hash_of("title 1"), 1));
    EXPECT_FALSE(memory.is_title_of_another(hash_of("title 2"), 1));
}

TEST(SiteMemoryTest, RestsAndComesBackTheSame) {
    SiteMemory memory{kToday};
    for (std::uint32_t i = 1; i <= 10; ++i) {
        memory.learn(sighting(i, {"Subscribe", i % 2 == 0 ? "Even" : "Odd"}));
    }

    auto const bytes = memory.encode();
    auto again = SiteMemory::decode(bytes, kToday);

    EXPECT_EQ(again.encode(), bytes);
    again.learn(sighting(11, {"Subscribe", paragraph("1 one").substr(1)}));
    again.learn(sighting(10, {"Subscribe"}));
    EXPECT_EQ(count(again, "Subscribe"), 11u);
    EXPECT_EQ(count(again, "Even"), 5u);
    EXPECT_TRUE(again.is_title_of_another(hash_of("title 3"), 0));
}

TEST(SiteMemoryTest, IsNewAfterBytesThatAreCutOrStrange) {
    SiteMemory memory{kToday};
    memory.learn(sighting(1, {"Subscribe"}));
    memory.learn(sighting(2, {"Subscribe"}));
    auto const bytes = memory.encode();

    for (std::size_t length = 0; length < bytes.size(); ++length) {
        EXPECT_EQ(SiteMemory::decode(std::string_view{bytes}.substr(0, length), kToday).articles(), 0u)
            << length;
    }
    EXPECT_EQ(SiteMemory::decode("\x07strange", kToday).articles(), 0u);
}

TEST(SiteMemoryTest, ForgetsWhatIsNotSeenAnyMore) {
    SiteMemory memory{kToday};
    memory.learn(sighting(1, {"Subscribe"}));
    memory.learn(sighting(2, {"Subscribe"}));
    auto const bytes = memory.encode();

    EXPECT_EQ(count(SiteMemory::decode(bytes, kToday + SiteMemory::kForgetAfter), "Subscribe"), 2u);
    EXPECT_EQ(count(SiteMemory::decode(bytes, kToday + SiteMemory::kForgetAfter + 1), "Subscribe"), 0u);
}

TEST(SiteMemoryTest, TakesBoundedSpace) {
    SiteMemory memory{kToday};
    std::string bytes;
    for (std::uint32_t i = 1; i <= 500; ++i) {
        std::vector<std::string> more;
        for (int k = 0; k < 100; ++k) {
            more.push_back("line " + std::to_string(k % 2 == 0 ? i : i / 2) + " " + std::to_string(k));
        }
        memory.learn(sighting(i, more));
        bytes = memory.encode();
        memory = SiteMemory::decode(bytes, kToday);
        EXPECT_LE(memory.known_lines(), SiteMemory::kMaxKnown);
    }
    EXPECT_LE(bytes.size(), 32u * 1024);
    EXPECT_EQ(memory.articles(), 500u);
}

}  // namespace
}  // namespace newswired::articles::site
