#include "config/feed_list.hpp"

#include <algorithm>
#include <iterator>

namespace newswired::config {
namespace {

// The index is at most four fifths full: then a search looks at three places on average.
std::size_t places_for(std::size_t feeds) {
    return feeds * 5 / 4 + 1;
}

// Where the search for an id begins.  Ids are hashes, so that their upper half is spread over any number of
// places.
std::size_t home(FeedId id, std::size_t places) {
    return (id.value >> 32) * places >> 32;
}

std::size_t after(std::size_t place, std::size_t places) {
    return place + 1 == places ? 0 : place + 1;
}

}  // namespace

FeedList::FeedList() : options_(1) {
    option_numbers_.emplace(options_[0], 0);
}

void FeedList::set_defaults(FeedOptions defaults) {
    option_numbers_.clear();
    option_numbers_.emplace(defaults, 0);
    options_[0] = std::move(defaults);
}

bool FeedList::add(std::string_view url) {
    return insert(url, {}, 0);
}

bool FeedList::add(std::string_view url, std::string_view name, FeedOptions const& options) {
    return insert(url, name, option_number(options));
}

bool FeedList::add(std::string_view url, std::uint32_t option_number) {
    return insert(url, {}, option_number);
}

std::uint32_t FeedList::option_number(FeedOptions const& options) {
    auto const [place, is_new] = option_numbers_.try_emplace(options, std::uint32_t(options_.size()));
    if (is_new) {
        options_.push_back(options);
    }
    return place->second;
}

bool FeedList::insert(std::string_view url, std::string_view name, std::uint32_t options) {
    if (by_id_.size() < places_for(size() + 1)) {
        index(std::max<std::size_t>(by_id_.size() * 2, 64));
    }
    auto const id = feed_id(name.empty() ? url : name);
    auto& entry = by_id_[place(id)];
    if (entry != 0) {
        return false;
    }
    if (stretches_.empty() || stretches_.back().options != options) {
        stretches_.push_back({.first = std::uint32_t(ids_.size()), .options = options});
    }
    note_start();
    text_ += url;
    if (!name.empty()) {
        text_ += '\0';
        text_ += name;
    }
    ids_.push_back(id);
    entry = std::uint32_t(ids_.size());
    return true;
}

// The next feed's text is to begin at the end.
void FeedList::note_start() {
    if (starts_.size() % kBlock == 0) {
        blocks_.push_back(text_.size());
    }
    starts_.push_back(std::uint32_t(text_.size() - blocks_.back()));
}

std::size_t FeedList::start(std::size_t feed) const {
    return blocks_[feed / kBlock] + starts_[feed];
}

std::string_view FeedList::text(std::size_t feed) const {
    auto const end = feed + 1 < size() ? start(feed + 1) : text_.size();
    return std::string_view{text_}.substr(start(feed), end - start(feed));
}

std::string_view FeedList::url(std::size_t feed) const {
    auto const both = text(feed);
    return both.substr(0, both.find('\0'));
}

std::string_view FeedList::name(std::size_t feed) const {
    auto const both = text(feed);
    auto const end_of_url = both.find('\0');
    return end_of_url == std::string_view::npos ? std::string_view{} : both.substr(end_of_url + 1);
}

std::string_view FeedList::identity(std::size_t feed) const {
    auto const own = name(feed);
    return own.empty() ? url(feed) : own;
}

FeedOptions const& FeedList::options(std::size_t feed) const {
    auto const next =
        std::upper_bound(stretches_.begin(), stretches_.end(), feed,
                         [](std::size_t f, Stretch const& stretch) { return f < stretch.first; });
    return options_[std::prev(next)->options];
}

std::optional<std::size_t> FeedList::find(FeedId id) const {
    auto const entry = by_id_.empty() ? 0 : by_id_[place(id)];
    return entry == 0 ? std::nullopt : std::optional<std::size_t>{entry - 1};
}

// The place in by_id_ where the feed of that id is, or would have to be.
std::size_t FeedList::place(FeedId id) const {
    auto place = home(id, by_id_.size());
    while (by_id_[place] != 0 && ids_[by_id_[place] - 1] != id) {
        place = after(place, by_id_.size());
    }
    return place;
}

void FeedList::index(std::size_t places) {
    by_id_ = std::vector<std::uint32_t>(places);
    for (std::size_t feed = 0; feed < size(); ++feed) {
        auto place = home(ids_[feed], places);
        while (by_id_[place] != 0) {
            place = after(place, places);
        }
        by_id_[place] = std::uint32_t(feed + 1);
    }
}

void FeedList::seal() {
    // Moving the text takes longer than all else here, and the end that was never written takes no memory.
    if (text_.capacity() - text_.size() > text_.size() / 8) {
        text_.shrink_to_fit();
    }
    blocks_.shrink_to_fit();
    starts_.shrink_to_fit();
    ids_.shrink_to_fit();
    index(places_for(size()));
    option_numbers_.clear();
}

}  // namespace newswired::config
