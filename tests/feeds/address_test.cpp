#include "feeds/address.hpp"

#include <gtest/gtest.h>

namespace newswired::feeds {
namespace {

std::string const kConfigured = "http://old.example/f";
std::vector<http::Hop> const kMoved{{301, kConfigured, "https://new.example/f"}};

LearntAddress after(std::vector<std::vector<http::Hop>> const& polls) {
    LearntAddress learnt;
    for (auto const& hops : polls) {
        note_redirects(learnt, kConfigured, hops, 3);
    }
    return learnt;
}

TEST(AddressTest, LearnsAPermanentRedirectAfterThreeEqualAnswers) {
    EXPECT_EQ(address_to_ask(after({kMoved, kMoved}), kConfigured), kConfigured);
    EXPECT_EQ(address_to_ask(after({kMoved, kMoved, kMoved}), kConfigured), "https://new.example/f");
}

TEST(AddressTest, NeverLearnsATemporaryOne) {
    std::vector<http::Hop> const found{{302, kConfigured, "https://new.example/f"}};
    EXPECT_EQ(address_to_ask(after({found, found, found, found}), kConfigured), kConfigured);
}

TEST(AddressTest, LearnsOnlyThePermanentStartOfAMixedChain) {
    std::vector<http::Hop> const mixed{{301, kConfigured, "https://b.example/f"},
                                       {302, "https://b.example/f", "https://c.example/f"}};
    EXPECT_EQ(address_to_ask(after({mixed, mixed, mixed}), kConfigured), "https://b.example/f");
}

TEST(AddressTest, StartsAnewWhenTheAnswersDiffer) {
    std::vector<http::Hop> const elsewhere{{301, kConfigured, "https://other.example/f"}};
    EXPECT_FALSE(after({kMoved, kMoved, elsewhere, kMoved}).learnt);
    EXPECT_FALSE(after({kMoved, kMoved, {}, kMoved}).learnt);
}

TEST(AddressTest, UnlearnsWhatFails) {
    auto learnt = after({kMoved, kMoved, kMoved});
    note_failure(learnt);
    EXPECT_EQ(address_to_ask(learnt, kConfigured), kConfigured);
}

TEST(AddressTest, LetsAnEditedConfigurationWin) {
    auto const learnt = after({kMoved, kMoved, kMoved});
    EXPECT_EQ(address_to_ask(learnt, "http://edited.example/f"), "http://edited.example/f");
}

}  // namespace
}  // namespace newswired::feeds
