#include "articles/identity/identity.hpp"

#include "articles/identity/fingerprint.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired::articles {
namespace {

using feeds::ParsedItem;

class IdentityTest : public testing::Test {
  protected:
    ParsedItem& add(std::string_view id, std::string_view url, std::string_view title = {}) {
        feed_.items.push_back({.id = id, .url = url, .title = {.value = title}});
        return feed_.items.back();
    }

    std::string text_of(std::size_t index) const { return Identities{feed_}.of(index).text; }
    bool link_is_own(std::size_t index) const { return Identities{feed_}.of(index).link_is_own; }
    std::string h1_of(std::size_t index) const { return to_string_h1(fingerprint(feed_.items[index]).hash); }

    feeds::ParsedFeed feed_;
};

TEST_F(IdentityTest, IsThePublishersId) {
    add("tag:example.org,2026:1", "https://example.org/a");
    add("12345", "https://example.org/b");
    add("Urn:X", "");

    EXPECT_EQ(text_of(0), "tag:example.org,2026:1");
    EXPECT_EQ(text_of(1), "12345");
    EXPECT_EQ(text_of(2), "Urn:X") << "as it was given";
}

TEST_F(IdentityTest, IsTheCanonicalFormOfAnIdThatIsAnAddress) {
    add("http://www.example.org/a?utm_source=rss", "");
    add("https://example.org/b/", "");

    EXPECT_EQ(text_of(0), "example.org/a");
    EXPECT_EQ(text_of(1), "example.org/b");
}

TEST_F(IdentityTest, MindsThePlaceInAPage) {
    add("https://example.org/changes#v1", "https://example.org/changes#v1", "1");
    add("https://example.org/changes#v2", "https://example.org/changes#v2", "2");
    add("", "https://example.org/log#1", "3");
    add("", "https://example.org/log#2", "4");
    add("https://example.org/a#xtor=RSS-1", "https://example.org/a#xtor=RSS-1", "5");

    EXPECT_EQ(text_of(0), "example.org/changes#v1");
    EXPECT_EQ(text_of(1), "example.org/changes#v2");
    EXPECT_EQ(text_of(2), "link:example.org/log#1");
    EXPECT_EQ(text_of(3), "link:example.org/log#2");
    EXPECT_EQ(text_of(4), "example.org/a") << "tracking is no place";
    EXPECT_FALSE(link_is_own(0)) << "others are on the page";
    EXPECT_TRUE(link_is_own(4));
}

TEST_F(IdentityTest, PassesOverAnIdThatDifferentItemsShare) {
    add("same", "https://example.org/a", "A");
    add("same", "https://example.org/b", "B");
    add("own", "https://example.org/c", "C");

    EXPECT_EQ(text_of(0), "link:example.org/a");
    EXPECT_EQ(text_of(1), "link:example.org/b");
    EXPECT_EQ(text_of(2), "own");
}

TEST_F(IdentityTest, PassesOverIdsThatDifferInTrackingOnly) {
    add("https://example.org/?utm_source=a", "https://example.org/a", "A");
    add("https://example.org/?utm_source=b", "https://example.org/b", "B");

    EXPECT_EQ(text_of(0), "link:example.org/a");
    EXPECT_EQ(text_of(1), "link:example.org/b");
}

TEST_F(IdentityTest, KeepsTheIdOfTwoVersionsOfOneItem) {
    add("same", "https://example.org/a", "A").content.value = "first";
    add("same", "https://example.org/a", "A").content.value = "second";

    EXPECT_EQ(text_of(0), "same");
    EXPECT_EQ(text_of(1), "same");
    EXPECT_TRUE(link_is_own(0));
}

TEST_F(IdentityTest, IsTheLinkWhenThereIsNoId) {
    add("", "https://www.example.org/a?utm_medium=x", "A");

    EXPECT_EQ(text_of(0), "link:example.org/a");
    EXPECT_TRUE(link_is_own(0));
}

TEST_F(IdentityTest, IsTheContentWhenTheLinkIsShared) {
    add("", "https://example.org/a", "A");
    add("", "https://example.org/a", "B");
    add("", "https://example.org/c?utm_source=1", "C");
    add("", "http://example.org/c", "D");

    for (std::size_t i = 0; i < feed_.items.size(); ++i) {
        EXPECT_EQ(text_of(i), h1_of(i));
        EXPECT_FALSE(link_is_own(i));
    }
    EXPECT_NE(text_of(0), text_of(1));
}

TEST_F(IdentityTest, IsTheContentWhenTheLinkIsTheHomePage) {
    feed_.home_page_url = "https://example.org/";
    add("", "http://www.example.org", "A");
    add("", "https://example.org/#news", "B");

    EXPECT_EQ(text_of(0), h1_of(0));
    EXPECT_FALSE(link_is_own(0));
    EXPECT_EQ(text_of(1), "link:example.org#news") << "a place in the home page is a name";
}

TEST_F(IdentityTest, IsTheContentWhenThereIsNothingElse) {
    add("", "", "A");

    EXPECT_EQ(text_of(0), h1_of(0));
    EXPECT_FALSE(link_is_own(0));
}

TEST_F(IdentityTest, DoesNotDependOnTheOtherItemsOfADocument) {
    add("one", "https://example.org/a", "A");
    auto const alone = text_of(0);
    add("two", "https://example.org/b", "B");

    EXPECT_EQ(text_of(0), alone);
}

}  // namespace
}  // namespace newswired::articles
