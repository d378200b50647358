#include "storage/values.hpp"

#include "core/bytes.hpp"

#include <algorithm>

namespace newswired::storage {
namespace {

constexpr std::size_t kDueBytes = 8;

void put_ends(std::string& out, std::uint32_t ends) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        out += char(ends >> shift);
    }
}

std::uint32_t get_ends(ByteReader& in) {
    std::uint32_t ends = 0;
    for (unsigned char const part : in.raw(4)) {
        ends = ends << 8 | part;
    }
    return ends;
}

void put_key(ByteWriter& out, ArticleKey const& key) {
    out.raw({reinterpret_cast<char const*>(key.bytes.data()), key.bytes.size()});
}

ArticleKey get_key(ByteReader& in) {
    ArticleKey key;
    auto const bytes = in.raw(key.bytes.size());
    std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
    return key;
}

void put_time(ByteWriter& out, SystemTime time) {
    out.signed_varint(time.time_since_epoch().count());
}

SystemTime get_time(ByteReader& in) {
    return SystemTime{milliseconds{in.signed_varint()}};
}

}  // namespace

std::string encode(ItemValue const& value) {
    std::string bytes;
    bytes.reserve(96 + value.url.size() + value.earlier.size() + value.other_url.size());
    put_ends(bytes, value.ends);
    ByteWriter out{bytes};
    out.byte(std::uint8_t(value.outcome));
    out.byte(std::uint8_t(value.withheld));
    out.varint(value.rule);
    out.varint(value.revision);
    out.varint(value.seq);
    put_time(out, value.first_seen);
    out.string(value.hash);
    out.varint(value.parts.title);
    out.varint(value.parts.text);
    out.varint(value.parts.attachments);
    out.varint(value.parts.link);
    out.string(value.earlier);
    out.fixed64(value.url_hash);
    out.string(value.url);
    out.byte(value.other ? 1 : 0);
    if (value.other) {
        put_key(out, *value.other);
        out.string(value.other_url);
    }
    auto const tells_alikes = value.story || !value.cells.empty();
    if (!value.note.empty() || tells_alikes) {
        out.string(value.note);
    }
    if (tells_alikes) {
        out.byte(value.story ? 1 : 0);
        if (value.story) {
            put_key(out, *value.story);
        }
        out.string(value.cells);
    }
    return bytes;
}

std::optional<ItemValue> decode_item(std::string_view bytes) {
    ByteReader in{bytes};
    ItemValue value;
    value.ends = get_ends(in);
    value.outcome = Outcome(in.byte());
    value.withheld = Withheld(in.byte());
    value.rule = std::uint16_t(in.varint());
    value.revision = std::uint16_t(in.varint());
    value.seq = in.varint();
    value.first_seen = get_time(in);
    value.hash = in.string();
    value.parts.title = std::uint32_t(in.varint());
    value.parts.text = std::uint32_t(in.varint());
    value.parts.attachments = std::uint32_t(in.varint());
    value.parts.link = std::uint32_t(in.varint());
    value.earlier = in.string();
    value.url_hash = in.fixed64();
    value.url = in.string();
    if (in.byte() == 1) {
        value.other = get_key(in);
        value.other_url = in.string();
    }
    if (!in.failed() && !in.at_end()) {
        value.note = in.string();
    }
    if (!in.failed() && !in.at_end()) {
        if (in.byte() == 1) {
            value.story = get_key(in);
        }
        value.cells = in.string();
    }
    if (in.failed()) {
        return {};
    }
    return value;
}

std::string encode(SeenValue const& value) {
    std::string bytes;
    bytes.reserve(28);
    put_ends(bytes, value.ends);
    ByteWriter out{bytes};
    out.fixed64(value.feed.value);
    put_key(out, value.key);
    return bytes;
}

std::optional<SeenValue> decode_seen(std::string_view bytes) {
    ByteReader in{bytes};
    SeenValue value;
    value.ends = get_ends(in);
    value.feed.value = in.fixed64();
    value.key = get_key(in);
    if (in.failed()) {
        return {};
    }
    return value;
}

std::string encode(UrlValue const& value) {
    std::string bytes;
    put_ends(bytes, value.ends);
    ByteWriter out{bytes};
    put_key(out, value.key);
    return bytes;
}

std::optional<UrlValue> decode_url(std::string_view bytes) {
    ByteReader in{bytes};
    UrlValue value;
    value.ends = get_ends(in);
    value.key = get_key(in);
    if (in.failed()) {
        return {};
    }
    return value;
}

std::string encode(Cursor const& cursor) {
    std::string bytes;
    ByteWriter out{bytes};
    out.varint(cursor.seq);
    out.string(cursor.position);
    return bytes;
}

std::optional<Cursor> decode_cursor(std::string_view bytes) {
    ByteReader in{bytes};
    Cursor cursor;
    cursor.seq = in.varint();
    cursor.position = in.string();
    if (in.failed()) {
        return {};
    }
    return cursor;
}

