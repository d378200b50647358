// Keys: where everything lies in the store.  The whole grammar is in docs/storage.md; a test holds its
// literal bytes.
//
// Numbers are big-endian, so that keys sort as numbers do.

#pragma once

#include "core/ids.hpp"
#include "storage/records.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace newswired::storage {

/// Bytes of a content hash that are kept: enough for 2^64 articles, half of what SHA-256 has.
inline constexpr std::size_t kHashBytes = 16;

// Family "default".
std::string feed_key(FeedId feed);              // 'd' feed
std::string window_key(FeedId feed);            // 'w' feed
std::string subscription_key(FeedId feed);      // 'h' feed
std::string cursor_key(std::string_view sink);  // 'c' name
/// What all dead letters of a sink begin with.
std::string dead_prefix(std::string_view sink);                  // 'x' name '\n'
std::string dead_key(std::string_view sink, std::uint64_t seq);  // 'x' name '\n' seq
std::string meta_key(std::string_view name);                     // 'm' name

// Family "known": every value begins with the time when it ends (seconds since 1970, 4 bytes).
std::string item_key(FeedId feed, ArticleKey const& key);  // 'i' feed key
std::string seen_key(Scope scope, std::uint64_t site, FeedId feed,
                     Sha256 const& hash);                  // 's' scope (site|feed|0) hash
std::string url_key(std::uint64_t url_hash, FeedId feed);  // 'u' url feed
std::string near_key(Scope scope, std::uint64_t site, FeedId feed,
                     std::uint64_t band);  // 'n' scope (site|feed|0) band
std::string site_key(std::uint64_t site);  // 'b' site

// Family "outbox".
std::string outbox_key(std::uint64_t seq);  // seq

/// The number that `bytes` (8 of them) stand for.
std::uint64_t number_at(std::string_view bytes);

}  // namespace newswired::storage
