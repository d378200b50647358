// websub: being told by hubs rather than asking.

#include "config/sections.hpp"
#include "config/units.hpp"
#include "core/listen_address.hpp"

#include <algorithm>

namespace newswired::config {
namespace {

bool any_feed_wants_it(FeedList const& feeds) {
    for (std::size_t feed = 0; feed < feeds.size(); ++feed) {
        if (feeds.options(feed).websub) {
            return true;
        }
    }
    return false;
}

// Its tokens go behind it as one more part of the path.
bool is_callback(std::string_view url) {
    return is_feed_url(url) && url.find_first_of("?#") == std::string_view::npos;
}

}  // namespace

void read_websub(Section& root, Websub& websub) {
    auto& report = root.report();
    Section section{report, root.get("websub"), "websub"};
    section.flag("enabled", websub.enabled);
    section.text("listen", websub.listen);
    section.text("callback", websub.callback);
    section.duration("lease", websub.lease);
    if (auto const* const node = section.get("listen");
        node != nullptr && !parse_listen_address(websub.listen)) {
        report.mistake(*node,
                       "'websub.listen' must be ADDRESS:PORT or unix:/PATH, such as 0.0.0.0:9471, but is '" +
                           websub.listen + "'");
    }
    if (auto const* const node = section.get("callback"); node != nullptr && !is_callback(websub.callback)) {
        report.mistake(*node,
                       "'websub.callback' must be the http or https URL by which hubs reach 'websub.listen', "
                       "without a query, but is '" +
                           websub.callback + "'");
    }
    constexpr seconds kShortest{60};
    if (auto const* const node = section.get("lease"); node != nullptr && websub.lease < kShortest) {
        report.mistake(*node, "'websub.lease' must be a minute at least; hubs grant some days");
    }
    while (websub.callback.ends_with('/')) {
        websub.callback.pop_back();
    }
    section.finish();
}

void check_websub(Report& report, YamlNode const& place, Settings& settings) {
    auto& websub = settings.websub;
    websub.wanted = any_feed_wants_it(settings.feeds);
    if ((websub.enabled || websub.wanted) && websub.callback.empty()) {
        report.mistake(place,
                       "hubs can't tell of news without 'websub.callback': the URL by which they reach "
                       "'websub.listen', such as https://news.example.org/websub");
    }
}

}  // namespace newswired::config
