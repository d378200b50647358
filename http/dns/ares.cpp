#include "http/dns/ares.hpp"

#include "http/client.hpp"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace newswired::http {
namespace {

namespace ip = boost::asio::ip;

std::optional<ip::address> address_of(ares_addrinfo_node const& found) {
    if (found.ai_family == AF_INET) {
        sockaddr_in address{};
        std::memcpy(&address, found.ai_addr, sizeof address);
        return ip::address_v4{ntohl(address.sin_addr.s_addr)};
    }
    if (found.ai_family == AF_INET6) {
        sockaddr_in6 address{};
        std::memcpy(&address, found.ai_addr, sizeof address);
        ip::address_v6::bytes_type bytes;
        std::memcpy(bytes.data(), &address.sin6_addr, bytes.size());
        return ip::address_v6{bytes, address.sin6_scope_id};
    }
    return {};
}

template <typename Address>
void append_addresses(Addresses& addresses, hostent const& found) {
    typename Address::bytes_type bytes;
    for (auto* const* each = found.h_addr_list; *each != nullptr; ++each) {
        std::memcpy(bytes.data(), *each, bytes.size());
        addresses.emplace_back(Address{bytes});
    }
}

}  // namespace

Result<NameAnswer> answer_of(int status, ares_addrinfo const* found) {
    if (status == ARES_ENOTFOUND || status == ARES_ENODATA || status == ARES_EBADNAME) {
        return errc::name_not_found;
    }
    if (status != ARES_SUCCESS || found == nullptr) {
        return errc::name_lookup_failed;
    }
    NameAnswer answer;
    auto ttl = std::numeric_limits<int>::max();
    for (auto const* node = found->nodes; node != nullptr; node = node->ai_next) {
        if (auto const address = address_of(*node)) {
            answer.addresses.push_back(*address);
            ttl = std::min(ttl, node->ai_ttl);
        }
    }
    if (answer.addresses.empty()) {
        return errc::name_not_found;
    }
    for (auto const* alias = found->cnames; alias != nullptr; alias = alias->next) {
        ttl = std::min(ttl, alias->ttl);
    }
    answer.ttl = seconds{std::max(ttl, 0)};
    return answer;
}

std::optional<NameAnswer> answer_in_hosts_file(ares_channel channel, std::string const& host) {
    NameAnswer answer;
    hostent* found = nullptr;
    if (ares_gethostbyname_file(channel, host.c_str(), AF_INET, &found) == ARES_SUCCESS) {
        append_addresses<ip::address_v4>(answer.addresses, *found);
        ares_free_hostent(found);
    }
    if (ares_gethostbyname_file(channel, host.c_str(), AF_INET6, &found) == ARES_SUCCESS) {
        append_addresses<ip::address_v6>(answer.addresses, *found);
        ares_free_hostent(found);
    }
    return answer.addresses.empty() ? std::nullopt : std::optional{std::move(answer)};
}

// A datagram socket that is "connected" to it has only looked up the route.
bool has_route_to(ip::address const& address) {
    auto const probe = socket(address.is_v6() ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (probe < 0) {
        return false;
    }
    int outcome = -1;
    if (address.is_v6()) {
        sockaddr_in6 where{};
        where.sin6_family = AF_INET6;
        where.sin6_port = htons(443);
        auto const bytes = address.to_v6().to_bytes();
        std::memcpy(&where.sin6_addr, bytes.data(), bytes.size());
        outcome = connect(probe, reinterpret_cast<sockaddr const*>(&where), sizeof where);
    } else {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(443);
        where.sin_addr.s_addr = htonl(address.to_v4().to_uint());
        outcome = connect(probe, reinterpret_cast<sockaddr const*>(&where), sizeof where);
    }
    close(probe);
    return outcome == 0;
}

}  // namespace newswired::http
