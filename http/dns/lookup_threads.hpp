// The threads that look names up.
//
// getaddrinfo blocks for as long as a name server likes, so it runs on a few threads of its own; a lookup
// that hangs costs its slot there and nothing else.

#pragma once

#include "http/dns/name_lookup.hpp"

#include <functional>
#include <memory>
#include <string>

namespace newswired::http {

/// Looks a name up and blocks meanwhile.  errc::name_not_found when it is known not to exist (or to have no
/// address), errc::name_lookup_failed for every other failure.
using BlockingLookup = std::function<Result<Addresses>(std::string const& host)>;

/// The system's: /etc/hosts, DNS, whatever nsswitch.conf says; in the order of RFC 6724.
Result<Addresses> system_lookup(std::string const& host);

/// The threads that look names up; shared by all clients, made when first needed.
class LookupThreads final : public NameLookup {
  public:
    static constexpr std::size_t kMaxThreads = 16;  // as many names may hang at once before others wait

    explicit LookupThreads(BlockingLookup lookup = system_lookup);
    /// Does not wait for lookups that hang.
    ~LookupThreads() override;
    LookupThreads(LookupThreads const&) = delete;
    LookupThreads& operator=(LookupThreads const&) = delete;

    void look_up(std::string host, std::weak_ptr<void> wanted, Done done) override;

  private:
    struct Shared;
    std::shared_ptr<Shared> shared_;
};

}  // namespace newswired::http