std::string encode(DeadLetter const& letter) {
    std::string bytes;
    bytes.reserve(40 + letter.reason.size() + letter.record.size());
    ByteWriter out{bytes};
    put_time(out, letter.at);
    out.varint(letter.attempts);
    out.string(letter.reason);
    out.string(letter.record);
    return bytes;
}

std::optional<DeadLetter> decode_dead(std::uint64_t seq, std::string_view bytes) {
    ByteReader in{bytes};
    DeadLetter letter{.seq = seq};
    letter.at = get_time(in);
    letter.attempts = std::uint32_t(in.varint());
    letter.reason = in.string();
    letter.record = in.string();
    if (in.failed()) {
        return {};
    }
    return letter;
}

std::string encode_head(OutboxEntry const& entry, std::uint64_t total) {
    std::string bytes;
    bytes.reserve(80 + entry.route.size() + entry.duplicate_url.size());
    ByteWriter out{bytes};
    out.varint(total);
    put_time(out, entry.time);
    put_key(out, entry.key);
    out.fixed64(entry.feed.value);
    enum Flags : std::uint8_t { kUpdate = 1, kBacklog = 2, kDuplicate = 4, kStory = 8, kGap = 16 };
    out.byte(std::uint8_t((entry.update ? kUpdate : 0) | (entry.backlog ? kBacklog : 0) |
                          (entry.duplicate_of ? kDuplicate : 0) | (entry.story ? kStory : 0) |
                          (entry.kind == Kind::gap ? kGap : 0)));
    out.varint(entry.revision);
    out.byte(entry.changed);
    out.string(entry.route);
    if (entry.duplicate_of) {
        put_key(out, *entry.duplicate_of);
        out.string(entry.duplicate_url);
    }
    if (entry.story) {
        put_key(out, *entry.story);
    }
    out.varint(entry.body.size());
    return bytes;
}

std::string encode(OutboxEntry const& entry, std::uint64_t total) {
    return encode_head(entry, total).append(entry.body.view());
}

std::optional<OutboxEntry> decode_entry(std::uint64_t seq, std::string_view bytes) {
    ByteReader in{bytes};
    OutboxEntry entry{.seq = seq};
    in.varint();
    entry.time = get_time(in);
    entry.key = get_key(in);
    entry.feed.value = in.fixed64();
    auto const flags = in.byte();
    entry.update = (flags & 1) != 0;
    entry.backlog = (flags & 2) != 0;
    entry.kind = (flags & 16) != 0 ? Kind::gap : Kind::article;
    entry.revision = std::uint16_t(in.varint());
    entry.changed = in.byte();
    entry.route = in.string();
    if ((flags & 4) != 0) {
        entry.duplicate_of = get_key(in);
        entry.duplicate_url = in.string();
    }
    if ((flags & 8) != 0) {
        entry.story = get_key(in);
    }
    entry.body = in.string();
    if (in.failed()) {
        return {};
    }
    return entry;
}

std::optional<std::uint64_t> decode_total(std::string_view entry_bytes) {
    ByteReader in{entry_bytes};
    auto const total = in.varint();
    if (in.failed()) {
        return {};
    }
    return total;
}

std::string encode_site(std::uint32_t ends, std::string_view memory) {
    std::string bytes;
    bytes.reserve(4 + memory.size());
    put_ends(bytes, ends);
    bytes += memory;
    return bytes;
}

std::optional<std::string> decode_site(std::string_view bytes) {
    constexpr std::size_t kEnds = 4;
    return bytes.size() < kEnds ? std::nullopt : std::optional{std::string{bytes.substr(kEnds)}};
}

std::string encode_feed(SystemTime due, std::string_view state) {
    std::string bytes;
    bytes.reserve(kDueBytes + state.size());
    ByteWriter out{bytes};
    out.fixed64(std::uint64_t(due.time_since_epoch().count()));
    out.raw(state);
    return bytes;
}

std::string_view state_in(std::string_view bytes) {
    return bytes.substr(std::min(bytes.size(), kDueBytes));
}

std::optional<SystemTime> decode_due(std::string_view bytes) {
    ByteReader in{bytes};
    SystemTime const time{milliseconds{std::int64_t(in.fixed64())}};
    if (in.failed()) {
        return {};
    }
    return time;
}

ItemRecord record_of(FeedId feed, ArticleKey const& key, ItemValue const& item) {
    ItemRecord record{.key = key,
                      .feed = feed,
                      .outcome = item.outcome,
                      .withheld = item.withheld,
                      .rule = item.rule,
                      .revision = item.revision,
                      .seq = item.seq,
                      .first_seen = item.first_seen,
                      .url = item.url,
                      .duplicate_of = item.other,
                      .duplicate_url = item.other_url,
                      .note = item.note,
                      .story = item.story};
    std::copy_n(item.hash.begin(), std::min(item.hash.size(), record.hash.size()), record.hash.begin());
    return record;
}

std::uint32_t ends_at(std::string_view value) {
    if (value.size() < 4) {
        return 0xFFFFFFFF;
    }
    ByteReader in{value};
    return get_ends(in);
}

}  // namespace newswired::storage
