#include "feeds/known_sites.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <optional>

namespace newswired::feeds {
namespace {

// A page's address, taken apart.
class Page {
  public:
    explicit Page(http::Url const& url) : url_{url} {
        for (auto const part : split(url.path, '/')) {
            if (!part.empty()) {
                parts_.emplace_back(part);
            }
        }
    }

    std::string const& host() const { return url_.host; }
    std::string origin() const { return url_.origin(); }
    std::size_t depth() const { return parts_.size(); }
    /// Empty beyond the last.
    std::string part(std::size_t i) const { return i < parts_.size() ? parts_[i] : std::string{}; }
    /// "/a/b" of the first `count` parts.
    std::string path(std::size_t count) const {
        std::string path;
        for (std::size_t i = 0; i < std::min(count, parts_.size()); ++i) {
            path += "/" + parts_[i];
        }
        return path;
    }
    std::optional<std::string> argument(std::string_view name) const {
        auto const query = url_.query.value_or("");
        for (auto const pair : split(query, '&')) {
            if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
                return std::string{pair.substr(name.size() + 1)};
            }
        }
        return {};
    }

  private:
    http::Url const& url_;
    std::vector<std::string> parts_;
};

using Feeds = std::vector<std::string>;

bool is_host(std::string_view host, std::string_view domain) {
    return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                              host[host.size() - domain.size() - 1] == '.');
}

constexpr std::string_view kVideos = "https://www.youtube.com/feeds/videos.xml?";

Feeds youtube(Page const& page) {
    Feeds feeds;
    if (auto const list = page.argument("list")) {
        feeds.push_back(std::string{kVideos} + "playlist_id=" + *list);
    }
    if (page.part(0) == "channel" && page.depth() > 1) {
        feeds.push_back(std::string{kVideos} + "channel_id=" + page.part(1));
    } else if (page.part(0) == "user" && page.depth() > 1) {
        feeds.push_back(std::string{kVideos} + "user=" + page.part(1));
    }
    return feeds;
}

Feeds reddit(Page const& page) {
    auto const kind = page.part(0);
    if (page.depth() < 2) {
        return {page.origin() + "/.rss"};
    }
    if (kind == "r" || kind == "user" || kind == "u") {
        auto const is_thread = page.part(2) == "comments" && page.depth() > 3;
        auto const path = kind == "u" ? "/user/" + page.part(1) : page.path(is_thread ? 4 : 2);
        return {page.origin() + path + "/.rss"};
    }
    return {};
}

Feeds github(Page const& page) {
    if (page.depth() == 1) {
        return {page.origin() + page.path(1) + ".atom"};
    }
    if (page.depth() < 2) {
        return {};
    }
    auto const repository = page.origin() + page.path(2);
    Feeds feeds{repository + "/releases.atom", repository + "/commits.atom", repository + "/tags.atom"};
    auto const kind = page.part(2);
    if ((kind == "commits" || kind == "tree" || kind == "blob") && page.depth() > 3) {
        feeds.insert(feeds.begin(), repository + "/commits/" +
                                        page.path(page.depth()).substr(page.path(3).size() + 1) + ".atom");
    } else if (kind == "commits") {
        std::swap(feeds[0], feeds[1]);
    } else if (kind == "tags") {
        std::swap(feeds[0], feeds[2]);
    }
    return feeds;
}

// Groups may be nested, and "/-/" ends the project's path.
Feeds gitlab(Page const& page) {
    std::size_t depth = 0;
    while (depth < page.depth() && page.part(depth) != "-") {
        ++depth;
    }
    auto const place = page.origin() + page.path(depth);
    if (depth < 2) {
        return depth == 1 ? Feeds{place + ".atom"} : Feeds{};
    }
    return {place + "/-/releases.atom", place + "/-/tags?format=atom", place + "/-/commits/HEAD?format=atom",
            place + ".atom"};
}

// Gitea and Forgejo.
Feeds codeberg(Page const& page) {
    if (page.depth() == 1) {
        return {page.origin() + page.path(1) + ".rss"};
    }
    auto const repository = page.origin() + page.path(2);
    return page.depth() < 2
               ? Feeds{}
               : Feeds{repository + "/releases.rss", repository + "/tags.rss", repository + ".rss"};
}

Feeds medium(Page const& page) {
    if (page.host() != "medium.com" && page.host() != "www.medium.com") {
        return {page.origin() + "/feed"};
    }
    if (page.part(0) == "tag" && page.depth() > 1) {
        return {"https://medium.com/feed/tag/" + page.part(1)};
    }
    return page.depth() == 0 ? Feeds{} : Feeds{"https://medium.com/feed/" + page.part(0)};
}

Feeds tumblr(Page const& page) {
    if (page.host() != "www.tumblr.com" && page.host() != "tumblr.com") {
        return {page.origin() + "/rss"};
    }
    auto const name = page.part(0) == "blog" ? page.part(page.part(1) == "view" ? 2 : 1) : page.part(0);
    return name.empty() ? Feeds{} : Feeds{"https://" + to_lower(name) + ".tumblr.com/rss"};
}

Feeds bluesky(Page const& page) {
    return page.part(0) == "profile" && page.depth() > 1
               ? Feeds{page.origin() + "/profile/" + page.part(1) + "/rss"}
               : Feeds{};
}

