#include "config/feed_list.hpp"

#include <algorithm>
#include <cstring>

namespace newswired::config {
namespace {

constexpr unsigned kOptionBits = 20;  // a million different sets of options, 16 TB of text

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
        if (options_.size() >> kOptionBits != 0) {  // no list that makes sense; its feeds still count
            option_numbers_.erase(place);
            return 0;
        }
        options_.push_back(options);
    }
    return place->second;
}

bool FeedList::insert(std::string_view url, std::string_view name, std::uint32_t options) {
    auto const id = feed_id(name.empty() ? url : name);
    // Open addressing at no more than half full; ids are hashes already.
    if (by_id_.size() < (feeds_.size() + 1) * 2) {
        std::vector<std::uint32_t> larger(std::max<std::size_t>(by_id_.size() * 2, 64), 0);
        for (std::size_t i = 0; i < feeds_.size(); ++i) {
            auto place = feeds_[i].id.value & (larger.size() - 1);
            while (larger[place] != 0) {
                place = (place + 1) & (larger.size() - 1);
            }
            larger[place] = std::uint32_t(i + 1);
        }
        by_id_ = std::move(larger);
    }
    auto place = id.value & (by_id_.size() - 1);
    while (by_id_[place] != 0) {
        if (feeds_[by_id_[place] - 1].id == id) {
            return false;
        }
        place = (place + 1) & (by_id_.size() - 1);
    }
    feeds_.push_back({.id = id, .text = std::uint64_t{text_.size()} << kOptionBits | options});
    by_id_[place] = std::uint32_t(feeds_.size());
    text_.append(url);
    text_ += '\0';
    text_.append(name);
    text_ += '\0';
    return true;
}

std::string_view FeedList::url(std::size_t feed) const {
    return text_.c_str() + (feeds_[feed].text >> kOptionBits);
}

std::string_view FeedList::name(std::size_t feed) const {
    auto const address = url(feed);
    return address.data() + address.size() + 1;
}

std::string_view FeedList::identity(std::size_t feed) const {
    auto const own = name(feed);
    return own.empty() ? url(feed) : own;
}

FeedOptions const& FeedList::options(std::size_t feed) const {
    return options_[feeds_[feed].text & ((1u << kOptionBits) - 1)];
}

std::optional<std::size_t> FeedList::find(FeedId id) const {
    if (by_id_.empty()) {
        return {};
    }
    auto place = id.value & (by_id_.size() - 1);
    while (by_id_[place] != 0) {
        if (feeds_[by_id_[place] - 1].id == id) {
            return by_id_[place] - 1;
        }
        place = (place + 1) & (by_id_.size() - 1);
    }
    return {};
}

void FeedList::seal() {
    text_.shrink_to_fit();
    feeds_.shrink_to_fit();
    option_numbers_.clear();
}

}  // namespace newswired::config
