#include "feeds/websub/discovery.hpp"

#include "http/link_header.hpp"
#include "http/url/url.hpp"

#include <algorithm>
#include <utility>

namespace newswired::feeds::websub {
namespace {

// Without fragment, absolute, http or https; else empty.
std::string usable(std::string_view base, std::string_view reference) {
    if (reference.empty() || reference.size() > Links::kMaxLength) {
        return {};
    }
    auto url = http::parse_url(http::resolve(base, reference));
    if (!url || !url->is_http() || url->host.empty()) {
        return {};
    }
    url->fragment.reset();
    auto text = url->text();
    return text.size() <= Links::kMaxLength ? text : std::string{};
}

void add_hub(Links& links, std::string_view base, std::string_view reference) {
    auto hub = usable(base, reference);
    auto const known = std::find(links.hubs.begin(), links.hubs.end(), hub) != links.hubs.end();
    if (!hub.empty() && !known && links.hubs.size() < Links::kMaxHubs) {
        links.hubs.push_back(std::move(hub));
    }
}

}  // namespace

Links links_in_header(http::Fields const& fields, std::string_view url) {
    Links links;
    if (!fields.has("Link")) {
        return links;
    }
    for (auto const& link : http::links_of(fields)) {
        if (!link.anchor.empty()) {
            continue;  // of some other resource (RFC 8288, 3.2)
        }
        if (link.is("hub")) {
            add_hub(links, url, link.target);
        }
        if (link.is("self") && links.topic.empty()) {
            links.topic = usable(url, link.target);
        }
    }
    return links;
}

Links links_of(Links header, ParsedFeed const& document, std::string_view url) {
    auto links = std::move(header);
    if (links.hubs.empty()) {
        for (auto const hub : document.hubs) {
            add_hub(links, url, hub);
        }
    }
    if (links.hubs.empty()) {
        return {};
    }
    if (links.topic.empty()) {
        links.topic = usable(url, document.feed_url);
    }
    if (links.topic.empty()) {
        links.topic = usable(url, url);
    }
    return links;
}

}  // namespace newswired::feeds::websub
