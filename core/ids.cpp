#include "core/ids.hpp"

#include <algorithm>
#include <cstring>

namespace newswired {
namespace {

Sha256Hasher& hasher_of_this_thread() {
    thread_local Sha256Hasher hasher;
    return hasher;
}

}  // namespace

FeedId feed_id(std::string_view feed_identity) {
    auto const digest = sha256(feed_identity);
    FeedId id;
    for (unsigned i = 0; i < 8; ++i) {
        id.value = id.value << 8 | digest[i];
    }
    return id;
}

ArticleKey article_key(std::string_view feed_identity, std::string_view item_identity) {
    auto& hasher = hasher_of_this_thread();
    hasher.update_field(feed_identity);
    hasher.update_field(item_identity);
    auto const digest = hasher.finish();
    ArticleKey key;
    std::copy_n(digest.begin(), key.bytes.size(), key.bytes.begin());
    return key;
}

std::string to_string(ArticleKey const& key) {
    return to_hex({reinterpret_cast<char const*>(key.bytes.data()), key.bytes.size()});
}

}  // namespace newswired
