#include "http/tls/sessions.hpp"

#include <gtest/gtest.h>

namespace newswired::http {
namespace {

constexpr SystemTime kNow{seconds{1'800'000'000}};
constexpr SystemTime kLater{seconds{1'800'001'000}};

TEST(TlsSessions, HandsOutTheNewestUntilItEnds) {
    TlsSessions sessions;
    sessions.keep("https://a.example", "one", kLater, kNow);
    sessions.keep("https://a.example", "two", kLater, kNow);

    EXPECT_EQ(sessions.find("https://a.example", kNow), "two");
    EXPECT_EQ(sessions.find("https://b.example", kNow), "");
    EXPECT_EQ(sessions.find("https://a.example", kLater), "");
}

TEST(TlsSessions, StayWithinTheirBounds) {
    TlsSessions sessions;
    sessions.keep("https://a.example", std::string(TlsSessions::kMaxSessionBytes + 1, 'x'), kLater, kNow);
    EXPECT_EQ(sessions.size(), 0u);
    for (std::size_t i = 0; i < TlsSessions::kMaxSessions + 10; ++i) {
        sessions.keep("https://h" + std::to_string(i), "x", kLater, kNow);
    }
    EXPECT_EQ(sessions.size(), TlsSessions::kMaxSessions);
}

TEST(TlsSessions, SurviveARestartAsFarAsTheyCanBeRead) {
    TlsSessions before;
    before.keep("https://a.example", "one", kLater, kNow);
    before.keep("https://b.example", "two", kLater, kNow);
    before.keep("https://c.example", "three", kNow + seconds{1}, kNow);
    auto const bytes = before.save(kNow + seconds{2});

    TlsSessions after;
    after.load(bytes, kNow);
    EXPECT_EQ(after.size(), 2u);
    EXPECT_EQ(after.find("https://a.example", kNow), "one");

    TlsSessions cut;
    cut.load(std::string_view{bytes}.substr(0, bytes.size() - 2), kNow);
    EXPECT_EQ(cut.size(), 1u);
    TlsSessions none;
    none.load("\xFFwhatever", kNow);
    none.load("", kNow);
    EXPECT_EQ(none.size(), 0u);
}

}  // namespace
}  // namespace newswired::http
