// Values: how what is remembered rests in the store.  The grammar is in docs/storage.md.

#pragma once

#include "storage/records.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newswired::storage {

/// What is remembered of one item of one feed.
struct ItemValue {
    static constexpr std::size_t kMaxEarlier =
        4;  // content that flaps between a few versions is told once each

    std::uint32_t ends = 0;            ///< when it is forgotten, seconds since 1970
    Outcome outcome = Outcome::fresh;  ///< fresh: emitted; duplicate or withheld: not
    Withheld withheld = Withheld::no;
    std::uint16_t rule = 0;
    std::uint16_t revision = 0;  ///< 0: never emitted
    std::uint64_t seq = 0;
    SystemTime first_seen{};
    std::string hash{};  ///< kHashBytes of the content hash
    PartHashes parts{};
    std::string earlier{};  ///< hashes of earlier versions, 8 bytes each, newest last
    std::uint64_t url_hash = 0;
    std::string url{};
    std::optional<ArticleKey> other{};  ///< duplicate: of which; unchanged: another name of that item
    std::string other_url{};
    std::string note{};  ///< how its body was made, in words
    std::optional<ArticleKey> story{};
    std::string cells{};  ///< of its text's sketch; empty for a short text
};

/// Which article has a content, or a band of its sketch.
struct SeenValue {
    std::uint32_t ends = 0;
    FeedId feed{};
    ArticleKey key{};
};

/// Which item of a feed has a URL.
struct UrlValue {
    std::uint32_t ends = 0;
    ArticleKey key{};
};

std::string encode(ItemValue const& value);
std::string encode(SeenValue const& value);
std::string encode(UrlValue const& value);
std::string encode(Cursor const& cursor);
std::string encode(DeadLetter const& letter);
/// `total` is the number of bytes of all articles ever put into the log, this one included.
std::string encode(OutboxEntry const& entry, std::uint64_t total);
/// The same up to the body, which follows as it is: it need not be copied to be written.
std::string encode_head(OutboxEntry const& entry, std::uint64_t total);

// None for bytes that are not one.
std::optional<ItemValue> decode_item(std::string_view bytes);
std::optional<SeenValue> decode_seen(std::string_view bytes);
std::optional<UrlValue> decode_url(std::string_view bytes);
std::optional<Cursor> decode_cursor(std::string_view bytes);
std::optional<DeadLetter> decode_dead(std::uint64_t seq, std::string_view bytes);
std::optional<OutboxEntry> decode_entry(std::uint64_t seq, std::string_view bytes);
std::optional<std::uint64_t> decode_total(std::string_view entry_bytes);

/// What is remembered of a site, with its end.
std::string encode_site(std::uint32_t ends, std::string_view memory);
std::optional<std::string> decode_site(std::string_view bytes);

/// When a feed is due, and its memory.
std::string encode_feed(SystemTime due, std::string_view state);
std::optional<SystemTime> decode_due(std::string_view bytes);
std::string_view state_in(std::string_view bytes);

/// What is told of an item to those outside.
ItemRecord record_of(FeedId feed, ArticleKey const& key, ItemValue const& item);

/// The time at which a value of family "known" ends; the greatest when it is too short to tell.
std::uint32_t ends_at(std::string_view value);

}  // namespace newswired::storage
