#include "http/address_guard.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace newswired::http {
namespace {

namespace ip = boost::asio::ip;
using Bytes = ip::address_v6::bytes_type;

struct RangeV4 {
    std::uint32_t prefix;
    unsigned bits;
};

constexpr std::uint32_t v4(unsigned a, unsigned b, unsigned c, unsigned d) {
    return a << 24 | b << 16 | c << 8 | d;
}

// The IANA IPv4 special-purpose registry, and multicast.
constexpr RangeV4 kRefusedV4[] = {
    {v4(0, 0, 0, 0), 8},        // this network, unspecified
    {v4(10, 0, 0, 0), 8},       // private
    {v4(100, 64, 0, 0), 10},    // carriers' NAT
    {v4(127, 0, 0, 0), 8},      // loopback
    {v4(169, 254, 0, 0), 16},   // link-local; clouds serve credentials here
    {v4(172, 16, 0, 0), 12},    // private
    {v4(192, 0, 0, 0), 24},     // protocol assignments
    {v4(192, 0, 2, 0), 24},     // documentation
    {v4(192, 88, 99, 0), 24},   // 6to4 relays
    {v4(192, 168, 0, 0), 16},   // private
    {v4(198, 18, 0, 0), 15},    // benchmarking
    {v4(198, 51, 100, 0), 24},  // documentation
    {v4(203, 0, 113, 0), 24},   // documentation
    {v4(224, 0, 0, 0), 4},      // multicast
    {v4(240, 0, 0, 0), 4},      // reserved, broadcast
};

bool is_public_v4(std::uint32_t address) {
    auto const holds = [address](RangeV4 const& range) {
        return (address ^ range.prefix) >> (32 - range.bits) == 0;
    };
    return std::none_of(std::begin(kRefusedV4), std::end(kRefusedV4), holds);
}

std::uint32_t v4_at(Bytes const& bytes, std::size_t at) {
    return v4(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

bool begins(Bytes const& bytes, std::initializer_list<unsigned char> prefix) {
    return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

bool is_mapped_v4(Bytes const& bytes) {
    return begins(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF});
}

bool is_public_v6(Bytes const& bytes) {
    if (is_mapped_v4(bytes)) {
        return is_public_v4(v4_at(bytes, 12));
    }
    if (begins(bytes, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0})) {  // NAT64
        return is_public_v4(v4_at(bytes, 12));
    }
    // Outside 2000::/3 nothing is global unicast: loopback, unique-local, link-local, multicast, reserved.
    if ((bytes[0] & 0xE0) != 0x20) {
        return false;
    }
    if (begins(bytes, {0x20, 0x02})) {  // 6to4
        return is_public_v4(v4_at(bytes, 2));
    }
    if (begins(bytes, {0x20, 0x01, 0x00, 0x00})) {  // Teredo: its server, and its client with all bits turned
        return is_public_v4(v4_at(bytes, 4)) && is_public_v4(~v4_at(bytes, 12));
    }
    auto const protocol_assignment = begins(bytes, {0x20, 0x01}) && bytes[2] < 0x02;  // 2001::/23
    auto const documentation = begins(bytes, {0x20, 0x01, 0x0D, 0xB8}) ||
                               (begins(bytes, {0x3F, 0xFF}) && bytes[2] < 0x10);  // 3fff::/20
    return !protocol_assignment && !documentation;
}

Bytes as_v6(ip::address const& address) {
    if (address.is_v6()) {
        return address.to_v6().to_bytes();
    }
    auto const v4_bytes = address.to_v4().to_bytes();
    Bytes bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    std::copy(v4_bytes.begin(), v4_bytes.end(), bytes.begin() + 12);
    return bytes;
}

}  // namespace

bool AddressRange::contains(Bytes const& address) const {
    for (unsigned bit = 0; bit < bits; bit += 8) {
        auto const i = bit / 8;
        auto const mask = bits - bit >= 8 ? 0xFFu : 0xFFu << (8 - (bits - bit)) & 0xFFu;
        if (((address[i] ^ prefix[i]) & mask) != 0) {
            return false;
        }
    }
    return true;
}

std::optional<AddressRange> parse_address_range(std::string_view text) {
    auto const slash = text.find('/');
    boost::system::error_code error;
    auto const address = ip::make_address(std::string{text.substr(0, slash)}, error);
    if (error) {
        return std::nullopt;
    }
    unsigned const width = address.is_v4() ? 32 : 128;
    unsigned bits = width;
    if (slash != std::string_view::npos) {
        auto const digits = text.substr(slash + 1);
        auto const [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
        if (failure != std::errc{} || end != digits.data() + digits.size() || bits > width) {
            return std::nullopt;
        }
    }
    return AddressRange{.prefix = as_v6(address), .bits = bits + (128 - width)};
}

bool is_public(ip::address const& address) {
    return is_public_v6(as_v6(address));
}

AddressGuard::AddressGuard(std::vector<std::string> const& allowed) {
    for (auto const& text : allowed) {
        auto const range = parse_address_range(text);
        if (!range) {
            throw std::invalid_argument{"not a range of addresses: " + text};
        }
        allowed_.push_back(*range);
    }
}

bool AddressGuard::allows(ip::address const& address) const {
    auto const bytes = as_v6(address);
    auto const holds = [&bytes](AddressRange const& range) { return range.contains(bytes); };
    return is_public_v6(bytes) || std::any_of(allowed_.begin(), allowed_.end(), holds);
}

}  // namespace newswired::http
