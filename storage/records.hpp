// What is put into the store and what comes out of it: plain structs, in the order of an article's way.
//
//     PollCommit (its Candidates, a Notice, SiteRecords) ⇒ commit ⇒ Receipt (a Verdict for each candidate)
//                                                             ⇓
//     Cursor, DeadLetter: of a sink  ⇐  delivery  ⇐  OutboxEntry
//     FeedRecord, DueTime, ItemRecord, SubscriptionRecord: what is remembered besides
//
// Storage keeps bytes and names of its own: it does not know feeds' formats nor records' JSON.

#pragma once

#include "core/hash.hpp"
#include "core/ids.hpp"
#include "core/shared_text.hpp"
#include "core/sketch.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::storage {

/// Which earlier articles make a new one a duplicate.
enum class Scope : std::uint8_t { all, site, feed };

enum class OnDuplicate : std::uint8_t { drop, mark };

/// Why an item was not emitted though it is new.
enum class Withheld : std::uint8_t {
    no,          ///< it is to be emitted
    first_poll,  ///< the feed's `first_poll` leaves it out
    rule,        ///< a rule of the operator dropped it (`rule` says which)
};

/// Fingerprints of an item's parts, to tell what an update changed.
struct PartHashes {
    std::uint32_t title = 0;
    std::uint32_t text = 0;
    std::uint32_t attachments = 0;
    std::uint32_t link = 0;

    friend bool operator==(PartHashes const&, PartHashes const&) = default;
};

/// Bits of `changed`: which parts an update changed.
enum Changed : std::uint8_t { kTitle = 1, kText = 2, kAttachments = 4, kLink = 8 };

/// One item of a poll that is not known to be unchanged.
struct Candidate {
    ArticleKey key{};
    Sha256 hash{};  ///< the record's h1 hash: what dedup compares
    PartHashes parts{};
    std::uint64_t url_hash = 0;  ///< of the canonical URL, 0 for none: explain finds the item by it
    std::string url{};           ///< for duplicate_of
    Withheld withheld = Withheld::no;
    std::uint16_t rule = 0;  ///< number of the rule that dropped it
    /// Where the rules say something else of it if it is a near-duplicate: the number of the one that drops
    /// it then, 0 for none.
    std::optional<std::uint16_t> rule_if_near{};
    std::optional<Sketch> sketch{};  ///< of its text; none: never a near-duplicate
    bool backlog = false;
    bool link_is_identity =
        false;           ///< the link names one item of this feed: it finds an item whose guid changed
    SharedText body{};   ///< JSON members of the record from "feed" on (daemon/delivery/record.hpp)
    std::string note{};  ///< how the body was made, in words for explain; empty: nothing to tell
    std::uint64_t page_hash = 0;  ///< of the URL in the record, when that is another than the item's link:
                                  ///< explain finds the item by it too; else 0
};

/// What is remembered of a site that articles come from.
struct SiteRecord {
    std::uint64_t site = 0;  ///< a hash of its name
    std::string memory{};    ///< opaque
};

/// What an entry of the outbox tells of.
enum class Kind : std::uint8_t {
    article,
    gap,  ///< a feed's document moved on faster than it was asked: articles were missed
};

/// An event that is about a feed, not about one article.
struct Notice {
    ArticleKey key{};
    SharedText body{};  ///< the record's JSON members from "feed" on, without braces
    /// It is told only if every item from this one on proves to be new, and one of them is emitted: one that
    /// was known says that nothing was missed, or that it was told already.
    std::size_t unless_known_from = 0;
};

