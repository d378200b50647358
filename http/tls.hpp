// TLS over a non-blocking socket, by OpenSSL: certificates verified against name and authority, sessions
// resumed.
//
// A handshake costs 8.1 million instructions, a resumed one 2.4; so every client remembers its hosts'
// sessions. Specs: RFC 8446; RFC 6066, 3 (server name); RFC 9110, 4.3.4 (whom to trust); RFC 9325 (TLS 1.2
// and above).

#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

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
    /// `ca_file` holds further authorities (PEM), beside the system's; may be empty.  Throws
    /// std::invalid_argument when there are no certificates in it.
    explicit TlsContext(std::string ca_file = {});
    ~TlsContext();
    TlsContext(TlsContext const&) = delete;
    TlsContext& operator=(TlsContext const&) = delete;

    struct Native;
    Native& native();

  private:
    std::unique_ptr<Native> native_;
};

/// The sessions of one client, by origin.  Belongs to one I/O thread and outlives its streams.
class TlsSessions {
  public:
    TlsSessions();
    ~TlsSessions();
    TlsSessions(TlsSessions const&) = delete;
    TlsSessions& operator=(TlsSessions const&) = delete;

    struct Store;
    Store& store() { return *store_; }

  private:
    std::unique_ptr<Store> store_;
};

class TlsStream {
  public:
    /// `socket` is connected and outlives the stream; `host` is the URL's.
    TlsStream(TlsContext& context, TlsSessions& sessions, int socket, std::string host, std::string origin);
    ~TlsStream();
    TlsStream(TlsStream const&) = delete;
    TlsStream& operator=(TlsStream const&) = delete;

    /// One step; to be repeated after what it wants.  Nothing is sent to a host that is not who it claims to
    /// be.
    Io handshake();
    /// Why handshake() failed: errc::certificate_refused or errc::tls_failed.
    Error failure() const;
    bool resumed() const;

    IoResult read(char* to, std::size_t size);
    IoResult write(std::string_view bytes);

    struct Native;

  private:
    std::unique_ptr<Native> native_;
};

}  // namespace newswired::http
