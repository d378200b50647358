// HTTP Strict Transport Security: hosts that said, over a verified connection, that they are to be asked over
// https only.
//
// Spec: RFC 6797.  Thread-safe; shared by all clients and kept over restarts (beast_client.hpp).

#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace newswired::http {

class StrictHosts {
  public:
    static constexpr std::size_t kMaxHosts = 20'000;  // 100 bytes each

    /// Takes over what the Strict-Transport-Security field of `host` says; a field that is not understood
    /// says nothing (6.1), as does one from an IP address (8.1.1).
    void note(std::string_view host, std::string_view field, SystemTime now);

    /// Whether `host`, or a domain above it that spoke for its subdomains, is to be asked over https (8.2).
    bool covers(std::string_view host, SystemTime now) const;

    std::size_t size() const;

    /// All of it as lines of text, and back; lines that are none are passed over.
    std::string save() const;
    void load(std::string_view text);

  private:
    struct Promise {
        SystemTime until{};
        bool subdomains = false;
    };
    bool holds(std::string const& host, bool is_above, SystemTime now) const;
    void make_room(SystemTime now);

    mutable std::mutex mutex_;
    std::unordered_map<std::string, Promise> promises_;
};

}  // namespace newswired::http
