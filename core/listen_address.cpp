#include "core/listen_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <charconv>

namespace newswired {
namespace {

bool is_address(int family, std::string const& host) {
    in6_addr address{};
    return ::inet_pton(family, host.c_str(), &address) == 1;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (failed != std::errc{} || end != text.data() + text.size()) {
        return {};
    }
    return port;
}

}  // namespace

std::optional<ListenAddress> parse_listen_address(std::string_view text) {
    constexpr std::string_view kUnix = "unix:";
    if (text.starts_with(kUnix)) {
        ListenAddress address{.path = std::string{text.substr(kUnix.size())}};
        auto const fits = address.path.size() < sizeof(sockaddr_un::sun_path);
        return address.path.starts_with('/') && fits ? std::optional{std::move(address)} : std::nullopt;
    }
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return {};
    }
    auto const port = parse_port(text.substr(colon + 1));
    if (!port) {
        return {};
    }
    ListenAddress address{.host = std::string{text.substr(0, colon)}, .port = *port};
    auto& host = address.host;
    if (host.empty()) {
        host = "0.0.0.0";
    } else if (host == "localhost") {
        host = "127.0.0.1";
    } else if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
        return is_address(AF_INET6, host) ? std::optional{std::move(address)} : std::nullopt;
    }
    return is_address(AF_INET, host) ? std::optional{std::move(address)} : std::nullopt;
}

}  // namespace newswired
