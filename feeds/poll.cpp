#include "feeds/poll.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"
#include "feeds/freshness.hpp"
#include "feeds/websub/discovery.hpp"
#include "http/redirect.hpp"
#include "http/url/url.hpp"

#include <algorithm>

namespace newswired::feeds {
namespace {

// A status that is not known counts by its first digit (RFC 9110, 15): whatever succeeds brings a document.
PollOutcome outcome_of(std::uint16_t status) {
    switch (status) {
        case 204:
        case 205:
        case 304:
            return PollOutcome::not_modified;
        case 206:  // a part that nobody asked for
            return PollOutcome::refused;
        case 410:
            return PollOutcome::gone;
        default:
            return status / 100 == 2 ? PollOutcome::document : PollOutcome::refused;
    }
}

http::Request make_request(std::string url, Validators const& known, RequestOptions options) {
    http::Request request{.url = std::move(url)};
    constexpr std::size_t kConditions = 4;
    request.fields.reserve(options.headers.size() + kConditions);
    for (auto& [name, value] : options.headers) {
        request.secret_fields.push_back(name);
        request.fields.set(std::move(name), std::move(value));
    }
    if (!options.user_agent.empty()) {
        request.fields.set("User-Agent", std::move(options.user_agent));
    }
    request.username = std::move(options.username);
    request.password = std::move(options.password);
    request.route = std::move(options.route);
    request.redirect_delay = options.redirect_delay;
    request.redirect_judge = options.redirect_judge;
    if (!known.empty()) {
        make_conditional(request, known);
    }
    return request;
}

}  // namespace

bool PollAnswer::name_is_unknown() const {
    return error == http::errc::name_not_found;
}

PollAnswer answer_of(http::Response response, Validators const& known, SystemTime now) {
    PollAnswer answer{.outcome = outcome_of(response.status), .status = response.status};
    // Without a tag there is nothing that it could be the difference to.
    answer.is_delta = response.status == 226 && !known.etag.empty();
    // Only what speaks of the document may change its validators: not the tag of an error page, and not a
    // 204.
    auto const speaks_of_the_document = answer.outcome == PollOutcome::document || response.status == 304;
    answer.validators = speaks_of_the_document ? next_validators(response, known) : known;
    answer.fresh_for = freshness(response.fields, now);
    answer.retry_after = retry_after(response.fields, now);
    if (http::is_redirect(response.status) && answer.retry_after) {
        answer.outcome = PollOutcome::postponed;  // else it would have been followed
    }
    answer.content_type = response.fields["Content-Type"];
    answer.effective_url = std::move(response.effective_url);
    if (answer.outcome == PollOutcome::document) {
        answer.links = websub::links_in_header(response.fields, answer.effective_url);
    }
    answer.hops = std::move(response.hops);
    answer.body = std::move(response.body);
    answer.wire_bytes = response.wire_bytes;
    return answer;
}

void keep_secrets_at_home(RequestOptions& options, std::string_view configured, std::string_view address) {
    auto const from = http::parse_url(configured);
    auto const to = http::parse_url(address);
    if (from && to && from->origin() == to->origin()) {
        return;
    }
    options.username.clear();
    options.password.clear();
    options.headers.clear();
    if (!from || !to || from->host != to->host) {
        options.route = http::route_to_another_host(options.route);
    }
}

std::uint64_t document_digest(PollAnswer const& answer) {
    auto const origin = xxh3(answer.effective_url + "\n" + answer.content_type + "\n" NEWSWIRED_VERSION);
    return std::max<std::uint64_t>(xxh3(answer.body, origin), 1);
}

Task<PollAnswer> poll(http::Client& client, std::string url, Validators known, RequestOptions options,
                      SystemTime now) {
    auto response = co_await client.send(make_request(std::move(url), known, std::move(options)));
    if (!response) {
        PollAnswer answer;
        answer.error = response.error();
        answer.validators = std::move(known);
        co_return answer;
    }
    co_return answer_of(std::move(*response), known, now);
}

}  // namespace newswired::feeds
