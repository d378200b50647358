// The least that OpenSSL can be asked for: a handshake, a request, an answer, one after the other; no state,
// nothing checked but the certificates.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace newswired::bench {

/// Asks 127.0.0.1:`port` for `path` `count` times, each over a connection of its own, and trusts `authority`
/// (PEM). With `resume`, each goes on with the session of the one before, as an object that was never
/// written out.
void ask_raw_tls(std::uint16_t port, std::string const& authority, std::string const& path, std::size_t count,
                 bool resume);

}  // namespace newswired::bench
