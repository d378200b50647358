// DNS: from a host name to its addresses, without ever holding up an I/O thread.
//
// The looking up is done behind name_lookup.hpp.  Each client keeps answers for as long as they hold, and the
// last good one for longer: when DNS fails for a while, that host is still reached.

#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "http/dns/name_lookup.hpp"
#include "http/socket.hpp"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace newswired::http {

/// The address that `host` is, as it stands in a URL (IPv6 in brackets); none when it is a name.
std::optional<boost::asio::ip::address> address_in(std::string const& host);

/// One client's view of DNS.  Belongs to one I/O thread.
class Resolver {
  public:
    Resolver(Executor executor, std::shared_ptr<NameLookup> lookup, Clock const& clock);
    ~Resolver();
    Resolver(Resolver const&) = delete;
    Resolver& operator=(Resolver const&) = delete;

    /// The addresses if they need no waiting: an IP literal (IPv6 also in brackets) or a fresh answer.
    /// nullopt when resolve() has to be awaited.
    std::optional<Result<Addresses>> known(std::string const& host);

    /// The addresses of `host`.  `wake_up`, which is the caller's, is what it waits on: whoever cancels it
    /// ends the wait early with errc::name_lookup_failed, or with the last good answer.
    Task<Result<Addresses>> resolve(std::string host, WakeUp& wake_up);

    /// No answer comes after this.  To be called on the I/O thread before its io_context ends.
    void close();

  private:
    struct Mailbox;
    struct Lookup;
    struct Entry {
        Result<Addresses> answer{Addresses{}};
        SteadyTime fresh_until{};
        Addresses last_good{};
        SteadyTime last_good_until{};
    };

    std::shared_ptr<Lookup> join_or_start(std::string const& host);
    Result<Addresses> remember(std::string const& host, Result<NameAnswer> answer);

    Executor executor_;
    std::shared_ptr<NameLookup> lookup_;
    Clock const& clock_;
    std::shared_ptr<Mailbox> mailbox_;
    std::unordered_map<std::string, Entry> cache_;
    std::unordered_map<std::string, std::weak_ptr<Lookup>> running_;
};

}  // namespace newswired::http
