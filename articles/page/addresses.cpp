#include "articles/page/addresses.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <iterator>

namespace newswired::articles::page {
namespace {

// Where one follows a publisher, by the beginning of the address after "//" and "www.".
constexpr std::string_view kProfiles[] = {
    "facebook.com/",   "twitter.com/",      "x.com/",           "instagram.com/", "t.me/",
    "youtube.com/c",   "youtube.com/user",  "youtube.com/@",    "linkedin.com/",  "whatsapp.com/",
    "apps.apple.com/", "itunes.apple.com/", "play.google.com/", "tiktok.com/@",   "steadyhq.com/",
    "patreon.com/",    "paypal.com/",       "news.google.com/"};

}  // namespace

std::string_view host_of(std::string_view url) {
    auto const scheme = url.find("//");
    if (scheme == std::string_view::npos || scheme > 6) {
        return {};
    }
    url.remove_prefix(scheme + 2);
    return url.substr(0, url.find_first_of("/?#:"));
}

std::string_view site_of(std::string_view url) {
    auto host = host_of(url);
    // The longest label but the last one: neither "www" nor "co" nor "com".
    std::string_view longest;
    for (auto dot = host.find('.'); dot != std::string_view::npos; dot = host.find('.')) {
        longest = dot > longest.size() ? host.substr(0, dot) : longest;
        host.remove_prefix(dot + 1);
    }
    return longest;
}

bool leads_to_profile(std::string_view url) {
    auto const scheme = url.find("//");
    if (scheme == std::string_view::npos) {
        return false;
    }
    url.remove_prefix(scheme + 2);
    url.remove_prefix(starts_with_ignoring_case(url, "www.") ? 4 : 0);
    auto const is = [&](std::string_view start) { return starts_with_ignoring_case(url, start); };
    if (std::none_of(std::begin(kProfiles), std::end(kProfiles), is)) {
        return false;
    }
    for (std::string_view const post :
         {"/status", "/posts/", "/p/", "/photo", "/video", "/pulse/", "watch?"}) {
        if (url.find(post) != std::string_view::npos) {
            return false;
        }
    }
    return true;
}

std::string played_address(std::string_view frame_url) {
    constexpr std::string_view kPlayers[] = {"youtube.com/embed/",
                                             "youtube-nocookie.com/embed/",
                                             "player.vimeo.com/video/",
                                             "dailymotion.com/embed/",
                                             "soundcloud.com/player",
                                             "open.spotify.com/embed",
                                             "embed.ted.com/",
                                             "player.twitch.tv/",
                                             "rutube.ru/play/",
                                             "player.bilibili.com/",
                                             "embed.podcasts.apple.com/",
                                             "datawrapper.dwcdn.net/",
                                             "flo.uri.sh/",
                                             "facebook.com/plugins/video",
                                             "archive.org/embed/",
                                             "embed.nicovideo.jp/"};
    auto const scheme = frame_url.find("//");
    if (scheme == std::string_view::npos || scheme > 6) {
        return {};
    }
    auto rest = frame_url.substr(scheme + 2);
    rest.remove_prefix(starts_with_ignoring_case(rest, "www.") ? 4 : 0);
    for (std::size_t i = 0; i < std::size(kPlayers); ++i) {
        if (!starts_with_ignoring_case(rest, kPlayers[i]) &&
            !starts_with_ignoring_case(rest, "w." + std::string{kPlayers[i]})) {
            continue;
        }
        if (i < 2) {
            auto const name = rest.substr(kPlayers[i].size());
            return "https://www.youtube.com/watch?v=" +
                   std::string{name.substr(0, name.find_first_of("?&/#\"'<>"))};
        }
        return "https://" + std::string{frame_url.substr(scheme + 2)};
    }
    return {};
}

}  // namespace newswired::articles::page