/// What one poll leaves behind.
struct PollCommit {
    FeedId feed{};
    std::uint64_t site = 0;  ///< hash of the site, for Scope::site
    SystemTime at{};         ///< the record's time
    SystemTime next_poll{};
    std::string state{};                   ///< the feed's memory, opaque
    std::optional<std::string> window{};   ///< the items of its last document, opaque; absent: unchanged
    std::vector<Candidate> items{};        ///< oldest first
    std::optional<Notice> gap{};           ///< told behind the items
    std::vector<ArticleKey> seen_again{};  ///< known items that left the document: their expiry starts anew
    std::vector<SiteRecord> sites{};       ///< what was learnt of the items' sites
    Scope scope = Scope::all;
    OnDuplicate on_duplicate = OnDuplicate::drop;
    bool emit_updates = true;
    /// How long hashes and items are remembered after they were last seen: as a candidate or in seen_again.
    seconds keep{180 * 86400};
    /// How long an article is one that others may nearly repeat.
    seconds near_window{3 * 86400};
    std::string route{};  ///< which sinks get the articles: empty for all, else names joined by '\n'
};

enum class Outcome : std::uint8_t {
    fresh,      ///< emitted as new
    update,     ///< emitted as a new revision
    unchanged,  ///< known, nothing to tell
    duplicate,  ///< another article has the same content
    withheld,   ///< remembered, not emitted
};

struct Verdict {
    Outcome outcome = Outcome::unchanged;
    std::uint64_t seq = 0;  ///< of the article; for a duplicate, of the one that it repeats; 0: never emitted
};

struct Receipt {
    std::vector<Verdict> verdicts{};  ///< one for each candidate, in order
    std::uint64_t last_seq = 0;
    std::uint64_t gap_seq = 0;  ///< of the gap that was told; 0: there was none
};

/// A feed as it rests in storage.
struct FeedRecord {
    std::string state{};
    std::string window{};
};

struct DueTime {
    FeedId feed{};
    SystemTime next_poll{};
    std::uint64_t seen = 0;  ///< by the Glance at its state
};

/// Reads a number from a feed's state.  It is asked of every feed, on a thread of the store.
using Glance = std::uint64_t (*)(std::string_view state);

/// One article in the outbox, or an event.
struct OutboxEntry {
    std::uint64_t seq = 0;
    Kind kind = Kind::article;
    SystemTime time{};
    ArticleKey key{};
    FeedId feed{};
    bool update = false;
    std::uint16_t revision = 1;
    bool backlog = false;
    std::uint8_t changed = 0;                  ///< bits of Changed
    std::optional<ArticleKey> duplicate_of{};  ///< has the same content, or nearly the same
    std::string duplicate_url{};
    std::optional<ArticleKey> story{};  ///< the first article of the group that tells the same
    std::string route{};
    SharedText body{};
};

/// Where a sink stands in the log.
struct Cursor {
    std::uint64_t seq = 0;   ///< the last article it has
    std::string position{};  ///< the sink's own part (a file's inode and offset), opaque
};

/// What is remembered of an item, for `explain`.
struct ItemRecord {
    ArticleKey key{};
    FeedId feed{};
    Outcome outcome = Outcome::fresh;
    Withheld withheld = Withheld::no;
    std::uint16_t rule = 0;
    std::uint16_t revision = 1;
    std::uint64_t seq = 0;
    SystemTime first_seen{};
    std::string url{};
    Sha256 hash{};
    std::optional<ArticleKey> duplicate_of{};
    std::string duplicate_url{};
    std::string note{};  ///< Candidate::note of its newest version
    std::optional<ArticleKey> story{};
};

/// A feed's push subscription, as it rests in storage.
struct SubscriptionRecord {
    FeedId feed{};
    std::string bytes{};
};

/// An article that a sink refused for good.
struct DeadLetter {
    std::uint64_t seq = 0;
    SystemTime at{};             ///< of the last attempt
    std::uint32_t attempts = 0;  ///< how often it was tried alone
    std::string reason{};        ///< what the receiver answered, last
    SharedText record{};         ///< the record as it was sent: the log may no longer hold it
};

struct TrimPolicy {
    std::uint64_t max_bytes = 2'000'000'000;
    seconds retain{3 * 86400};
};

struct Stats {
    std::string log{};  ///< name of this life of the state
    SystemTime born{};
    std::uint64_t first_seq = 0;  ///< oldest article still in the outbox; last_seq + 1 when it is empty
    std::uint64_t last_seq = 0;
    std::uint64_t outbox_bytes = 0;
};

}  // namespace newswired::storage
