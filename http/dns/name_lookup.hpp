// The door to the system's names: asks for the addresses of a host, and never holds up who asks.
//
// Behind it: dns.hpp (a thread that speaks DNS and knows how long answers hold), and lookup_threads.hpp
// (threads that block in a function, as tests script it).

#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <boost/asio/ip/address.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace newswired::http {

using Addresses = std::vector<boost::asio::ip::address>;

struct NameAnswer {
    Addresses addresses{};
    std::optional<seconds> ttl{};  ///< how long the answer holds, where that is known
};

class NameLookup {
  public:
    using Done = std::function<void(Result<NameAnswer>)>;

    virtual ~NameLookup() = default;

    /// Calls `done` once, on some other thread, unless `wanted` has expired when the host's turn comes.
    /// errc::name_not_found when the name is known not to exist (or to have no address),
    /// errc::name_lookup_failed for every other failure.
    virtual void look_up(std::string host, std::weak_ptr<void> wanted, Done done) = 0;
};

/// Names that are loopback, whatever files and servers say (RFC 6761, 6.3).
bool is_local_host(std::string_view host);

}  // namespace newswired::http
