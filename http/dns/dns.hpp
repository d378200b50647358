// DNS by c-ares: one thread asks for any number of names at once, and tells how long their answers hold.
//
// getaddrinfo would need a thread for each name that is slow, and says nothing of TTLs.  Each family is a
// question of its own (families.hpp).  /etc/hosts and resolv.conf count as ever; names without a dot, and
// those under .local, are left to the system, since nsswitch.conf may have other ways for them.  Search
// domains are not tried: a feed's host is a whole name.

#pragma once

#include "core/time.hpp"
#include "http/dns/lookup_threads.hpp"
#include "http/dns/name_lookup.hpp"

#include <memory>

namespace newswired::http {

struct DnsPatience {
    milliseconds timeout{
        2'000};  ///< of the first try, doubled at each: 14 s in all, less than a poll may take
    int tries = 3;
    milliseconds other_family{400};  ///< for the second, once one has an address
};

class Dns final : public NameLookup {
  public:
    static constexpr std::size_t kMaxAtOnce = 1'000;  // names asked for at a time; others wait

    /// `servers`: "address:port, …" instead of resolv.conf's, for tests.
    explicit Dns(std::string servers = {}, DnsPatience patience = {});
    /// Waits for no answer: what is under way fails.
    ~Dns() override;
    Dns(Dns const&) = delete;
    Dns& operator=(Dns const&) = delete;

    void look_up(std::string host, std::weak_ptr<void> wanted, Done done) override;

  private:
    class Loop;
    std::unique_ptr<Loop> loop_;
    LookupThreads system_;
};

}  // namespace newswired::http
