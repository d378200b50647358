// The door of a server: a TCP port or a Unix socket that takes connections.

#pragma once

#include "core/clock.hpp"
#include "core/listen_address.hpp"
#include "core/result.hpp"
#include "core/task.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace newswired::http {

/// A connection, whatever it came by.
using Stream = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, Executor>;

class Listener {
  public:
    Listener(Executor executor, Clock& clock) : executor_{executor}, clock_{clock} {}
    /// Removes its Unix socket.
    ~Listener();
    Listener(Listener const&) = delete;
    Listener& operator=(Listener const&) = delete;

    /// A socket that lies at a Unix address already is replaced (two daemons are kept apart by the state's
    /// lock); any other file stays, and is an error.
    Result<void> open(ListenAddress const& address);
    /// Hands over connections as they come, until close() or cancellation (which may throw
    /// operation_aborted).  Out of descriptors it pauses and goes on.
    Task<void> accept(std::function<void(Stream)> take);
    void close();

    /// 0 for a Unix socket.
    std::uint16_t port() const;

  private:
    template <typename Protocol>
    using Acceptor = boost::asio::basic_socket_acceptor<Protocol, Executor>;
    using Tcp = boost::asio::ip::tcp;
    using Local = boost::asio::local::stream_protocol;

    Error open_tcp(ListenAddress const& address);
    Error open_unix(std::string const& path);
    template <typename Protocol>
    Task<void> accept_on(Acceptor<Protocol>& acceptor, std::function<void(Stream)> take);

    Executor executor_;
    Clock& clock_;
    std::optional<Acceptor<Tcp>> tcp_;
    std::optional<Acceptor<Local>> local_;
    std::string socket_path_;
    bool closed_ = false;
};

}  // namespace newswired::http
