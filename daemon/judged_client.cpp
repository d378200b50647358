#include "daemon/judged_client.hpp"

#include "daemon/permission.hpp"
#include "http/redirect.hpp"

#include <chrono>
#include <utility>
#include <vector>

namespace newswired::daemon {
namespace {

bool leads_on(http::Request const& request, http::Response const& response, SystemTime now) {
    return http::is_redirect(response.status) && http::asked_delay(request, response, now) == milliseconds{0};
}

}  // namespace

// `total_timeout` is of the whole poll: each request has it anew from the client.
Task<Result<http::Response>> JudgedClient::ask(http::Request request) {
    auto const& services = pass_.services;
    if (taken_ >= pass_.plan->settings().fetch.total_timeout) {
        co_return http::errc::too_slow;
    }
    auto const began = services.clock.steady_now();
    request.redirects = http::Redirects::refuse;
    auto response = co_await services.client.send(std::move(request));
    taken_ += std::chrono::ceil<milliseconds>(services.clock.steady_now() - began);
    co_return std::move(response);
}

Task<Result<http::Response>> JudgedClient::send(http::Request request) {
    auto url = http::parse_url(request.url);
    if (!url || !url->is_http()) {
        co_return http::errc::bad_url;
    }
    http::take_credentials(request, *url);
    std::vector<http::Hop> hops;
    std::uint64_t wire_bytes = 0;
    for (;;) {
        request.url = url->text();
        auto once = request;
        auto response = co_await ask(std::move(once));
        if (!response) {
            co_return response.error();
        }
        wire_bytes += response->wire_bytes;
        if (!leads_on(request, *response, pass_.services.clock.now())) {
            response->hops = std::move(hops);
            response->wire_bytes = wire_bytes;
            co_return std::move(*response);
        }
        // Not the address in the request: a host that promised https was asked over https.
        auto const from = http::parse_url(response->effective_url).value_or(*url);
        auto target = http::redirect_target(from, *response);
        if (!target) {
            co_return target.error();
        }
        hops.push_back({.status = response->status, .from = from.text(), .to = target->text()});
        if (http::are_too_many(hops, pass_.plan->settings().fetch.redirects_max)) {
            co_return http::errc::too_many_redirects;
        }
        auto where = target->text();
        said_ = co_await permission_to_ask(pass_, std::move(where), turn_);
        if (said_ != Permission::allowed) {
            co_return http::errc::bad_redirect;
        }
        http::redirect_request(request, response->status, from, *target);
        *url = std::move(*target);
    }
}

}  // namespace newswired::daemon
