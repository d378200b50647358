// URLs: lenient in, valid out.
//
// Follows the WHATWG URL Standard where publishers need it (spaces, back slashes, IRIs, missing slashes, odd
// address forms) and RFC 3986 for everything else.  What a publisher wrote in path and query is kept as it
// is, but for characters that no URL may hold, which are percent-encoded as UTF-8.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newswired::http {

struct Url {
    std::string scheme{};    ///< lower case, without ":"
    std::string username{};  ///< percent-encoded as given
    std::string password{};
    std::string host{};  ///< lower case; IDN as A-labels; IPv6 in brackets; odd IPv4 forms made plain
    std::optional<std::uint16_t> port{};  ///< absent when it is the scheme's default
    std::string path{};                   ///< begins with "/" for http and https
    std::optional<std::string> query{};
    std::optional<std::string> fragment{};
    bool opaque = false;  ///< "mailto:…", "urn:…": no authority, path is all there is

    /// The whole URL.
    std::string text() const;
    /// Whether text() would be that, without writing it.
    bool is_written(std::string_view text) const;
    /// Path and query: what stands in a request line.
    std::string target() const;
    /// "scheme://host[:port]".
    std::string origin() const;
    std::uint16_t port_or_default() const;
    bool is_http() const { return scheme == "http" || scheme == "https"; }
};

/// An absolute URL; none when `text` is not one.
std::optional<Url> parse_url(std::string_view text);

/// `reference` resolved against `base` (RFC 3986, 5), as text.  An absolute reference needs no base.  When
/// there is no way to resolve it, the reference as it was given, trimmed and escaped.
std::string resolve(std::string_view base, std::string_view reference);

/// An absolute http or https URL in which there is nothing that parsing or resolving could change, as most
/// are: a cheap look that saves both.  False does not mean that it is none.
bool is_plain_http_url(std::string_view url);

}  // namespace newswired::http
