// Names for things that are stored: small values, the same on every machine and after every restart.

#pragma once

#include "core/hash.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace newswired {

/// A feed: 64 bits of SHA-256 of its identity (its configured name, else the URL it was first configured
/// with).
struct FeedId {
    std::uint64_t value{};

    friend auto operator<=>(FeedId const&, FeedId const&) = default;
};

FeedId feed_id(std::string_view feed_identity);

/// An article in all its revisions: 128 bits of SHA-256(feed identity, item identity).
struct ArticleKey {
    std::array<unsigned char, 16> bytes{};

    friend auto operator<=>(ArticleKey const&, ArticleKey const&) = default;
};

ArticleKey article_key(std::string_view feed_identity, std::string_view item_identity);

/// 32 hexadecimal digits: the record's "key".
std::string to_string(ArticleKey const& key);

}  // namespace newswired
