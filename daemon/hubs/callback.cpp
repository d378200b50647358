#include "daemon/hubs/callback.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "feeds/websub/protocol.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <string>
#include <utility>

namespace newswired::daemon {
namespace {

namespace websub = feeds::websub;

// Hubs give up after 5 to 30 s; a document that is stored later counts all the same, and is known when it
// comes again.
constexpr milliseconds kPushTime{20'000};
constexpr std::size_t kSignOnWorkerFrom = 256 * 1024;

// Whatever stands before the token: a proxy may have taken parts of the call-back's path away.
std::string_view token_of(http::ServerRequest const& request) {
    auto const path = request.path();
    return path.substr(path.rfind('/') + 1);
}

http::ServerResponse plain(std::string text) {
    http::ServerResponse response;
    response.fields.add("Content-Type", "text/plain; charset=utf-8");
    response.fields.add("X-Content-Type-Options", "nosniff");  // a challenge is a stranger's text
    response.body = std::move(text);
    return response;
}

}  // namespace

HubCallback::HubCallback(SubscriptionBook& book, WorkerPool& workers, Clock& clock, Push push,
                         std::function<void()> changed)
    : book_{book}, workers_{workers}, clock_{clock}, push_{std::move(push)}, changed_{std::move(changed)} {}

std::optional<http::ServerResponse> HubCallback::refuse(http::ServerRequest const& head) {
    auto const is_push = head.method == "POST";
    if (!is_push && head.method != "GET") {
        auto refusal = http::short_response(405);
        refusal.fields.add("Allow", "GET, POST");
        return refusal;
    }
    auto const place = book_.find(token_of(head));
    if (!place) {
        return http::short_response(404);
    }
    if (is_push && !place->is_current) {
        return http::short_response(410);  // WebSub, 7: the hub may end the subscription
    }
    auto const coding = head.fields["Content-Encoding"];
    if (is_push && !coding.empty() && !equal_ignoring_case(coding, "identity")) {
        return http::short_response(415);
    }
    return {};
}

Task<http::ServerResponse> HubCallback::answer(http::ServerRequest request) {
    auto const token = std::string{token_of(request)};
    auto const place = book_.find(token);
    if (!place) {
        co_return http::short_response(404);
    }
    if (request.method == "GET") {
        co_return verify(token, request);
    }
    co_return co_await take(place->feed, std::move(request));
}

http::ServerResponse HubCallback::verify(std::string_view token, http::ServerRequest const& request) {
    auto const says = websub::read_query(request.query());
    auto const agrees = book_.hears(token, says, clock_.now());
    log::debug(agrees ? "A hub was answered" : "A hub was told that this is none of ours",
               {{"topic", says.topic}, {"query", request.query()}});
    changed_();
    return agrees ? plain(says.challenge) : http::short_response(404);
}

Task<bool> HubCallback::is_signed(FeedId feed, http::ServerRequest const& request) {
    auto const secret = book_.secret(feed);
    auto const signature = std::string{request.fields["X-Hub-Signature"]};
    auto check = [&] { return websub::is_signed(signature, secret, request.body); };
    if (request.body.size() < kSignOnWorkerFrom) {
        co_return check();
    }
    co_return co_await workers_.run(check);
}

Task<PushOutcome> HubCallback::push_in_time(FeedId feed, PushedDocument document) {
    using namespace boost::asio::experimental::awaitable_operators;
    auto pushing = push_(feed, std::move(document));
    auto patience = clock_.sleep_for(kPushTime);
    auto const first = co_await (std::move(pushing) || std::move(patience));
    co_return first.index() == 0 ? std::get<0>(first) : PushOutcome::refused;
}

// 8: what is not signed as agreed is answered as if it were, and thrown away: whoever sent it learns nothing.
Task<http::ServerResponse> HubCallback::take(FeedId feed, http::ServerRequest request) {
    constexpr std::uint16_t kAccepted = 202;
    constexpr std::uint16_t kUnavailable = 503;
    auto const signature_fits = co_await is_signed(feed, request);
    if (!signature_fits) {
        ++ignored_;
        log::debug("A document was pushed that is not signed as agreed; it is ignored",
                   {{"path", request.path()}, {"bytes", request.body.size()}});
        co_return http::short_response(kAccepted);
    }
    PushedDocument document{.bytes = std::move(request.body),
                            .content_type = std::string{request.fields["Content-Type"]}};
    auto const outcome = co_await push_in_time(feed, std::move(document));
    if (outcome == PushOutcome::refused) {
        auto later = http::short_response(kUnavailable);
        later.fields.add("Retry-After", "60");
        co_return later;
    }
    if (outcome == PushOutcome::unreadable) {
        ++ignored_;
    } else {
        ++accepted_;
        book_.delivered(feed, clock_.now());
        changed_();
    }
    co_return http::short_response(kAccepted);
}

}  // namespace newswired::daemon
