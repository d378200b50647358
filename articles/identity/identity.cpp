#include "articles/identity/identity.hpp"

#include "articles/identity/fingerprint.hpp"
#include "articles/identity/tracking.hpp"
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

// Adds the place in the page that `url` names: the entries of a change log are all on one page.
void append_place(std::string& page, std::string_view url) {
    if (auto const fragment = url.find('#'); fragment != std::string_view::npos) {
        auto const place = without_tracking_of_h1(trim(url.substr(fragment)));
        page += place.size() > 1 ? place : std::string{};
    }
}

std::string page_and_place(std::string_view url) {
    auto text = canonical_url(url);
    append_place(text, url);
    return text;
}

std::string id_text(feeds::ParsedItem const& item) {
    return looks_like_url(item.id) ? page_and_place(item.id) : std::string{item.id};
}

}  // namespace

Identities::Identities(feeds::ParsedFeed const& feed) : feed_{feed}, home_{url_hash(feed.home_page_url)} {
    std::vector<Sighting> ids;
    std::vector<Sighting> pages;
    std::vector<Sighting> places;
    ids.reserve(feed.items.size());
    pages.reserve(feed.items.size());
    places.reserve(feed.items.size());
    names_.resize(feed.items.size());
    for (std::size_t i = 0; i < names_.size(); ++i) {
        auto const& item = feed.items[i];
        auto& names = names_[i];
        // Two versions of one item in one document share id, link and title; different items do not.
        auto const title = xxh3(item.title.value);
        if (!item.url.empty()) {
            auto link = canonical_url(item.url);
            names.page = url_hash_of_canonical(link);
            append_place(link, item.url);
            names.place = xxh3(link);
            pages.emplace_back(names.page, xxh3(item.id, title));
            places.emplace_back(names.place, xxh3(item.id, title));
        }
        if (!item.id.empty()) {
            auto const is_link = item.id == item.url && looks_like_url(item.id);
            names.id = is_link ? names.place : xxh3(id_text(item));
            ids.emplace_back(names.id, xxh3(item.url, title));
        }
    }
    shared_ids_ = shared_names(ids);
    shared_pages_ = shared_names(pages);
    shared_places_ = shared_names(places);
}

Identity Identities::of(std::size_t index) const {
    auto const& item = feed_.items[index];
    auto const& names = names_[index];
    Identity identity{.url_hash = names.page};
    identity.link_is_own = !item.url.empty() && names.page != home_ && !contains(shared_pages_, names.page);
    if (!item.id.empty() && !contains(shared_ids_, names.id)) {
        identity.text = id_text(item);
        return identity;
    }
    if (!item.url.empty()) {
        auto const place = page_and_place(item.url);
        auto const at_home = names.page == home_ && place.find('#') == std::string::npos;
        if (!at_home && !contains(shared_places_, names.place)) {
            identity.text = "link:" + place;
            return identity;
        }
    }
    identity.text = to_string_h1(fingerprint(item).hash);
    return identity;
}

}  // namespace newswired::articles
