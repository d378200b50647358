// The Asio types of this room, on the io_context's own executor.

#pragma once

#include "core/task.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>

namespace newswired::http {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

/// What a task waits on for something that happens on its own thread: cancelled to wake it up.
using WakeUp =
    boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                      boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;

/// Awaits an Asio operation and yields its results as a tuple, the error first.  Deferred: the task itself
/// starts the operation, where use_awaitable makes another task for it.
inline constexpr auto kTuple = boost::asio::as_tuple(boost::asio::deferred);

}  // namespace newswired::http
