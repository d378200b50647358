// The house as it stands on one machine: RocksDB, the system's clock, clients on the real network.
//
// The only place where the daemon's doors are given their real things; tests give them others.

#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "daemon/daemon.hpp"
#include "daemon/plan.hpp"

#include <memory>
#include <string>

namespace newswired::http {
struct SharedNetwork;
}

namespace newswired::daemon {

/// What outlives the daemon: the open store, and what all clients share (names, TLS).
class House {
  public:
    /// Opens the state that `plan` names, creating it when there is none.
    static Result<std::unique_ptr<House>> open(SharedPlan plan);
    ~House();

    storage::Store& store() { return *store_; }
    Clock& clock() { return clock_; }
    ClientFactory client_factory() const { return make_client_; }
    /// Writes what the network is remembered by (TLS sessions, promises of https) to STATE_DIR/network, as
    /// the destructor does.  From any thread, one at a time.
    void save_memory();

  private:
    House() = default;

    SystemClock clock_;
    std::unique_ptr<storage::Store> store_;
    ClientFactory make_client_;
    std::string memory_file_;
    std::shared_ptr<http::SharedNetwork> network_;
};

}  // namespace newswired::daemon
