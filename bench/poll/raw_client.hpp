// The cheapest client that there can be: epoll, no state, nothing checked but the status line.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace newswired::bench {

/// Asks the server's hosts at `port` in turn for `path`, `count` times, each over a connection of its own,
/// `parallel` at a time.
void ask_raw(std::uint16_t port, std::string const& path, std::size_t count, std::size_t parallel);

}  // namespace newswired::bench
