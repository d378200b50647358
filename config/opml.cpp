// Writing OPML 2.0.

#include "config/feed_lists.hpp"
#include "core/entities.hpp"
#include "core/text.hpp"

#include <map>
#include <string>
#include <vector>

namespace newswired::config {
namespace {

std::string attribute(std::string_view name, std::string_view value) {
    std::string out = " " + std::string{name} + "=\"";
    // XML has no way to say most control characters.
    std::string clean;
    for (char const c : to_valid_utf8(value)) {
        clean += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    append_escaped(out, clean);
    return out + "\"";
}

void write_feed(std::string& out, FeedList const& feeds, std::size_t feed, std::string_view indent) {
    auto const& tags = feeds.options(feed).tags;
    out += indent;
    out += "<outline type=\"rss\"" + attribute("text", feeds.identity(feed)) +
           attribute("xmlUrl", feeds.url(feed));
    std::string categories;
    for (std::size_t i = 1; i < tags.size(); ++i) {
        categories += (i > 1 ? "," : "") + tags[i];
    }
    if (!categories.empty()) {
        out += attribute("category", categories);
    }
    out += "/>\n";
}

}  // namespace

std::string to_opml(FeedList const& feeds, std::string_view title) {
    std::vector<std::size_t> without_folder;
    std::map<std::string, std::vector<std::size_t>> folders;
    for (std::size_t feed = 0; feed < feeds.size(); ++feed) {
        auto const& tags = feeds.options(feed).tags;
        (tags.empty() ? without_folder : folders[tags.front()]).push_back(feed);
    }
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>";
    append_escaped(out, title);
    out += "</title>\n  </head>\n  <body>\n";
    for (auto const feed : without_folder) {
        write_feed(out, feeds, feed, "    ");
    }
    for (auto const& [name, members] : folders) {
        out += "    <outline" + attribute("text", name) + ">\n";
        for (auto const feed : members) {
            write_feed(out, feeds, feed, "      ");
        }
        out += "    </outline>\n";
    }
    return out + "  </body>\n</opml>\n";
}

}  // namespace newswired::config
