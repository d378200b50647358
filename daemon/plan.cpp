#include "daemon/plan.hpp"

#include "core/hash.hpp"
#include "core/scan.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <utility>

namespace newswired::daemon {

Plan::Plan(config::Settings settings, std::span<articles::Step const> cleaning_steps)
    : settings_{std::move(settings)}, rules_{settings_.rules}, cleaning_steps_{cleaning_steps} {}

feeds::IntervalRules Plan::interval_rules(std::size_t feed) const {
    auto const& options = feeds().options(feed);
    return {.interval = options.interval,
            .min_interval = options.min_interval,
            .max_interval = options.max_interval,
            .max_server_delay = options.max_server_delay,
            .backoff_base = settings_.fetch.backoff_base,
            .backoff_max = settings_.fetch.backoff_max};
}

http::SharedRoute Plan::http_route(std::size_t feed) const {
    auto const& options = feeds().options(feed);
    if (options.proxy.empty() && options.ca_file.empty() && options.pins.empty() && !options.insecure) {
        return nullptr;  // as nearly all
    }
    http::Route route{.proxy = options.proxy,
                      .ca_file = options.ca_file,
                      .pins = options.pins,
                      .any_certificate = options.insecure};
    return std::make_shared<http::Route const>(std::move(route));
}

std::string Plan::route(std::size_t feed) const {
    std::string route;
    for (auto const& sink : feeds().options(feed).sinks) {
        if (!route.empty()) {
            route += '\n';
        }
        route += sink;
    }
    return route;
}

namespace {

std::string_view written_host(std::string_view url) {
    auto const scheme = url.find("://");
    if (scheme == std::string_view::npos) {
        return {};
    }
    auto authority = url.substr(scheme + 3);
    authority = authority.substr(0, find_any<0, '/', '?', '#', '\\'>(authority, 0));
    if (authority.find('@') != std::string_view::npos) {
        authority.remove_prefix(authority.rfind('@') + 1);
    }
    auto const end_of_address = authority.starts_with('[') ? authority.find(']') : 0;
    if (auto const colon = authority.find(':', end_of_address); colon != std::string_view::npos) {
        authority = authority.substr(0, colon);
    }
    return authority;
}

}  // namespace

std::string host_of(std::string_view url) {
    return to_lower(written_host(url));
}

std::uint64_t host_hash(std::string_view url) {
    auto const host = written_host(url);
    auto const is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return std::none_of(host.begin(), host.end(), is_capital) ? xxh3(host) : xxh3(to_lower(host));
}

}  // namespace newswired::daemon
