// What servers and proxies say: robots.txt, Strict-Transport-Security, the words of a proxy's handshake.

#include "http/hsts.hpp"
#include "http/proxy.hpp"
#include "http/robots.hpp"
#include "http/url/url.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>

using namespace newswired;

namespace {

void read_robots(std::string_view text) {
    http::Robots const robots{text, "newswired"};
    auto const line = text.substr(0, text.find('\n'));
    fuzz::require(robots.allows("/robots.txt") == robots.allows("/robots.txt"), "rules don't change");
    (void)robots.allows(line);
    (void)robots.allows("/a/b/c?d=e");
    (void)http::product_token(line);
}

void keep_promises(std::string_view text) {
    SystemTime const now{std::chrono::seconds{1'800'000'000}};
    http::StrictHosts hosts;
    hosts.note("news.example", text, now);
    fuzz::require(hosts.size() <= 1, "a field speaks for one host");
    hosts.load(text);
    auto const saved = hosts.save();
    http::StrictHosts again;
    again.load(saved);
    fuzz::require(again.size() == hosts.size(), "promises outlive a restart");
}

// In one piece or byte by byte, it comes to the same.
void shake_hands(http::Proxy::Kind kind, std::string_view text) {
    auto const make = [&] {
        http::ProxyHandshake made{
            {.kind = kind, .host = "proxy.example", .port = 1080, .username = "u"}, "news.example", 443};
        (void)made.take_output();
        return made;
    };
    auto whole = make();
    auto const failure = whole.feed(text);
    auto slow = make();
    Error slow_failure{};
    for (std::size_t i = 0; i < text.size() && !slow_failure && !slow.done(); ++i) {
        slow_failure = slow.feed(text.substr(i, 1));
        (void)slow.take_output();
    }
    fuzz::require(!(whole.done() && !failure) || slow.done(), "an answer is one, in however many pieces");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = fuzz::text_of(data, size);
    read_robots(text);
    keep_promises(text);
    shake_hands(http::Proxy::Kind::http, text);
    shake_hands(http::Proxy::Kind::socks5, text);
    if (auto const proxy = http::parse_proxy(text)) {
        fuzz::require(!proxy->host.empty() && proxy->port != 0, "a proxy has a host and a port");
    }
    return 0;
}
