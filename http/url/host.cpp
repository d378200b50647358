#include "http/url/host.hpp"

#include "core/text.hpp"
#include "http/url/percent.hpp"

#include <arpa/inet.h>
#include <unicode/uidna.h>

#include <charconv>
#include <cstdint>

namespace newswired::http {
namespace {

// Longer than any DNS name (253), with room for what still has to be mapped.
constexpr std::size_t kMaxHost = 1024;

bool is_forbidden(char c) {
    constexpr std::string_view kForbidden = " #/:<>?@[\\]^|%\x7f";
    return static_cast<unsigned char>(c) <= 0x20 || kForbidden.find(c) != std::string_view::npos;
}

bool is_plain_ascii_name(std::string_view host) {
    for (std::size_t i = 0; i < host.size(); ++i) {
        auto const at_label = i == 0 || host[i - 1] == '.';
        if (static_cast<unsigned char>(host[i]) >= 0x80 ||
            (at_label && starts_with_ignoring_case(host.substr(i), "xn--"))) {
            return false;
        }
    }
    return true;
}

// What UTS #46 with VerifyDnsLength = false and CheckHyphens = false lets pass, as browsers do.
constexpr std::uint32_t kToleratedErrors = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG |
                                           UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | UIDNA_ERROR_LEADING_HYPHEN |
                                           UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;

UIDNA const* open_idna() {
    UErrorCode status = U_ZERO_ERROR;
    return uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII |
                               UIDNA_NONTRANSITIONAL_TO_UNICODE,
                           &status);
}

std::optional<std::string> to_a_labels(std::string_view host) {
    static auto const* const idna = open_idna();
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UErrorCode status = U_ZERO_ERROR;
    std::string ascii(host.size() * 4 + 64, '\0');
    auto const length =
        uidna_nameToASCII_UTF8(idna, host.data(), static_cast<std::int32_t>(host.size()), ascii.data(),
                               static_cast<std::int32_t>(ascii.size()), &info, &status);
    if (U_FAILURE(status) || (info.errors & ~kToleratedErrors) != 0) {
        return std::nullopt;
    }
    ascii.resize(static_cast<std::size_t>(length));
    return ascii;
}

/// One part of an IPv4 address: decimal, octal ("017") or hexadecimal ("0x1f").
std::optional<std::uint64_t> ipv4_number(std::string_view part) {
    if (part.empty()) {
        return std::nullopt;
    }
    int base = 10;
    if (part.size() >= 2 && part[0] == '0' && to_lower(part[1]) == 'x') {
        part.remove_prefix(2);
        base = 16;
    } else if (part.size() >= 2 && part[0] == '0') {
        part.remove_prefix(1);
        base = 8;
    }
    std::uint64_t number = 0;
    if (part.empty()) {
        return number;
    }
    auto const [end, error] = std::from_chars(part.data(), part.data() + part.size(), number, base);
    if (error != std::errc{} || end != part.data() + part.size()) {
        return std::nullopt;
    }
    return number;
}

bool all_digits(std::string_view text) {
    for (char const c : text) {
        if (!is_digit(c)) {
            return false;
        }
    }
    return !text.empty();
}

// 3.5, "ends in a number": from then on it is an IPv4 address or nothing.
bool ends_in_a_number(std::string_view host) {
    if (host.ends_with('.')) {
        host.remove_suffix(1);
    }
    auto const last = host.substr(host.rfind('.') + 1);
    return all_digits(last) || ipv4_number(last).has_value();
}

std::optional<std::string> normalise_ipv4(std::string_view host) {
    if (host.ends_with('.')) {
        host.remove_suffix(1);
    }
    auto const parts = split(host, '.');
    if (parts.size() > 4) {
        return std::nullopt;
    }
    std::uint64_t address = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto const number = ipv4_number(parts[i]);
        // The last part fills all the bytes that are left.
        auto const bytes = i + 1 < parts.size() ? 1 : 5 - parts.size();
        if (!number || *number >= std::uint64_t{1} << (8 * bytes)) {
            return std::nullopt;
        }
        address = address << (8 * bytes) | *number;
    }
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) {
        text += std::to_string(address >> shift & 0xFF);
        if (shift > 0) {
            text += '.';
        }
    }
    return text;
}

std::optional<std::string> normalise_ipv6(std::string_view bracketed) {
    if (!bracketed.ends_with(']')) {
        return std::nullopt;
    }
    std::string const inner{bracketed.substr(1, bracketed.size() - 2)};
    in6_addr address{};
    if (inet_pton(AF_INET6, inner.c_str(), &address) != 1) {
        return std::nullopt;
    }
    char text[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET6, &address, text, sizeof text);
    return "[" + std::string{text} + "]";
}

// A name of small letters, digits and hyphens, the last label of which is no number: nothing to be done, as
// with nearly all.
bool is_normal(std::string_view host) {
    for (auto const c : host) {
        if (!(c >= 'a' && c <= 'z') && !is_digit(c) && c != '-' && c != '.') {
            return false;
        }
    }
    auto const last = host.substr(host.rfind('.') + 1);
    return !last.empty() && last.front() >= 'a' && last.front() <= 'z' &&
           host.find("xn--") == std::string_view::npos;
}

}  // namespace

std::optional<std::string> normalise_host(std::string_view written) {
    if (written.empty() || written.size() > kMaxHost) {
        return std::nullopt;
    }
    if (is_normal(written)) {
        return std::string{written};
    }
    if (written.front() == '[') {
        return normalise_ipv6(written);
    }
    auto decoded = percent_decode(written);
    std::optional<std::string> name;
    if (is_plain_ascii_name(decoded)) {
        name = to_lower(decoded);
    } else if (is_utf8(decoded)) {
        name = to_a_labels(decoded);
    }
    if (!name || name->empty()) {
        return std::nullopt;
    }
    for (char const c : *name) {
        if (is_forbidden(c)) {
            return std::nullopt;
        }
    }
    return ends_in_a_number(*name) ? normalise_ipv4(*name) : name;
}

}  // namespace newswired::http
