#include "articles/identity.hpp"

#include "articles/fingerprint.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <utility>

namespace newswired::articles {
namespace {

using Sighting = std::pair<std::uint64_t, std::uint64_t>;  // of a name, and of the item that carries it

// Names that stand for different things; sorted.
std::vector<std::uint64_t> shared_names(std::vector<Sighting>& sightings) {
    std::sort(sightings.begin(), sightings.end());
    std::vector<std::uint64_t> shared;
    for (std::size_t i = 1; i < sightings.size(); ++i) {
        auto const same_name = sightings[i].first == sightings[i - 1].first;
        if (same_name && sightings[i].second != sightings[i - 1].second &&
            (shared.empty() || shared.back() != sightings[i].first)) {
            shared.push_back(sightings[i].first);
        }
    }
    return shared;
}

bool contains(std::vector<std::uint64_t> const& sorted, std::uint64_t value) {
    return std::binary_search(sorted.begin(), sorted.end(), value);
}

bool looks_like_url(std::string_view id) {
    return starts_with_ignoring_case(id, "http://") || starts_with_ignoring_case(id, "https://");
}

// Without scheme and tracking, but with its fragment: one page may hold many items ("/2002/12/16#four").  A fragment
// with '=' in it is tracking too ("#xtor=RSS-1").
std::string canonical_address(std::string_view url) {
    auto const hash = url.find('#');
    auto const fragment = hash == std::string_view::npos ? std::string_view{} : url.substr(hash);
    auto address = canonical_url(url);
    if (fragment.size() > 1 && fragment.find('=') == std::string_view::npos) {
        address += fragment;
    }
    return address;
}

}  // namespace

Identities::Identities(feeds::ParsedFeed const& feed) : feed_{feed}, home_{url_hash(feed.home_page_url)} {
    std::vector<Sighting> ids;
    std::vector<Sighting> links;
    ids.reserve(feed.items.size());
    links.reserve(feed.items.size());
    for (auto const& item : feed.items) {
        // Two versions of one item in one document share id, link and title; different items do not.
        auto const link = url_hash(item.url);
        auto const what = xxh3(item.title.value, link);
        if (!item.id.empty()) {
            ids.emplace_back(xxh3(item.id), what);
        }
        if (!item.url.empty()) {
            links.emplace_back(link, xxh3(item.url, xxh3(item.id, xxh3(item.title.value))));
        }
    }
    shared_ids_ = shared_names(ids);
    shared_links_ = shared_names(links);
}

Identity Identities::of(std::size_t index) const {
    auto const& item = feed_.items[index];
    Identity identity;
    identity.link_is_own =
        !item.url.empty() && !contains(shared_links_, url_hash(item.url)) && url_hash(item.url) != home_;
    if (!item.id.empty() && !contains(shared_ids_, xxh3(item.id))) {
        identity.text = looks_like_url(item.id) ? canonical_address(item.id) : std::string{item.id};
    } else if (identity.link_is_own) {
        identity.text = "link:" + canonical_address(item.url);
    } else {
        identity.text = to_string_h1(fingerprint(item).hash);
    }
    return identity;
}

}  // namespace newswired::articles
