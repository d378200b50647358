#include "articles/identity/tracking.hpp"

#include <gtest/gtest.h>

namespace newswired::articles {
namespace {

TEST(TrackingTest, RemovesParameters) {
    EXPECT_EQ(without_tracking("https://a.example/b?utm_source=c"), "https://a.example/b");
    EXPECT_EQ(without_tracking("https://a.example/b?UTM_Source=c&d=1"), "https://a.example/b?d=1");
    EXPECT_EQ(without_tracking("https://a.example/b?d=1&fbclid=2&e=3&gclid=4"),
              "https://a.example/b?d=1&e=3");
    EXPECT_EQ(without_tracking("https://a.example/b?utm_source=c#d"), "https://a.example/b#d");
    EXPECT_EQ(without_tracking("https://a.example/b#xtor=RSS-1"), "https://a.example/b");
    EXPECT_EQ(without_tracking("https://a.example/b?c=1#utm_source=d&e=2"), "https://a.example/b?c=1#e=2");
}

TEST(TrackingTest, RemovesParametersThatWereEscapedTwice) {
    EXPECT_EQ(without_tracking("https://a.example/b?c=1&amp;utm_source=d"), "https://a.example/b?c=1");
    EXPECT_EQ(without_tracking("https://a.example/b?utm_source=d&amp;c=1&amp;e=2"),
              "https://a.example/b?c=1&e=2");
}

TEST(TrackingTest, LeavesEverythingElseAsItIs) {
    for (auto const* url :
         {"", "https://a.example/", "https://a.example/b?c=1&d=2;e=3", "https://a.example/b?",
          "https://a.example/b#", "https://a.example/utm_source=b", "https://a.example/?q=utm_source",
          "https://a.example/?c&d&&e=", "https://a.example/?c=1&amp;d=2",
          "https://a.example/?url=https%3A%2F%2Fb%3Futm_source%3Dc", "https://a.example/#/b?c=d",
          "mailto:a@b.example?subject=c"}) {
        EXPECT_EQ(without_tracking(url), url);
    }
    EXPECT_EQ(without_tracking("https://a.example/?q=a;b&utm_source=c"), "https://a.example/?q=a;b")
        << "what parts the others stays";
}

TEST(TrackingTest, IsSureOfUrlsWithoutParameters) {
    EXPECT_TRUE(has_no_tracking("https://a.example/b"));
    EXPECT_TRUE(has_no_tracking("https://a.example/b=c"));
    EXPECT_TRUE(has_no_tracking("https://a.example/b#c"));
    EXPECT_FALSE(has_no_tracking("https://a.example/b?utm_source=c"));
}

TEST(TrackingTest, KnowsPixels) {
    EXPECT_TRUE(is_tracking_pixel("https://a.example/b", "1", "1"));
    EXPECT_TRUE(is_tracking_pixel("https://a.example/b", " 0px", "1px "));
    EXPECT_TRUE(is_tracking_pixel("https://pixel.wp.com/b.gif?c=1", "", ""));
    EXPECT_FALSE(is_tracking_pixel("https://a.example/b", "1", ""));
    EXPECT_FALSE(is_tracking_pixel("https://a.example/b", "1", "10"));
    EXPECT_FALSE(is_tracking_pixel("https://a.example/pixel.jpg", "", ""));
}

}  // namespace
}  // namespace newswired::articles
