#include "feeds/window.hpp"

#include "core/bytes.hpp"

#include <algorithm>
#include <iterator>

namespace newswired::feeds {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kEntryBytes = 24;

std::vector<ArticleKey> sorted_keys(std::vector<Window::Entry> const& entries) {
    std::vector<ArticleKey> keys;
    keys.reserve(entries.size());
    for (auto const& entry : entries) {
        keys.push_back(entry.key);
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

}  // namespace

void Window::add(Entry entry) {
    if (entries_.size() < kMaxEntries) {
        entries_.push_back(entry);
    }
}

void Window::sort() {
    std::sort(entries_.begin(), entries_.end());
    entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
}

void Window::add_missing_from(Window const& older) {
    auto const mine = sorted_keys(entries_);
    for (auto const& entry : older.entries_) {
        if (!std::binary_search(mine.begin(), mine.end(), entry.key)) {
            add(entry);
        }
    }
    sort();
}

Window::Entry const* Window::find(std::uint64_t raw_hash) const {
    auto const place =
        std::lower_bound(entries_.begin(), entries_.end(), raw_hash,
                         [](Entry const& entry, std::uint64_t hash) { return entry.raw_hash < hash; });
    return place != entries_.end() && place->raw_hash == raw_hash ? &*place : nullptr;
}

std::vector<ArticleKey> Window::missing_in(Window const& later) const {
    auto const mine = sorted_keys(entries_);
    auto const theirs = sorted_keys(later.entries_);
    std::vector<ArticleKey> missing;
    std::set_difference(mine.begin(), mine.end(), theirs.begin(), theirs.end(), std::back_inserter(missing));
    missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
    return missing;
}

std::string encode(Window const& window) {
    std::string bytes;
    bytes.reserve(1 + window.entries_.size() * kEntryBytes);
    ByteWriter out{bytes};
    out.byte(kVersion);
    for (auto const& entry : window.entries_) {
        out.fixed64(entry.raw_hash);
        out.raw({reinterpret_cast<char const*>(entry.key.bytes.data()), entry.key.bytes.size()});
    }
    return bytes;
}

Window decode_window(std::string_view bytes) {
    ByteReader in{bytes};
    Window window;
    if (in.byte() != kVersion || (bytes.size() - 1) % kEntryBytes != 0) {
        return window;
    }
    window.entries_.reserve((bytes.size() - 1) / kEntryBytes);
    while (!in.at_end()) {
        Window::Entry entry{.raw_hash = in.fixed64()};
        auto const key = in.raw(entry.key.bytes.size());
        std::copy(key.begin(), key.end(), entry.key.bytes.begin());
        window.entries_.push_back(entry);
    }
    return window;
}

}  // namespace newswired::feeds
