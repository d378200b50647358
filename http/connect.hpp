// Connecting: several addresses race, the next one starting when the one before is slow or fails.
//
// Spec: RFC 8305 (happy eyeballs).

#pragma once

#include "core/result.hpp"
#include "http/deadlines.hpp"
#include "http/dns/lookup_threads.hpp"
#include "http/socket_places.hpp"

namespace newswired::http {

/// RFC 8305, 5: how long an address has the field to itself.
inline constexpr milliseconds kHeadStart{250};

/// The first connection that comes about, to no other address than these.  errc::connect_failed when none
/// does. Waits for a place; addresses race only where there are places for it, and one that is silent for a
/// second gives its place to the next where there is no other.  `places` and `deadline` must outlive the
/// task.
Task<Result<PlacedSocket>> connect(Addresses addresses, std::uint16_t port, SocketPlaces& places,
                                   Deadline& deadline);

/// IPv6 and IPv4 in turn, beginning with the family of the first (RFC 8305, 4).
Addresses interleaved(Addresses const& addresses);

}  // namespace newswired::http
