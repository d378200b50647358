#include "storage/keys.hpp"

#include "core/bytes.hpp"

namespace newswired::storage {
namespace {

std::string tagged(char tag, std::uint64_t number) {
    std::string key;
    key.reserve(9);
    key += tag;
    ByteWriter{key}.fixed64(number);
    return key;
}

std::string scoped(char tag, Scope scope, std::uint64_t site, FeedId feed) {
    std::string key;
    key.reserve(2 + 8 + kHashBytes);
    key += tag;
    key += char('0' + int(scope));
    ByteWriter{key}.fixed64(scope == Scope::all ? 0 : scope == Scope::site ? site : feed.value);
    return key;
}

}  // namespace

std::string feed_key(FeedId feed) {
    return tagged('d', feed.value);
}

std::string window_key(FeedId feed) {
    return tagged('w', feed.value);
}

std::string subscription_key(FeedId feed) {
    return tagged('h', feed.value);
}

// Names have no line ends, so that no sink's letters are taken for another's.
std::string dead_prefix(std::string_view sink) {
    return "x" + std::string{sink} + '\n';
}

std::string dead_key(std::string_view sink, std::uint64_t seq) {
    auto key = dead_prefix(sink);
    ByteWriter{key}.fixed64(seq);
    return key;
}

std::string cursor_key(std::string_view sink) {
    return "c" + std::string{sink};
}

std::string meta_key(std::string_view name) {
    return "m" + std::string{name};
}

std::string item_key(FeedId feed, ArticleKey const& key) {
    auto text = tagged('i', feed.value);
    text.append(reinterpret_cast<char const*>(key.bytes.data()), key.bytes.size());
    return text;
}

std::string seen_key(Scope scope, std::uint64_t site, FeedId feed, Sha256 const& hash) {
    auto key = scoped('s', scope, site, feed);
    key.append(reinterpret_cast<char const*>(hash.data()), kHashBytes);
    return key;
}

std::string near_key(Scope scope, std::uint64_t site, FeedId feed, std::uint64_t band) {
    auto key = scoped('n', scope, site, feed);
    ByteWriter{key}.fixed64(band);
    return key;
}

std::string url_key(std::uint64_t url_hash, FeedId feed) {
    auto key = tagged('u', url_hash);
    ByteWriter{key}.fixed64(feed.value);
    return key;
}

std::string site_key(std::uint64_t site) {
    return tagged('b', site);
}

std::string outbox_key(std::uint64_t seq) {
    std::string key;
    ByteWriter{key}.fixed64(seq);
    return key;
}

std::uint64_t number_at(std::string_view bytes) {
    return ByteReader{bytes}.fixed64();
}

}  // namespace newswired::storage
