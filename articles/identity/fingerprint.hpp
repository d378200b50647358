// Fingerprints: what decides whether two items are the same article, and whether one has changed.
//
// They are taken from what the publisher's feed said, before any cleaning, by rules that are frozen: a better
// cleaner must not turn every known article into an update.  Changing a rule here means a new prefix ("h2:").

#pragma once

#include "core/hash.hpp"
#include "feeds/parsed_feed.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace newswired::articles {

/// Parts of an item, each hashed alone, so that an update can say what changed.
struct Parts {
    std::uint32_t title = 0;
    std::uint32_t text = 0;
    std::uint32_t attachments = 0;
    std::uint32_t link = 0;
};

struct Fingerprint {
    Sha256 hash{};  ///< the record's h1
    Parts parts{};
};

/// SHA-256 over title and text (NFC, tags stripped, entities decoded, white space collapsed), enclosure URLs
/// without their queries and, when the text is shorter than 200 characters, the canonical URL, else the guid.
Fingerprint fingerprint(feeds::ParsedItem const& item);

/// "h1:" and 64 hexadecimal digits.
std::string to_string_h1(Sha256 const& hash);

/// `url` without scheme, "www.", fragment, tracking parameters and trailing slash: equal for what is the same
/// page.
std::string canonical_url(std::string_view url);

/// 64-bit hash of canonical_url(url), never 0; 0 for an empty url.
std::uint64_t url_hash(std::string_view url);
std::uint64_t url_hash_of_canonical(std::string_view canonical);

}  // namespace newswired::articles
