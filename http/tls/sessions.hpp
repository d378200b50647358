// TLS sessions that wait to be resumed, as bytes: by origin and route, over restarts too.
//
// A resumed handshake costs a third of a full one.  Who holds a session can pass for the server, and read
// what was said in it: where sessions are written to a file, nobody else may read that.
//
// Thread-safe; shared by all clients.  No OpenSSL here: tls.cpp makes the bytes and reads them.

#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace newswired::http {

class TlsSessions {
  public:
    // Without its certificate a session is some 400 bytes.
    static constexpr std::size_t kMaxSessions = 50'000;
    static constexpr std::size_t kMaxSessionBytes = 8 * 1024;  // tickets grow with what servers put into them

    /// Keeps the newest session of `key`.
    void keep(std::string const& key, std::string bytes, SystemTime until, SystemTime now);
    /// Empty when there is none.
    std::string find(std::string const& key, SystemTime now) const;
    void forget(std::string const& key);
    std::size_t size() const;

    /// All that is still good, and back: version, then (key, bytes, until)*.  What can't be read is dropped.
    std::string save(SystemTime now) const;
    void load(std::string_view bytes, SystemTime now);

  private:
    struct Session {
        std::string bytes{};
        SystemTime until{};
    };
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Session> sessions_;
};

}  // namespace newswired::http
