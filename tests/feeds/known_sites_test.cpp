#include "feeds/known_sites.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace newswired::feeds {
namespace {

using testing::Contains;
using testing::IsEmpty;

struct Case {
    char const* page;
    std::vector<std::string> feeds;
};

class KnownSites : public testing::TestWithParam<Case> {};

TEST_P(KnownSites, HaveTheirFeeds) {
    auto const page = http::parse_url(GetParam().page);
    ASSERT_TRUE(page.has_value());
    EXPECT_EQ(feeds_of_known_site(*page), GetParam().feeds);
}

std::string const kVideos = "https://www.youtube.com/feeds/videos.xml?";

INSTANTIATE_TEST_SUITE_P(
    Table, KnownSites,
    testing::Values(
        Case{"https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos",
             {kVideos + "channel_id=UCabcdefghijklmnopqrstuv"}},
        Case{"https://m.youtube.com/user/someone", {kVideos + "user=someone"}},
        Case{"https://www.youtube.com/playlist?list=PL123", {kVideos + "playlist_id=PL123"}},
        Case{"https://www.youtube.com/watch?v=abc&list=PL123", {kVideos + "playlist_id=PL123"}},
        Case{"https://www.youtube.com/@handle", {}},
        Case{"https://www.reddit.com/r/cpp/top/", {"https://www.reddit.com/r/cpp/.rss"}},
        Case{"https://old.reddit.com/u/someone", {"https://old.reddit.com/user/someone/.rss"}},
        Case{"https://www.reddit.com/r/cpp/comments/abc/title/",
             {"https://www.reddit.com/r/cpp/comments/abc/.rss"}},
        Case{"https://github.com/owner/repo",
             {"https://github.com/owner/repo/releases.atom", "https://github.com/owner/repo/commits.atom",
              "https://github.com/owner/repo/tags.atom"}},
        Case{"https://github.com/owner/repo/commits/a/branch",
             {"https://github.com/owner/repo/commits/a/branch.atom",
              "https://github.com/owner/repo/releases.atom", "https://github.com/owner/repo/commits.atom",
              "https://github.com/owner/repo/tags.atom"}},
        Case{"https://github.com/owner/repo/tags",
             {"https://github.com/owner/repo/tags.atom", "https://github.com/owner/repo/commits.atom",
              "https://github.com/owner/repo/releases.atom"}},
        Case{"https://github.com/owner", {"https://github.com/owner.atom"}},
        Case{"https://gitlab.com/group/sub/project/-/tree/main",
             {"https://gitlab.com/group/sub/project/-/releases.atom",
              "https://gitlab.com/group/sub/project/-/tags?format=atom",
              "https://gitlab.com/group/sub/project/-/commits/HEAD?format=atom",
              "https://gitlab.com/group/sub/project.atom"}},
        Case{"https://social.example/@name/123", {"https://social.example/@name.rss"}},
        Case{"https://social.example/@name@other.example", {}},
        Case{"https://social.example/users/name", {"https://social.example/@name.rss"}},
        Case{"https://medium.com/@name/post", {"https://medium.com/feed/@name"}},
        Case{"https://name.medium.com/post", {"https://name.medium.com/feed"}},
        Case{"https://medium.com/tag/news", {"https://medium.com/feed/tag/news"}},
        Case{"https://name.substack.com/p/post", {"https://name.substack.com/feed"}},
        Case{"https://name.wordpress.com/", {"https://name.wordpress.com/feed"}},
        Case{"https://name.tumblr.com/post/1", {"https://name.tumblr.com/rss"}},
        Case{"https://www.tumblr.com/Name/123/title", {"https://name.tumblr.com/rss"}},
        Case{"https://name.blogspot.com/2026/01/a.html", {"https://name.blogspot.com/feeds/posts/default"}},
        Case{"https://bsky.app/profile/name.bsky.social", {"https://bsky.app/profile/name.bsky.social/rss"}},
        Case{"https://stackoverflow.com/questions/tagged/c%2b%2b",
             {"https://stackoverflow.com/feeds/tag/c%2b%2b"}},
        Case{"https://notgithub.com/owner/repo", {}}, Case{"https://news.example/", {}}));

TEST(KnownPages, NameTheChannelBehindAHandle) {
    auto const page = *http::parse_url("https://www.youtube.com/@handle");
    std::string const html = R"(<script>{"channelId":"UCother0000000000000000A"}</script>)"
                             R"(<script>{"externalId":"UCabcdefghijklmnopqrstuv"}</script>)";

    EXPECT_EQ(feeds_in_known_page(page, html), std::vector{kVideos + "channel_id=UCabcdefghijklmnopqrstuv"});
    EXPECT_THAT(feeds_in_known_page(page, R"("externalId":"UCshort")"), IsEmpty());
    EXPECT_THAT(feeds_in_known_page(*http::parse_url("https://news.example/"), html), IsEmpty());
}

TEST(UsualPlaces, AreBesideThePageAndAtTheRoot) {
    auto const places = usual_places(*http::parse_url("https://news.example/blog/index.html"));

    EXPECT_EQ(places.front(), "https://news.example/blog/feed");
    EXPECT_THAT(places, Contains("https://news.example/rss.xml"));
    EXPECT_LT(places.size(), 40u);
}

}  // namespace
}  // namespace newswired::feeds
