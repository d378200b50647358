// Proxies: by which address, and in which words, a connection is asked for.
//
//     http://[user:password@]host[:port]      CONNECT for https; plain http is asked in absolute form
//     socks5h://[user:password@]host[:port]   the proxy resolves the name, too
//
// The handshake is a state machine over bytes, without I/O: send what it has to send, feed what comes, until
// it is done.  Credentials go to the proxy alone.
//
// Specs: RFC 9110, 9.3.6 (CONNECT), 11.7 (Proxy-Authorization); RFC 9112, 3.2.2 (absolute form);
// RFC 1928 (SOCKS 5), RFC 1929 (user and password).

#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newswired::http {

struct Proxy {
    enum class Kind : std::uint8_t { http, socks5 } kind = Kind::http;
    std::string host{};  ///< as in a URL: IPv6 in brackets
    std::uint16_t port = 0;
    std::string username{};  ///< percent-decoded
    std::string password{};

    /// For Proxy-Authorization: "Basic …", or empty.
    std::string credentials() const;
};

/// None when `text` is no URL of a proxy.
std::optional<Proxy> parse_proxy(std::string_view text);

class ProxyHandshake {
  public:
    /// A tunnel through `proxy` to `host` (as in a URL) and `port`.
    ProxyHandshake(Proxy proxy, std::string host, std::uint16_t port);

    /// What is to be sent next; empty when an answer is awaited.
    std::string take_output();
    /// Takes what the proxy sent.  errc::proxy_refused, errc::proxy_credentials, or errc::bad_response for
    /// what is no answer.  Nobody speaks before we do, so bytes after the answer are an error as well.
    Error feed(std::string_view bytes);
    bool done() const { return step_ == Step::done; }

  private:
    enum class Step : std::uint8_t { connect, method, login, reply, done };

    Error feed_connect();
    Error feed_method();
    Error feed_login();
    Error feed_reply();
    Error finish(std::size_t used);
    void ask_socks();
    bool has_credentials() const { return !proxy_.username.empty() || !proxy_.password.empty(); }

    Proxy proxy_;
    std::string host_;
    std::uint16_t port_;
    Step step_ = Step::connect;
    std::string out_;
    std::string in_;
};

}  // namespace newswired::http
