// The server that bench/poll asks: one thread, epoll, no disk, in a process of its own, so that what it costs
// is counted apart.
//
//     GET /small   304 to a conditional request, else a feed of one item with a tag
//     GET /large   a feed of 30 kB, always anew
//
// The connection stays open unless the request says "Connection: close".

#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace newswired::bench {

struct Server {
    pid_t process = 0;
    std::uint16_t plain = 0;
    std::uint16_t tls = 0;       ///< gives tickets: sessions can be resumed
    std::uint16_t tls_full = 0;  ///< never resumes
    std::string authority{};     ///< path of the root certificate (PEM) of *.bench.example
};

/// Starts the server on all addresses of 127.0.0.0/8.  Call it before there are threads.
Server start_server(std::string const& folder);
void stop_server(Server const& server);

/// The IPv4 address, in host order, at which the clients find the server's host of this number.  Hosts are
/// spread over 250 addresses: closed connections keep their ports for a minute, and to one address there are
/// so few of them that the kernel's search for a free one would soon be all that is measured.
constexpr std::uint32_t address_of_host(std::size_t number) {
    return 0x7F000101U + static_cast<std::uint32_t>(number % 250);  // 127.0.1.1 and on
}

/// The document at /small or /large.
std::string document(bool large);

}  // namespace newswired::bench
