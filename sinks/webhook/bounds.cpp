#include "sinks/webhook/bounds.hpp"

#include "core/bytes.hpp"

namespace newswired::sinks {
namespace {

constexpr std::uint8_t kVersion = 1;

}  // namespace

std::string encode(Bounds const& bounds) {
    std::string bytes;
    if (bounds.first == 0) {
        return bytes;  // nothing is under way
    }
    ByteWriter out{bytes};
    out.byte(kVersion);
    out.varint(bounds.first);
    out.varint(bounds.last);
    out.signed_varint(bounds.made.time_since_epoch().count());
    if (bounds.unwelcome_since != SystemTime{}) {
        out.signed_varint(bounds.unwelcome_since.time_since_epoch().count());
    }
    return bytes;
}

Bounds decode_bounds(std::string_view position) {
    ByteReader in{position};
    if (in.byte() != kVersion) {
        return {};
    }
    Bounds bounds{.first = in.varint(), .last = in.varint()};
    bounds.made = SystemTime{milliseconds{in.signed_varint()}};
    if (!in.failed() && !in.at_end()) {
        bounds.unwelcome_since = SystemTime{milliseconds{in.signed_varint()}};
    }
    return in.failed() ? Bounds{} : bounds;
}

std::string message_id(std::string_view log, Bounds const& bounds) {
    return "msg_" + std::string{log} + "_" + std::to_string(bounds.first) + "_" + std::to_string(bounds.last);
}

}  // namespace newswired::sinks