Feeds stack_exchange(Page const& page) {
    if (page.part(0) == "questions" && page.part(1) == "tagged" && page.depth() > 2) {
        return {page.origin() + "/feeds/tag/" + page.part(2)};
    }
    if (page.part(0) == "questions" && page.depth() > 1) {
        return {page.origin() + "/feeds/question/" + page.part(1)};
    }
    return {page.origin() + "/feeds"};
}

Feeds vimeo(Page const& page) {
    return page.depth() == 0 ? Feeds{} : Feeds{page.origin() + page.path(1) + "/videos/rss"};
}

Feeds dev_to(Page const& page) {
    return page.depth() == 0 ? Feeds{page.origin() + "/feed"} : Feeds{page.origin() + "/feed" + page.path(1)};
}

Feeds at_feed(Page const& page) {
    return {page.origin() + "/feed"};
}

Feeds blogger(Page const& page) {
    return {page.origin() + "/feeds/posts/default"};
}

struct Rule {
    std::string_view domain;  // and what is below it
    Feeds (*feeds)(Page const&);
};

constexpr Rule kRules[] = {
    {"youtube.com", youtube},
    {"youtu.be", youtube},
    {"reddit.com", reddit},
    {"github.com", github},
    {"gitlab.com", gitlab},
    {"codeberg.org", codeberg},
    {"medium.com", medium},
    {"substack.com", at_feed},
    {"wordpress.com", at_feed},
    {"tumblr.com", tumblr},
    {"blogspot.com", blogger},
    {"bsky.app", bluesky},
    {"stackoverflow.com", stack_exchange},
    {"stackexchange.com", stack_exchange},
    {"vimeo.com", vimeo},
    {"dev.to", dev_to},
};

// Hosts of these have any name, so it is the form of the path that tells.
Feeds of_any_host(Page const& page) {
    if (page.host().starts_with("gitlab.") || page.part(2) == "-" || page.part(3) == "-") {
        return gitlab(page);
    }
    // Mastodon and its kin: /@name, /users/name, /tags/topic.
    auto const first = page.part(0);
    if (first.starts_with('@') && first.size() > 1 && first.find('@', 1) == std::string::npos) {
        return {page.origin() + "/" + first + ".rss"};
    }
    if (first == "users" && page.depth() > 1) {
        return {page.origin() + "/@" + page.part(1) + ".rss"};
    }
    if (first == "tags" && page.depth() == 2) {
        return {page.origin() + page.path(2) + ".rss"};
    }
    return {};
}

bool is_channel_character(char c) {
    return is_alpha(c) || is_digit(c) || c == '-' || c == '_';
}

// "UC" and 22 characters.
std::optional<std::string> channel_at(std::string_view text) {
    constexpr std::size_t kLength = 24;
    auto const id = text.substr(0, kLength);
    auto const whole = id.size() == kLength && id.starts_with("UC") &&
                       std::all_of(id.begin(), id.end(), is_channel_character);
    return whole ? std::optional{std::string{id}} : std::nullopt;
}

}  // namespace

std::vector<std::string> feeds_of_known_site(http::Url const& url) {
    Page const page{url};
    for (auto const& rule : kRules) {
        if (is_host(page.host(), rule.domain)) {
            return rule.feeds(page);
        }
    }
    return of_any_host(page);
}

std::vector<std::string> feeds_in_known_page(http::Url const& page, std::string_view html) {
    if (!is_host(page.host, "youtube.com")) {
        return {};
    }
    // In the order of how surely they name the page's own channel; pages name others, too.
    for (std::string_view const mark : {"<link rel=\"canonical\" href=\"https://www.youtube.com/channel/",
                                        "\"externalId\":\"", "<meta itemprop=\"identifier\" content=\"",
                                        "<meta itemprop=\"channelId\" content=\"", "\"channelId\":\""}) {
        auto const at = html.find(mark);
        if (at != std::string_view::npos) {
            if (auto const channel = channel_at(html.substr(at + mark.size()))) {
                return {std::string{kVideos} + "channel_id=" + *channel};
            }
        }
    }
    return {};
}

std::vector<std::string> usual_places(http::Url const& page) {
    constexpr std::string_view kNames[] = {"feed",      "rss",       "feed.xml",  "rss.xml", "atom.xml",
                                           "index.xml", "feed.json", "feed.atom", "feed.rss"};
    constexpr std::string_view kAtRoot[] = {"?feed=rss2", "index.rdf",    "feeds/posts/default",
                                            "blog/feed",  "blog/rss.xml", "news/rss.xml"};
    std::vector<std::string> places;
    auto add = [&](std::string place) {
        if (std::find(places.begin(), places.end(), place) == places.end()) {
            places.push_back(std::move(place));
        }
    };
    // Beside the page first: the feed of a blog within a site is not that of the site.
    auto const folder = page.path.substr(0, page.path.rfind('/') + 1);
    for (auto const& base : {folder.empty() ? std::string{"/"} : folder, std::string{"/"}}) {
        for (auto const name : kNames) {
            add(page.origin() + base + std::string{name});
        }
    }
    for (auto const name : kAtRoot) {
        add(page.origin() + "/" + std::string{name});
    }
    return places;
}

}  // namespace newswired::feeds
