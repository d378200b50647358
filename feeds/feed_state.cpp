#include "feeds/feed_state.hpp"

#include "core/bytes.hpp"

#include <array>
#include <span>
#include <vector>

namespace newswired::feeds {
namespace {

constexpr std::uint8_t kVersion = 3;
constexpr std::uint8_t kPollsByTheirAge = 2;  // each as long ago as it was at the last
constexpr std::uint8_t kWithoutLinks = 1;     // these too; ends with the history

void put_time(RoomyWriter& out, SystemTime time) {
    out.signed_varint(time.time_since_epoch().count());
}

SystemTime get_time(ByteReader& in) {
    return SystemTime{milliseconds{in.signed_varint()}};
}

enum Flags : std::uint8_t { kGone = 1, kReadBefore = 2, kLearnt = 4, kToldFailing = 8, kHostWaits = 16 };

bool is_known(std::uint8_t version) {
    return version == kVersion || version == kPollsByTheirAge || version == kWithoutLinks;
}

void put_pace(RoomyWriter& out, FeedState const& state) {
    out.string(state.rhythm.known() ? encode(state.rhythm) : std::string{});
    out.varint(state.share.life);
    out.varint(state.share.place);
    out.varint(state.document_items);
    out.byte(state.haste);
    out.byte(state.calm_polls);
    out.byte(state.blind_polls);
}

void get_pace(ByteReader& in, FeedState& state) {
    state.rhythm = decode_rhythm(in.string());
    state.share.life = std::uint32_t(in.varint());
    state.share.place = std::uint16_t(in.varint());
    state.document_items = std::uint32_t(in.varint());
    state.haste = in.byte();
    state.calm_polls = in.byte();
    state.blind_polls = in.byte();
}

void put_links(RoomyWriter& out, websub::Links const& links) {
    out.varint(links.hubs.size());
    for (auto const& hub : links.hubs) {
        out.string(hub);
    }
    out.string(links.topic);
}

websub::Links get_links(ByteReader& in) {
    websub::Links links;
    auto const count = in.varint();
    for (std::uint64_t i = 0; i < count && i < websub::Links::kMaxHubs && !in.failed(); ++i) {
        links.hubs.emplace_back(in.string());
    }
    links.topic = in.string();
    return links;
}

}  // namespace

bool FeedState::has_waited_for_redirect() const {
    if (why != WhyThen::retry_after) {
        return false;
    }
    auto const last = history.newest();
    return last && last->outcome == PollOutcome::postponed;
}

namespace {

// At least the bytes that the state may take.
std::size_t room_for(FeedState const& state) {
    constexpr std::size_t kNumbers = 64 * RoomyWriter::kVarint;  // all that are there once, lengths too: 40
    auto room = kNumbers + kMostRhythmBytes + state.history.bytes().size() + state.links.topic.size();
    for (auto const& hub : state.links.hubs) {
        room += RoomyWriter::kVarint + hub.size();
    }
    for (auto const* const text :
         {&state.validators.etag, &state.validators.last_modified, &state.validators.url,
          &state.address.configured, &state.address.target, &state.title, &state.language, &state.last_error,
          &state.bodies, &state.site}) {
        room += text->size();
    }
    return room;
}

void put_state(RoomyWriter& out, FeedState const& state) {
    out.byte(kVersion);
    out.byte(std::uint8_t((state.gone ? kGone : 0) | (state.read_before ? kReadBefore : 0) |
                          (state.address.learnt ? kLearnt : 0) |
                          (state.told_failing_for_long ? kToldFailing : 0) |
                          (state.host_waits ? kHostWaits : 0)));
    out.byte(std::uint8_t(state.why));
    out.string(state.validators.etag);
    out.string(state.validators.last_modified);
    out.string(state.validators.url);
    out.string(state.address.configured);
    out.string(state.address.target);
    out.varint(state.address.sightings);
    out.string(state.title);
    out.string(state.language);
    put_time(out, state.polled);
    put_time(out, state.succeeded);
    put_time(out, state.changed);
    put_time(out, state.next_poll);
    put_time(out, state.renewed);
    out.varint(state.errors);
    out.string(state.last_error);
    out.fixed64(state.asked_for);
    out.varint(state.ttl_seconds);
    out.varint(state.skip_hours);
    out.varint(state.skip_days);
    out.varint(0);  // where earlier programs kept an interval
    out.string(state.history.bytes());
    put_links(out, state.links);
    put_time(out, state.usual_poll);
    out.string(state.bodies);
    out.string(state.site);
    out.fixed64(state.document);
    put_pace(out, state);
}

}  // namespace

std::string encode(FeedState const& state) {
    constexpr std::size_t kUsual = 4096;
    std::array<char, kUsual> usual;
    auto const room = room_for(state);
    std::vector<char> large(room > kUsual ? room : 0);
    RoomyWriter out{large.empty() ? std::span<char>{usual} : std::span<char>{large}};
    put_state(out, state);
    return std::string{out.written()};
}

namespace {

void get_state(ByteReader& in, std::uint8_t version, FeedState& state) {
    auto const flags = in.byte();
    state.gone = (flags & kGone) != 0;
    state.read_before = (flags & kReadBefore) != 0;
    state.address.learnt = (flags & kLearnt) != 0;
    state.told_failing_for_long = (flags & kToldFailing) != 0;
    state.host_waits = (flags & kHostWaits) != 0;
    state.why = WhyThen(in.byte());
    state.validators.etag = in.string();
    state.validators.last_modified = in.string();
    state.validators.url = in.string();
    state.address.configured = in.string();
    state.address.target = in.string();
    state.address.sightings = std::uint32_t(in.varint());
    state.title = in.string();
    state.language = in.string();
    state.polled = get_time(in);
    state.succeeded = get_time(in);
    state.changed = get_time(in);
    state.next_poll = get_time(in);
    state.renewed = get_time(in);
    state.errors = std::uint32_t(in.varint());
    state.last_error = in.string();
    state.asked_for = in.fixed64();
    state.ttl_seconds = std::uint32_t(in.varint());
    state.skip_hours = std::uint32_t(in.varint());
    state.skip_days = std::uint8_t(in.varint());
    in.varint();
    state.history =
        version == kVersion ? PollHistory::of_bytes(in.string()) : PollHistory::of_ages(in, state.polled);
    if (version != kWithoutLinks) {
        state.links = get_links(in);
        state.usual_poll = get_time(in);
    }
    if (!in.failed() && !in.at_end()) {  // older states end here
        state.bodies = in.string();
    }
    if (!in.failed() && !in.at_end()) {  // older states end here
        state.site = in.string();
    }
    if (!in.failed() && !in.at_end()) {  // states of earlier programs end here
        state.document = in.fixed64();
    }
    if (!in.failed() && !in.at_end()) {  // earlier programs ended here
        get_pace(in, state);
    }
}

}  // namespace

FeedState decode_feed_state(std::string_view bytes) {
    ByteReader in{bytes};
    FeedState state;  // the only thing that is returned: it is large to move
    if (auto const version = in.byte(); is_known(version)) {
        get_state(in, version, state);
    }
    if (in.failed()) {
        state = {};
    }
    return state;
}

std::uint64_t host_that_waits(std::string_view bytes) {
    ByteReader in{bytes};
    auto const version = in.byte();
    if (!is_known(version) || (in.byte() & kHostWaits) == 0) {
        return 0;
    }
    return decode_feed_state(bytes).asked_for;
}

}  // namespace newswired::feeds
