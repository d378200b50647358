// proxy, ca_file, pin, insecure: how servers are reached, and by what they are known.

#include "config/file.hpp"
#include "config/sections.hpp"
#include "core/base64.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <variant>

namespace newswired::config {
namespace {

constexpr std::uint64_t kMaxAuthorities = 16'000'000;  // the system's own are 250 kB
constexpr std::string_view kDirect = "direct";

bool is_proxy(std::string_view text) {
    for (auto const* scheme : {"http://", "socks5h://"}) {
        if (starts_with_ignoring_case(text, scheme)) {
            auto const rest = text.substr(std::string_view{scheme}.size());
            auto const host = rest.substr(rest.rfind('@') + 1);  // npos + 1 is 0
            auto const is_bad = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
            auto const slash = rest.find('/');
            return !host.empty() && host.front() != '/' && host.front() != ':' &&
                   std::none_of(rest.begin(), rest.end(), is_bad) &&
                   (slash == std::string_view::npos || slash + 1 == rest.size());
        }
    }
    return false;
}

bool is_pin(std::string_view text) {
    constexpr std::string_view kPrefix = "sha256/";
    constexpr std::size_t kDigest = 32;
    if (!text.starts_with(kPrefix)) {
        return false;
    }
    auto const digest = decode_base64(text.substr(kPrefix.size()));
    return digest && digest->size() == kDigest;
}

// A URL with a password is shown without it.
std::string without_credentials(std::string_view url) {
    auto const at = url.rfind('@');
    auto const scheme = url.find("://");
    if (at == std::string_view::npos) {
        return std::string{url};
    }
    return std::string{scheme == std::string_view::npos ? "" : url.substr(0, scheme + 3)} + "…" +
           std::string{url.substr(at)};
}

}  // namespace

void read_proxy(Section& section, std::string& proxy) {
    auto const* const node = section.get("proxy");
    if (node == nullptr) {
        return;
    }
    section.text("proxy", proxy);
    if (!proxy.empty() && proxy != kDirect && !is_proxy(proxy)) {
        section.report().mistake(*node,
                                 "'proxy' must be http://HOST:PORT, socks5h://HOST:PORT or direct, but is '" +
                                     without_credentials(proxy) + "'");
    }
    if (proxy == kDirect && section.name() == "fetch") {
        proxy.clear();
    }
}

void read_ca_file(Section& section, std::string& ca_file) {
    auto const* const node = section.get("ca_file");
    if (node == nullptr) {
        return;
    }
    section.path("ca_file", ca_file);
    auto const found = read_file(ca_file, kMaxAuthorities);
    if (auto const* const error = std::get_if<FileError>(&found)) {
        section.report().mistake(*node, "'ca_file': " + ca_file + " " + error->what);
    } else if (std::get<std::string>(found).find("-----BEGIN") == std::string::npos) {
        section.report().mistake(*node, "'ca_file': there are no certificates (PEM) in " + ca_file);
    }
}

void read_route(Section& section, FeedOptions& options) {
    read_proxy(section, options.proxy);
    read_ca_file(section, options.ca_file);
    section.texts("pin", options.pins);
    if (auto const* const node = section.get("pin")) {
        for (auto const& pin : options.pins) {
            if (!is_pin(pin)) {
                section.report().mistake(
                    *node,
                    "'pin' must be sha256/ and the base64 of a public key's SHA-256, but is '" + pin + "'");
            }
        }
    }
    section.flag("insecure", options.insecure);
    if (auto const* const node = section.get("insecure"); node != nullptr && options.insecure) {
        section.report().warning(
            *node, options.pins.empty()
                       ? "'insecure': anyone on the way can pass for this server; a 'ca_file' or a "
                         "'pin' beside it would prevent that"
                       : "'insecure': only the pinned key is checked");
    }
}

}  // namespace newswired::config
