// RSS documents, written from the items that a test cares about.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace newswired::test {

struct RssItem {
    std::string guid{};
    std::string title{};
    std::string link{};
    std::string text{};
    std::string date{};  ///< as RSS writes it: "Sat, 31 Jan 2026 11:00:00 GMT"
    std::string more{};  ///< elements of any kind, as markup
};

inline std::string escaped(std::string_view text) {
    std::string out;
    for (auto const c : text) {
        out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
    }
    return out;
}

inline std::string to_xml(RssItem const& item) {
    auto element = [](std::string const& name, std::string const& attributes, std::string const& value) {
        return value.empty() ? std::string{}
                             : "<" + name + attributes + ">" + escaped(value) + "</" + name + ">";
    };
    return "<item>" + element("guid", " isPermaLink=\"false\"", item.guid) +
           element("title", "", item.title) + element("link", "", item.link) +
           element("description", "", item.text) + element("pubDate", "", item.date) + item.more +
           "</item>\n";
}

/// A whole document with the items in the order given; `channel` is markup that goes before them.
inline std::string rss(std::vector<RssItem> const& items, std::string const& channel = {}) {
    auto out = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>The feed</title>\n" + channel;
    for (auto const& item : items) {
        out += to_xml(item);
    }
    return out + "</channel></rss>\n";
}

/// A text about `what`, long enough to tell an article from others without help of its address.
inline std::string long_text(std::string const& what) {
    std::string text;
    for (int i = 0; i < 8; ++i) {
        text += "Here is sentence number " + std::to_string(i) + " about " + what + ". ";
    }
    return text;
}

/// An item called `name`, with everything that a decent publisher gives.
inline RssItem article(std::string const& name) {
    return {.guid = "guid-" + name,
            .title = "About " + name,
            .link = "https://news.example/" + name,
            .text = long_text(name)};
}

}  // namespace newswired::test
