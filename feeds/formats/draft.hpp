// Drafts: an item or a feed while it is read.  Several elements may say the same thing; a draft keeps what
// the most trustworthy of them says, and of equals the first.

#pragma once

#include "feeds/parsed_feed.hpp"
#include "feeds/xml/document.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

namespace newswired::feeds {

/// A new item at the end of the feed; null, and a problem is noted, when it has more than a document of its
/// size can seriously have: an item takes a hundred times the memory of "<item>".
ParsedItem* new_item(ParsedFeed& feed);

/// How far an element is to be trusted with a field; higher wins.
enum class Trust : std::uint8_t {
    none,
    fallback,  ///< better than nothing
    module,    ///< a namespace's element
    guest,     ///< the core of another format: atom:title in RSS
    core,      ///< the format's own
};

template <typename T>
class Best {
  public:
    void offer(T value, Trust trust) {
        // Of equals the first, but the last date: feeds repeat a date to correct it.
        auto const wins = std::is_same_v<T, std::optional<SystemTime>> ? trust >= trust_ : trust > trust_;
        if (wins && !is_empty(value)) {
            value_ = value;
            trust_ = trust;
        }
    }
    T const& get() const { return value_; }
    /// More than a fallback.
    bool is_trusted() const { return trust_ > Trust::fallback; }
    bool has_value() const { return trust_ != Trust::none; }

  private:
    static bool is_empty(std::string_view value) { return value.empty(); }
    static bool is_empty(Text const& value) { return value.empty(); }
    template <typename U>
    static bool is_empty(std::optional<U> const& value) {
        return !value;
    }
    T value_{};
    Trust trust_ = Trust::none;
};

/// Who an entry is by: the most trusted element's word, and all its equals'.
class People {
  public:
    void offer(Person person, Trust trust);
    std::vector<Person> const& get() const { return people_; }
    void reset() {
        people_.clear();
        trust_ = Trust::none;
    }

  private:
    std::vector<Person> people_;
    Trust trust_ = Trust::none;
};

/// What items and feeds have in common.
struct EntryDraft {
    Best<std::string_view> id{};
    Best<std::string_view> url{};
    Best<Text> title{};
    Best<Text> description{};  ///< a feed's subtitle; an item's description
    Best<Text> rights{};
    Best<std::string_view> license{};
    Best<std::string_view> image{};
    Best<std::string_view> language{};
    Best<std::optional<SystemTime>> date_published{};
    Best<std::optional<SystemTime>> date_modified{};
    People authors{};
    std::vector<Person> contributors{};
    std::vector<std::string_view> tags{};
    Flag itunes_explicit = Flag::absent;
    Flag itunes_block = Flag::absent;

    void add_tag(std::string_view tag);
};

struct ItemDraft : EntryDraft {
    Best<std::string_view> external_url{};
    Best<Text> content{};
    Best<Text> summary{};
    Best<std::optional<SystemTime>> date_expired{};
    Best<std::string_view> banner_image{};
    Best<std::string_view> comments_url{};
    std::int64_t comments_count = -1;
    std::string_view content_src{};
    bool id_is_permalink = false;
    std::vector<Attachment> attachments{};
    std::vector<Attachment> media{};  ///< of Media RSS: attachments too, unless an enclosure is the same file
    std::vector<Link> links{};
    Source source{};
    Geo geo{};
    std::string_view latitude{};  ///< geo:lat and geo:long, which make a point together
    std::string_view longitude{};
    double duration_in_seconds = -1;        ///< itunes:duration: of the one attachment
    std::string_view original_enclosure{};  ///< where FeedBurner's detour leads

    /// Fills `item`, the lists copied to `arena`.
    void finish(Arena& arena, ParsedItem& item);
    /// As new, but for the memory of its lists, which serves the next item.
    void reset();
};

struct FeedDraft : EntryDraft {
    Best<std::string_view> favicon{};
    Best<std::string_view> feed_url{};
    Best<std::string_view> next_url{};
    std::string_view generator{};
    std::vector<std::string_view> hubs{};
    bool complete = false;
    Pace pace{};
    seconds period{24 * 3600};  ///< sy:updatePeriod, which is daily when it is not said
    std::int64_t times_a_period = 1;

    void finish(Arena& arena, ParsedFeed& feed);
};

}  // namespace newswired::feeds
