// DNS by c-ares: one thread asks for any number of names at once, and tells how long their answers hold.
//
// getaddrinfo would need a thread for each name that is slow, and says nothing of TTLs.  /etc/hosts and
// resolv.conf count as ever; names without a dot, and those under .local, are left to the system, since
// nsswitch.conf may have other ways for them.  Search domains are not tried: a feed's host is a whole name.

#pragma once

#include "http/lookup_threads.hpp"
#include "http/name_lookup.hpp"

#include <memory>

namespace newswired::http {

class Dns final : public NameLookup {
  public:
    static constexpr std::size_t kMaxAtOnce = 1'000;  // names asked for at a time; others wait

    /// `servers`: "address:port, …" instead of resolv.conf's, for tests.
    explicit Dns(std::string servers = {});
    /// Waits for no answer.
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
