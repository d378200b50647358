// One connection to one origin, plain or TLS, and the few that rest between requests.

#pragma once

#include "core/time.hpp"
#include "http/socket_places.hpp"
#include "http/tls/tls.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

namespace newswired::http {

class Connection {
  public:
    Connection(PlacedSocket placed, std::string the_key)
        : place{std::move(placed.place)}, socket{std::move(placed.socket)}, key{std::move(the_key)} {}

    /// What can be read or written without waiting.
    IoResult read(char* to, std::size_t size);
    IoResult write(std::string_view bytes);

    /// Whether an idle connection is still open and silent, as it should be.
    bool is_idle();

    SocketPlaces::Place place;  ///< given back when the socket is closed, so it goes last
    Socket socket;
    std::string key;  ///< what it may be used for: origin, route, proxy, and whether that is trusted
    std::unique_ptr<TlsStream> tls{};  ///< refers to the socket, so it goes first
};

/// Connections kept open between requests, the longest idle first.
class IdleConnections {
  public:
    IdleConnections(std::size_t max, milliseconds timeout) : max_{max}, timeout_{timeout} {}

    /// One that is alive; null when there is none.
    std::unique_ptr<Connection> take(std::string_view key, SteadyTime now);
    void put(std::unique_ptr<Connection> connection, SteadyTime now);
    /// Closes those that were idle too long.
    void sweep(SteadyTime now);
    /// Closes the longest idle; false when there is none.
    bool close_one();
    void clear() { idle_.clear(); }
    std::size_t size() const { return idle_.size(); }

  private:
    // With a hash of its key: nearly every request looks through all of them and finds none.
    struct Idle {
        std::uint64_t key = 0;
        SteadyTime since{};
        std::unique_ptr<Connection> connection{};
    };

    std::size_t max_;
    milliseconds timeout_;
    std::deque<Idle> idle_;
};

}  // namespace newswired::http
