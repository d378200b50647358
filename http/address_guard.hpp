// Which addresses may be connected to.
//
// A feed, or a redirect of it, could name the machine's own services or its neighbours (server-side request
// forgery).  So every address that a name resolved to is judged here, right before the connection to that
// very address: a name that changes its answer between check and connection gains nothing. Judged by the IANA
// registries of special-purpose addresses (RFC 6890 and its followers).

#pragma once

#include <boost/asio/ip/address.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::http {

/// A CIDR range: "127.0.0.0/8", "::1/128"; a bare address is a range of one.
struct AddressRange {
    boost::asio::ip::address_v6::bytes_type prefix{};  ///< IPv4 as ::ffff:a.b.c.d
    unsigned bits = 128;

    bool contains(boost::asio::ip::address_v6::bytes_type const& address) const;
};

std::optional<AddressRange> parse_address_range(std::string_view text);

/// Whether an address is one of the public internet, and reaches no other kind by being translated there
/// (IPv4-mapped, 6to4, NAT64, Teredo).
bool is_public(boost::asio::ip::address const& address);

class AddressGuard {
  public:
    /// `allowed` are the ranges that are let pass although they are not public, as in the configuration.
    /// Throws std::invalid_argument, naming the text that is no range.
    explicit AddressGuard(std::vector<std::string> const& allowed = {});

    bool allows(boost::asio::ip::address const& address) const;

  private:
    std::vector<AddressRange> allowed_;
};

}  // namespace newswired::http
