// The window: the items of a feed's last document, by which an unchanged item is known at a glance.
//
// Most items of most documents were there at the last poll.  The window rests beside the feed's state and is
// read with it, so that they need neither cleaning nor a look into the store: 24 bytes an item.

#pragma once

#include "core/ids.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::feeds {

class Window {
  public:
    struct Entry {
        std::uint64_t raw_hash = 0;  ///< ParsedItem::raw_hash
        ArticleKey key{};

        friend auto operator<=>(Entry const&, Entry const&) = default;
    };

    /// Items that are remembered at most; the newest of a longer document.  What is beyond is asked of the
    /// store at each poll.
    static constexpr std::size_t kMaxEntries = 4096;

    void add(Entry entry);
    /// To be called after the last add(), before find().
    void sort();

    /// Takes over entries of `older` whose items are not here, as far as there is room; sorted afterwards.
    void add_missing_from(Window const& older);

    /// The entry of an item that is the same byte for byte; null when there is none.
    Entry const* find(std::uint64_t raw_hash) const;

    /// Keys that are here and not in `later`: items that have left the document.
    std::vector<ArticleKey> missing_in(Window const& later) const;

    std::size_t size() const { return entries_.size(); }
    friend bool operator==(Window const&, Window const&) = default;

  private:
    friend std::string encode(Window const& window);
    friend Window decode_window(std::string_view bytes);

    std::vector<Entry> entries_;
};

std::string encode(Window const& window);
/// Bytes of an unknown version or that are cut give an empty window.
Window decode_window(std::string_view bytes);

}  // namespace newswired::feeds
