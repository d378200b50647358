// The cheapest client that there can be of the libraries that newswired is built on: Asio's coroutines,
// Beast's parser, RocksDB for what a poll leaves behind, and nothing else.  No schedule, no names, no headers
// looked at, no state read; nobody waits until it is written.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace newswired::bench {

/// As ask_raw(); writes as many bytes a poll as a feed's state usually has to a database in `folder`.
void ask_by_libraries(std::uint16_t port, std::string const& path, std::size_t count, std::size_t parallel,
                      std::string const& folder);

}  // namespace newswired::bench
