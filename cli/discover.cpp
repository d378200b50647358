#include "cli/command.hpp"
#include "cli/discovery.hpp"
#include "core/spawn.hpp"
#include "http/beast_client.hpp"
#include "http/dns/lookup_threads.hpp"
#include "http/url/url.hpp"

#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace newswired::cli {
namespace {

constexpr std::size_t kMaxPage = 16'000'000;

struct Options {
    std::string url;
    std::vector<std::string> allowed;
};

// Whoever types an address means it, private or not; what a page then leads to is a stranger's word, and is
// refused on any other private address.
std::vector<std::string> addresses_of(std::string const& typed) {
    auto const url = http::parse_url(typed.find("://") == std::string::npos ? "http://" + typed : typed);
    if (!url) {
        return {};
    }
    std::vector<std::string> addresses;
    auto const bracketed = url->host.starts_with('[');
    auto const host = bracketed ? url->host.substr(1, url->host.size() - 2) : url->host;
    if (auto const found = http::system_lookup(host)) {
        for (auto const& address : *found) {
            addresses.push_back(address.to_string());
        }
    }
    return addresses;
}

int discover_feeds(Options options) {
    SystemClock clock;
    boost::asio::io_context context{1};
    http::BeastClientOptions client_options{.max_body = kMaxPage,
                                            .allow_addresses = addresses_of(options.url)};
    client_options.allow_addresses.insert(client_options.allow_addresses.end(), options.allowed.begin(),
                                          options.allowed.end());
    std::optional<http::BeastClient> client;
    try {
        client.emplace(context.get_executor(), http::make_shared_network(), client_options);
    } catch (std::invalid_argument const& error) {
        std::fprintf(stderr, "newswired: %s\n", error.what());
        return 64;
    }
    std::optional<Result<std::vector<FoundFeed>>> outcome;
    spawn(context.get_executor(), keep_result(discover(*client, clock, options.url), outcome));
    context.run();
    if (!*outcome) {
        std::fprintf(stderr, "newswired: %s: %s\n", options.url.c_str(), outcome->error().message().c_str());
        return 1;
    }
    for (auto const& feed : **outcome) {
        std::printf("%s\t%s\t%s\n", feed.url.c_str(), feed.type.c_str(), feed.title.c_str());
    }
    return (*outcome)->empty() ? 1 : 0;
}

}  // namespace

void add_discover(Command& program) {
    auto command =
        program.add_command("discover", "Prints the feeds of a web site: URL<TAB>TYPE<TAB>TITLE a line");
    auto const url = command.add_needed_text("URL", "A page of the site, or the site's name");
    auto const allowed = command.add_texts(
        "--allow-addresses",
        "Private ranges that may be asked beside the address of URL itself, such as 10.0.0.0/8");
    command.does([url, allowed] { return discover_feeds({.url = *url, .allowed = *allowed}); });
}

}  // namespace newswired::cli
