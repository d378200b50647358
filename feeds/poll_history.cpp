#include "feeds/poll_history.hpp"

#include "core/bytes.hpp"

#include <algorithm>
#include <array>

namespace newswired::feeds {
namespace {

std::size_t length_of_first(std::string_view polls) {
    return 1 + std::size_t(static_cast<unsigned char>(polls.front()));
}

// All but its time.
PastPoll get_poll(ByteReader& in) {
    PastPoll poll;
    poll.outcome = PollOutcome(in.byte());
    poll.status = std::uint16_t(in.varint());
    poll.items = std::uint32_t(in.varint());
    poll.unknown = std::uint32_t(in.varint());
    poll.bytes = in.varint();
    poll.milliseconds_taken = std::uint32_t(in.varint());
    return poll;
}

PastPoll decode_first(std::string_view polls) {
    ByteReader in{polls.substr(1, length_of_first(polls) - 1)};
    auto const at = SystemTime{milliseconds{in.signed_varint()}};
    auto poll = get_poll(in);
    poll.at = at;
    return poll;
}

std::string_view without_first(std::string_view polls) {
    return polls.substr(length_of_first(polls));
}

}  // namespace

std::string_view in_words(PollOutcome outcome) {
    switch (outcome) {
        case PollOutcome::document:
            return "read";
        case PollOutcome::not_modified:
            return "not modified";
        case PollOutcome::refused:
            return "refused";
        case PollOutcome::unreadable:
            return "not readable as a feed";
        case PollOutcome::no_answer:
            return "no answer";
        case PollOutcome::gone:
            return "gone";
        case PollOutcome::postponed:
            return "asked to wait before the redirect is followed";
        case PollOutcome::disallowed:
            break;
    }
    return "not asked, as robots.txt says";
}

void PollHistory::add(PastPoll const& poll) {
    std::array<char, kMostBytes> bytes;
    RoomyWriter out{std::span{bytes}.subspan(1)};
    out.signed_varint(poll.at.time_since_epoch().count());
    out.byte(std::uint8_t(poll.outcome));
    out.varint(poll.status);
    out.varint(poll.items);
    out.varint(poll.unknown);
    out.varint(poll.bytes);
    out.varint(poll.milliseconds_taken);
    auto const length = out.written().size();
    bytes[0] = char(length);

    std::size_t count = 0;
    for (std::string_view rest = bytes_; !rest.empty(); rest = without_first(rest)) {
        ++count;
    }
    if (count >= kMost) {
        bytes_.erase(0, length_of_first(bytes_));
    }
    bytes_.append(bytes.data(), 1 + length);
}

std::optional<PastPoll> PollHistory::oldest() const {
    return empty() ? std::nullopt : std::optional{decode_first(bytes_)};
}

std::optional<PastPoll> PollHistory::newest() const {
    std::optional<std::string_view> last;
    for (std::string_view rest = bytes_; !rest.empty(); rest = without_first(rest)) {
        last = rest;
    }
    return last ? std::optional{decode_first(*last)} : std::nullopt;
}

std::vector<PastPoll> PollHistory::all() const {
    std::vector<PastPoll> polls;
    for (std::string_view rest = bytes_; !rest.empty(); rest = without_first(rest)) {
        polls.push_back(decode_first(rest));
    }
    return polls;
}

PollHistory PollHistory::of_bytes(std::string_view bytes) {
    auto rest = bytes;
    std::size_t count = 0;
    while (!rest.empty() && length_of_first(rest) <= rest.size() && count < kMost) {
        rest = without_first(rest);
        ++count;
    }
    PollHistory history;
    history.bytes_ = bytes.substr(0, bytes.size() - rest.size());
    return history;
}

PollHistory PollHistory::of_ages(ByteReader& in, SystemTime base) {
    PollHistory history;
    auto const count = in.varint();
    for (std::uint64_t i = 0; i < count && i < kMost && !in.failed(); ++i) {
        auto const at = base - milliseconds{in.signed_varint()};
        auto poll = get_poll(in);
        poll.at = at;
        history.add(poll);
    }
    return history;
}

}  // namespace newswired::feeds
