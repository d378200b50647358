#include "http/proxy.hpp"

#include "core/text.hpp"
#include "http/client.hpp"
#include "http/request_head.hpp"
#include "http/url/percent.hpp"
#include "http/url/url.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>

namespace newswired::http {
namespace {

constexpr std::size_t kMaxAnswer = 16 * 1024;
constexpr std::size_t kMaxSocksField = 255;  // lengths are one byte

constexpr std::uint16_t kHttpProxyPort = 8080;
constexpr std::uint16_t kSocksPort = 1080;

// RFC 1928, 3 to 6; RFC 1929, 2.
constexpr char kSocks5 = 5;
constexpr char kNoCredentials = 0;
constexpr char kUserAndPassword = 2;
constexpr char kConnect = 1;
constexpr char kAddressV4 = 1;
constexpr char kName = 3;
constexpr char kAddressV6 = 4;

void append_field(std::string& out, std::string_view bytes) {
    out += static_cast<char>(bytes.size());
    out += bytes;
}

std::string without_brackets(std::string_view host) {
    auto const bracketed = host.size() > 2 && host.front() == '[';
    return std::string{bracketed ? host.substr(1, host.size() - 2) : host};
}

}  // namespace

std::string Proxy::credentials() const {
    return username.empty() && password.empty() ? std::string{} : basic_credentials(username, password);
}

std::optional<Proxy> parse_proxy(std::string_view text) {
    // Our URLs have hosts like http's only when that is their scheme.
    Proxy proxy;
    std::string address{trim(text)};
    for (auto const* scheme : {"socks5h://", "socks5://"}) {
        if (starts_with_ignoring_case(address, scheme)) {
            proxy.kind = Proxy::Kind::socks5;
            address = "http://" + address.substr(std::string_view{scheme}.size());
        }
    }
    auto const url = parse_url(address);
    if (!url || url->scheme != "http" || url->host.empty() || url->port == 0 || url->path.size() > 1 ||
        url->query) {
        return {};
    }
    // A port of 80 is left out of a URL, so it can't be told from none; nobody runs a proxy there unsaid.
    auto const usual = proxy.kind == Proxy::Kind::http ? kHttpProxyPort : kSocksPort;
    auto const says_80 = address.find(":80", address.rfind(']') == std::string::npos
                                                 ? address.find('@') + 1
                                                 : address.rfind(']')) != std::string::npos &&
                         !url->port;
    proxy.host = url->host;
    proxy.port = url->port ? *url->port : says_80 ? std::uint16_t{80} : usual;
    proxy.username = percent_decode(url->username);
    proxy.password = percent_decode(url->password);
    if (proxy.kind == Proxy::Kind::socks5 &&
        (proxy.username.size() > kMaxSocksField || proxy.password.size() > kMaxSocksField)) {
        return {};
    }
    return proxy;
}

ProxyHandshake::ProxyHandshake(Proxy proxy, std::string host, std::uint16_t port)
    : proxy_{std::move(proxy)}, host_{std::move(host)}, port_{port} {
    if (proxy_.kind == Proxy::Kind::http) {
        auto const authority = host_ + ":" + std::to_string(port_);
        out_ = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n";
        if (auto const credentials = proxy_.credentials(); !credentials.empty()) {
            out_ += "Proxy-Authorization: " + credentials + "\r\n";
        }
        out_ += "\r\n";
        return;
    }
    step_ = Step::method;
    out_ = {kSocks5, 1, has_credentials() ? kUserAndPassword : kNoCredentials};
}

std::string ProxyHandshake::take_output() {
    return std::exchange(out_, {});
}

Error ProxyHandshake::feed(std::string_view bytes) {
    in_ += bytes;
    if (in_.size() > kMaxAnswer) {
        return errc::bad_response;
    }
    switch (step_) {
        case Step::connect:
            return feed_connect();
        case Step::method:
            return feed_method();
        case Step::login:
            return feed_login();
        case Step::reply:
            return feed_reply();
        case Step::done:
            break;
    }
    return errc::bad_response;
}

Error ProxyHandshake::finish(std::size_t used) {
    if (used != in_.size()) {
        return errc::bad_response;
    }
    in_.clear();
    step_ = Step::done;
    return {};
}

// RFC 9110, 9.3.6: any 2xx opens the tunnel, and the answer has no body then.
Error ProxyHandshake::feed_connect() {
    constexpr std::string_view kBegin = "HTTP/1.";
    auto const length = std::min(in_.size(), kBegin.size());
    if (in_.compare(0, length, kBegin, 0, length) != 0) {
        return errc::bad_response;
    }
    auto const end = in_.find("\r\n\r\n");
    if (end == std::string::npos) {
        return {};
    }
    auto const status = in_.find(' ') + 1;  // within the first line: "HTTP/1.1 200 …"
    if (status == 0 || status + 3 > end) {
        return errc::bad_response;
    }
    if (in_[status] == '2') {
        return finish(end + 4);
    }
    return in_.compare(status, 3, "407") == 0 ? errc::proxy_credentials : errc::proxy_refused;
}

Error ProxyHandshake::feed_method() {
    if (in_.size() < 2) {
        return {};
    }
    auto const wanted = has_credentials() ? kUserAndPassword : kNoCredentials;
    if (in_.size() > 2 || in_[0] != kSocks5) {
        return errc::bad_response;
    }
    if (in_[1] != wanted) {
        return errc::proxy_credentials;
    }
    in_.clear();
    if (has_credentials()) {
        step_ = Step::login;
        out_ += char{1};
        append_field(out_, proxy_.username);
        append_field(out_, proxy_.password);
        return {};
    }
    ask_socks();
    return {};
}

Error ProxyHandshake::feed_login() {
    if (in_.size() < 2) {
        return {};
    }
    if (in_.size() > 2 || in_[1] != 0) {
        return in_.size() > 2 ? errc::bad_response : errc::proxy_credentials;
    }
    in_.clear();
    ask_socks();
    return {};
}

void ProxyHandshake::ask_socks() {
    step_ = Step::reply;
    out_ += kSocks5;
    out_ += kConnect;
    out_ += char{0};
    auto const host = without_brackets(host_);
    Error error;
    auto const address = boost::asio::ip::make_address(host, error);
    if (error) {
        out_ += kName;
        append_field(out_, std::string_view{host}.substr(0, kMaxSocksField));
    } else if (address.is_v4()) {
        out_ += kAddressV4;
        auto const bytes = address.to_v4().to_bytes();
        out_.append(bytes.begin(), bytes.end());
    } else {
        out_ += kAddressV6;
        auto const bytes = address.to_v6().to_bytes();
        out_.append(bytes.begin(), bytes.end());
    }
    out_ += static_cast<char>(port_ >> 8);
    out_ += static_cast<char>(port_ & 0xFF);
}

// VER REP RSV ATYP BND.ADDR BND.PORT
Error ProxyHandshake::feed_reply() {
    if (in_.size() < 5) {
        // A refusal may come without the rest, and is one already.
        return in_.size() >= 2 && in_[1] != 0 ? errc::proxy_refused : Error{};
    }
    if (in_[0] != kSocks5) {
        return errc::bad_response;
    }
    if (in_[1] != 0) {
        return errc::proxy_refused;
    }
    std::size_t address = 0;
    switch (in_[3]) {
        case kAddressV4:
            address = 4;
            break;
        case kAddressV6:
            address = 16;
            break;
        case kName:
            address = 1 + std::size_t{static_cast<unsigned char>(in_[4])};
            break;
        default:
            return errc::bad_response;
    }
    auto const whole = 4 + address + 2;
    return in_.size() < whole ? Error{} : finish(whole);
}

}  // namespace newswired::http
