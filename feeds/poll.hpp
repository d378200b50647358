// One poll: asks a feed's address, conditionally, and says in one word how that ended.
//
// Takes no decision about what comes next (interval.hpp) and reads no document (parse.hpp).

#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "feeds/conditional_get.hpp"
#include "feeds/feed_state.hpp"
#include "feeds/websub/links.hpp"
#include "http/client.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newswired::feeds {

/// What the operator configured for the request of one feed.
struct RequestOptions {
    std::string user_agent{};  ///< empty: the client's own
    std::string username{};
    std::string password{};
    std::vector<std::pair<std::string, std::string>>
        headers{};              ///< may hold secrets: they stay with the origin
    http::SharedRoute route{};  ///< null: the client's own way
    http::RedirectDelay redirect_delay = http::RedirectDelay::obey;
    http::RedirectJudge* redirect_judge = nullptr;  ///< must outlive the poll; null: redirects are followed
};

/// Takes out of `options`, which are meant for `configured`, what must not go to `address`, which redirects
/// have taught us: secrets stay with their origin, what a server is known by with its host.
void keep_secrets_at_home(RequestOptions& options, std::string_view configured, std::string_view address);

struct PollAnswer {
    PollOutcome outcome = PollOutcome::no_answer;
    std::uint16_t status = 0;
    Error error{};  ///< for no_answer
    bool name_is_unknown() const;
    std::string body{};     ///< for document: whole, codings removed
    bool is_delta = false;  ///< 226: the document lacks what it held before (RFC 3229)
    std::string content_type{};
    std::string effective_url{};
    std::vector<http::Hop> hops{};
    Validators validators{};  ///< to keep if the document proves readable, or after a 304
    websub::Links links{};    ///< what the header of a document says of hubs
    std::optional<seconds> fresh_for{};
    std::optional<seconds> retry_after{};
    std::uint64_t wire_bytes = 0;
};

/// Asks `url` with the validators `known`.  `client` must outlive the task.  Network errors are an outcome.
Task<PollAnswer> poll(http::Client& client, std::string url, Validators known, RequestOptions options,
                      SystemTime now);

/// The answer that `response` is; pure.
PollAnswer answer_of(http::Response response, Validators const& known, SystemTime now);

/// What tells a document from every other: its bytes, where they came from and what they claim to be.  The
/// program's version is part of it, so that a new one reads everything once more.  Never 0.
std::uint64_t document_digest(PollAnswer const& answer);

}  // namespace newswired::feeds
