#include "http/redirect.hpp"

#include "http/client.hpp"
#include "http/retry_after.hpp"
#include "http/url/percent.hpp"

#include <algorithm>

namespace newswired::http {

bool is_redirect(std::uint16_t status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

void take_credentials(Request& request, Url& url) {
    if (request.username.empty() && request.password.empty()) {
        request.username = percent_decode(url.username);
        request.password = percent_decode(url.password);
    }
    url.username.clear();
    url.password.clear();
    url.fragment.reset();
}

bool are_too_many(std::vector<Hop> const& hops, std::size_t most) {
    auto const was_asked = [&hops](Hop const& hop) { return hop.from == hops.back().to; };
    return hops.size() > most || std::any_of(hops.begin(), hops.end(), was_asked);
}

Result<Url> redirect_target(Url const& url, Response const& response) {
    auto const location = response.fields["Location"];
    if (location.empty()) {
        return errc::bad_redirect;
    }
    auto target = parse_url(resolve(url.text(), location));
    if (!target || !target->is_http()) {
        return errc::bad_redirect;
    }
    target->fragment.reset();
    target->username.clear();
    target->password.clear();
    return std::move(*target);
}

milliseconds asked_delay(Request const& request, Response const& response, SystemTime now) {
    if (request.redirect_delay == RedirectDelay::waited) {
        return milliseconds{0};
    }
    return retry_after(response.fields, now).value_or(seconds{0});
}

void redirect_request(Request& request, std::uint16_t status, Url const& from, Url const& to) {
    // 15.4.2 to 15.4.4: a POST becomes a GET, as every browser does it; 307 and 308 keep it.
    if (request.method == Method::post && status != 307 && status != 308) {
        request.method = Method::get;
        request.body.clear();
        request.fields.remove("Content-Type");
        request.fields.remove("Content-Encoding");
    }
    if (from.host != to.host) {
        request.route = route_to_another_host(request.route);
    }
    if (from.origin() == to.origin()) {
        return;
    }
    request.username.clear();
    request.password.clear();
    for (auto const* name : {"Authorization", "Cookie", "Proxy-Authorization"}) {
        request.fields.remove(name);
    }
    for (auto const& name : request.secret_fields) {
        request.fields.remove(name);
    }
}

}  // namespace newswired::http
