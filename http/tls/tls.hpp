// TLS over a non-blocking socket, by OpenSSL: certificates verified against name and authority, sessions
// resumed.
//
// A handshake costs 8.1 million instructions, a resumed one 2.4; so the sessions of all hosts are remembered
// (sessions.hpp).  Specs: RFC 8446; RFC 6066, 3 (server name); RFC 9110, 4.3.4 (whom to trust); RFC 9325
// (TLS 1.2 and above); RFC 7469, 2.6 (pins).

#pragma once

#include "core/hash.hpp"
#include "core/result.hpp"
#include "http/tls/sessions.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::http {

/// What one attempt to read or write came to.
enum class Io : std::uint8_t { done, want_read, want_write, end, failed };

struct IoResult {
    Io state = Io::done;
    std::size_t bytes = 0;
};

/// The authorities that are trusted.  Shared by all threads; they are read at the first use (32 ms).
class TlsContext {
  public:
    /// `ca_files` hold further authorities (PEM), beside the system's; empty names count for nothing.  Throws
    /// std::invalid_argument when there are no certificates in one.
    explicit TlsContext(std::vector<std::string> ca_files = {});
    ~TlsContext();
    TlsContext(TlsContext const&) = delete;
    TlsContext& operator=(TlsContext const&) = delete;

    struct Native;
    Native& native();

  private:
    std::unique_ptr<Native> native_;
};

/// What a server has to show, and where its session is kept.
struct TlsDemands {
    std::string host{};            ///< the URL's
    std::string session_key{};     ///< origin and route: sessions are resumed by the same only
    std::vector<Sha256> pins{};    ///< keys, one of which the chain must have; empty: any
    bool any_certificate = false;  ///< authority, name and date are not checked
};

class TlsStream {
  public:
    /// `socket` is connected, and outlives the stream as `context` and `sessions` do.
    TlsStream(TlsContext& context, TlsSessions& sessions, int socket, TlsDemands demands);
    ~TlsStream();
    TlsStream(TlsStream const&) = delete;
    TlsStream& operator=(TlsStream const&) = delete;

    /// One step; to be repeated after what it wants.  Nothing is sent to a host that is not who it claims to
    /// be.
    Io handshake();
    /// Why handshake() failed: one of errc::tls_… or certificate_…
    Error failure() const;
    bool resumed() const;

    IoResult read(char* to, std::size_t size);
    IoResult write(std::string_view bytes);

    struct Native;

  private:
    std::unique_ptr<Native> native_;
};

}  // namespace newswired::http
