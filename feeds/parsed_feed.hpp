// A parsed feed: what a document of any format said, decoded and resolved, and nothing more.
//
// The way: bytes → charset → xml or json → formats/ (+ modules/) → ParsedFeed → articles/ cleans it.
// Texts are still as the publisher wrote them: markup is neither sanitised nor removed here; Text says how
// each is to be read.  URLs are absolute (xml:base, else the feed's final URL), or as given when no base
// helps.
//
// Everything is a view into memory that the ParsedFeed itself owns, so that reading an item allocates
// nothing: keep the ParsedFeed as long as any part of it is in use.  Moving it keeps the views valid; it
// can't be copied.

#pragma once

#include "core/time.hpp"
#include "feeds/arena.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::feeds {

/// How a text is to be read.
enum class TextKind : std::uint8_t {
    plain,  ///< characters mean themselves
    html,   ///< a fragment of HTML: markup, entities
};

/// A text construct (RFC 4287, 3.1, and what the other formats have for it).
struct Text {
    std::string_view value{};
    TextKind kind = TextKind::plain;
    std::string_view base{};            ///< what relative URLs in it are resolved against; absolute or empty
    std::string_view language{};        ///< xml:lang in force, else empty
    bool may_be_escaped_twice = false;  ///< RSS: publishers escape what is escaped already

    bool empty() const { return value.empty(); }
};

struct Person {
    std::string_view name{};
    std::string_view email{};
    std::string_view url{};
    std::string_view avatar{};
};

struct Attachment {
    std::string_view url{};
    std::string_view mime_type{};
    std::string_view title{};
    std::int64_t size_in_bytes = -1;  ///< -1: unknown
    double duration_in_seconds = -1;  ///< -1: unknown
};

struct Link {
    std::string_view rel{};
    std::string_view url{};
    std::string_view type{};
    std::string_view title{};
};

struct Geo {
    std::string_view type{};                ///< "Point", "LineString", "Polygon", "Box"; empty: none
    std::span<double const> coordinates{};  ///< lon, lat, lon, lat, …; a Point may have a height
};

/// "yes", "no" or not said (itunes:explicit, itunes:block).
enum class Flag : std::uint8_t { absent, no, yes };

/// Where an item was taken from (Atom source, RSS source).
struct Source {
    std::string_view title{};
    std::string_view home_page_url{};
    std::string_view feed_url{};
    std::string_view id{};
    std::string_view icon{};
    std::optional<SystemTime> date_modified{};
    std::span<Person const> authors{};

    bool empty() const { return title.empty() && home_page_url.empty() && feed_url.empty() && id.empty(); }
};

struct ParsedItem {
    std::string_view id{};         ///< Atom id, RSS guid, rdf:about, JSON Feed id; empty when none was given
    bool id_is_permalink = false;  ///< RSS guid that is (or by default may be) a permalink
    std::string_view url{};        ///< the item's page
    std::string_view external_url{};  ///< JSON Feed external_url, feedburner:origLink
    Text title{};
    Text content{};  ///< the body: content:encoded, Atom content, content_html/_text, else description
    Text summary{};  ///< a shorter text beside the body; empty when it was taken for the body
    std::string_view content_src{};  ///< Atom content/@src
    std::optional<SystemTime> date_published{};
    std::optional<SystemTime> date_modified{};
    std::optional<SystemTime> date_expired{};
    std::string_view language{};
    std::string_view image{};
    std::string_view banner_image{};
    std::span<Person const> authors{};
    std::span<Person const> contributors{};
    std::span<std::string_view const> tags{};
    std::span<Attachment const> attachments{};
    std::span<Link const> links{};  ///< all links as given, for what has no field of its own
    std::string_view comments_url{};
    std::int64_t comments_count = -1;
    Text rights{};
    std::string_view license{};
    Source source{};
    Geo geo{};
    Flag itunes_explicit = Flag::absent;
    Flag itunes_block = Flag::absent;
    std::uint64_t raw_hash = 0;  ///< of the item's own bytes or an equivalent of them: equal hash, equal item
};

/// What a feed says about its own schedule.
struct Pace {
    std::optional<seconds> ttl{};            ///< RSS ttl
    std::optional<seconds> update_period{};  ///< sy:updatePeriod / sy:updateFrequency
    std::uint32_t skip_hours = 0;            ///< bit h: hour h (0-23, GMT) is to be skipped
    std::uint8_t skip_days = 0;              ///< bit d: weekday d (0 = Sunday, GMT) is to be skipped
};

/// A problem that was got over: where known, the byte offset in the decoded document.
struct Problem {
    std::string what{};
    std::int64_t offset = -1;
};

/// Owns the memory that a ParsedFeed's views point into.
struct FeedMemory {
    std::string document;  ///< decoded; most views point into it
    Arena arena;
    std::shared_ptr<void> tree;  ///< whatever else must live as long as the views
};

struct ParsedFeed {
    std::string_view
        format{};  ///< "rss-2.0", "rss-1.0", "rss-0.91", "atom-1.0", "atom-0.3", "json-1.1", "sitemap"…
    std::string_view id{};
    std::string_view feed_url{};  ///< rel=self
    std::string_view home_page_url{};
    Text title{};
    Text description{};
    Text rights{};
    std::string_view icon{};     ///< RSS image, Atom logo, itunes:image
    std::string_view favicon{};  ///< Atom icon
    std::string_view language{};
    std::string_view generator{};
    std::string_view license{};
    std::optional<SystemTime> date_published{};
    std::optional<SystemTime> date_modified{};
    std::span<Person const> authors{};
    std::span<Person const> contributors{};
    std::span<std::string_view const> tags{};
    std::span<std::string_view const> hubs{};  ///< WebSub hub URLs
    std::string_view next_url{};               ///< RFC 5005 prev-archive or JSON Feed next_url
    bool complete = false;                     ///< RFC 5005 fh:complete
    Flag itunes_explicit = Flag::absent;
    Flag itunes_block = Flag::absent;
    bool breaks_off = false;  ///< half a document: what comes after may be missing
    Pace pace{};
    std::vector<ParsedItem> items{};  ///< in document order
    std::vector<Problem> problems{};  ///< what was wrong and got over; empty for a well-formed feed
    std::unique_ptr<FeedMemory> memory = std::make_unique<FeedMemory>();
};

}  // namespace newswired::feeds
