// The client that speaks to real servers: HTTP/1.1 over TCP and TLS.
//
// One for each I/O thread, without locks; what threads can share (authorities, sessions, DNS) they share.
// The way of a request: name → addresses (resolver) → guard → connect → proxy → TLS → request, response
// (response_parser) → redirects, each of which goes the same way again.

#pragma once

#include "core/clock.hpp"
#include "http/client.hpp"
#include "http/dns/lookup_threads.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::http {

struct BeastClientOptions {
    std::string user_agent{};      ///< the whole of it; empty: newswired/VERSION (+contact)
    std::string contact{};         ///< where a server's operator finds out who we are: an URL or address
    milliseconds timeout{20'000};  ///< silence of the server
    milliseconds total_timeout{60'000};
    std::size_t max_body = 16'000'000;
    unsigned redirects_max = 10;
    std::vector<std::string> allow_addresses{};  ///< ranges that may be connected to although not public
    std::size_t connections_max = 0;             ///< sockets at a time, idle ones too; 0: no bound
    std::size_t idle_connections_max = 64;       ///< kept open between requests; 0: none
    milliseconds idle_timeout{60'000};           ///< servers close theirs after 5 to 120 s
    std::string proxy{};  ///< URL (proxy.hpp); empty: none.  Not for requests whose address is trusted
    Clock const* clock = nullptr;  ///< null: the machine's
};

/// What all clients share.  Thread-safe.
struct SharedNetwork;

/// `ca_file`: further authorities beside the system's (PEM), may be empty.  Throws std::invalid_argument when
/// there are no certificates in it.  Names are looked up by DNS (dns/dns.hpp).
std::shared_ptr<SharedNetwork> make_shared_network(std::string ca_file = {});
/// The same with another way to look names up.
std::shared_ptr<SharedNetwork> make_shared_network(std::string ca_file, std::shared_ptr<NameLookup> names);
std::shared_ptr<SharedNetwork> make_shared_network(std::string ca_file, BlockingLookup lookup);

/// What is worth keeping over a restart: TLS sessions, and which hosts want https.  Secret, since a session's
/// holder can pass for the server.  recall() passes over what it can't read.
std::string memory_of(SharedNetwork const& network, SystemTime now);
void recall(SharedNetwork& network, std::string_view memory, SystemTime now);

/// How many TLS handshakes there were, and how many of them resumed a session.
struct TlsCounts {
    std::uint64_t handshakes = 0;
    std::uint64_t resumed = 0;
};
TlsCounts tls_counts(SharedNetwork const& network);

class BeastClient final : public Client {
  public:
    /// Runs on `executor`, and must be destroyed before its io_context.  Throws std::invalid_argument when
    /// something of allow_addresses is no range.
    BeastClient(Executor executor, std::shared_ptr<SharedNetwork> network, BeastClientOptions options = {});
    ~BeastClient() override;

    Task<Result<Response>> send(Request request) override;

    void close_stale_connections() override;

    struct State;

  private:
    std::shared_ptr<State> state_;  // requests under way share it
};

}  // namespace newswired::http
