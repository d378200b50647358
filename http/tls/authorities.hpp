// The authorities that servers are judged by: the system's with the client's own, and for some routes those
// of a further file.
//
// Thread-safe; shared by all clients.  A file is read once, when first asked for.

#pragma once

#include "http/tls/tls.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace newswired::http {

class Authorities {
  public:
    // Each is a whole set of authorities in memory; nobody has this many of his own.
    static constexpr std::size_t kMaxFiles = 1'000;

    /// `ca_file`: beside the system's, for all; may be empty.  Throws std::invalid_argument when there are no
    /// certificates in it.
    explicit Authorities(std::string ca_file) : own_{ca_file}, context_{{std::move(ca_file)}} {}

    /// With those in `ca_file` as well; null when that holds none.  Lives as long as this.
    TlsContext* with(std::string const& ca_file);

  private:
    std::string own_;
    TlsContext context_;
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<TlsContext>> others_;
};

}  // namespace newswired::http
