// The webhook sink: articles as POSTed messages of Standard Webhooks 1.0.  At least once; a message that is
// tried again has the id and the body of the first try.
//
// A message that the receiver refuses for good (4xx) is halved until the article that it can't take stands
// alone; that one is left out and reported (take_refused), and the rest goes on.  A receiver that takes
// nothing because of the address or the secret (401, 403, 404, 407, a redirect) may be mended by its
// operator, and is tried for long; then its messages are left out whole, each after one more try.

#include "core/clock.hpp"
#include "core/json_writer.hpp"
#include "http/client.hpp"
#include "http/retry_after.hpp"
#include "sinks/errors.hpp"
#include "sinks/sink.hpp"
#include "sinks/webhook/bounds.hpp"
#include "sinks/webhook/signature.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace newswired::sinks {
namespace {

using Records = std::span<Record const>;

std::string message_body(Records records, SystemTime made) {
    std::string body;
    JsonWriter json{body};
    json.open_object();
    json.member("type", "articles");
    json.member("timestamp", rfc3339_milliseconds(made));
    json.key("data");
    json.open_array();
    for (auto const& record : records) {
        json.raw(record.json);
    }
    json.close_array();
    json.close_object();
    return body;
}

class WebhookSink final : public Sink {
  public:
    WebhookSink(config::Sink settings, Services services)
        : settings_{std::move(settings)},
          services_{std::move(services)},
          key_{webhook_key(settings_.secret)} {}

    Task<Result<std::string>> open(std::string position) override {
        if (tried_.first == 0) {
            auto const since = tried_.unwelcome_since;
            tried_ = decode_bounds(position);
            tried_.unwelcome_since = std::max(tried_.unwelcome_since, since);
        }
        co_return encode(tried_);
    }

    std::size_t batch_max() const override { return settings_.batch; }

    // The bounds are stored before the first try: after a crash it is the same message that is sent again.
    std::optional<std::string> prepare(Records records) override {
        if (auto const rest = what_is_left(records); !rest.empty()) {
            (void)next_message(rest);
        }
        return encode(tried_);
    }

    std::vector<Refused> take_refused() override { return std::exchange(refused_, {}); }

    Task<Result<std::string>> deliver(std::vector<Record> records) override;

    // There is nothing to open anew.
    Task<Result<std::string>> reopen() override { co_return encode(tried_); }

  private:
    enum class Answer : std::uint8_t { accepted, refused, hopeless, later, gone };

    Records what_is_left(Records records);
    Records next_message(Records rest);
    Task<Result<void>> send_or_halve(Records records);
    Task<Result<Answer>> post(Records records);
    Task<Result<http::Response>> send_in_time(http::Request request);
    Answer judge(http::Response const& response);
    Answer judge_unwelcome();
    void leave_out(Records records);

    config::Sink settings_;
    Services services_;
    std::string key_;
    Bounds tried_{};           // the message at hand
    std::uint64_t begun_ = 0;  // the first article of the batch at hand
    std::uint64_t done_ = 0;   // everything of it up to here was taken, though what follows failed
    std::vector<Refused> refused_{};
    SteadyTime not_before_{};    // the receiver's Retry-After
    std::uint16_t refusal_ = 0;  // the last status that was no acceptance
};

// The message that was tried before, whatever has come behind it since; else as many articles as fit.
Records WebhookSink::next_message(Records rest) {
    auto count = std::min<std::size_t>(settings_.batch, rest.size());
    if (tried_.first == rest.front().seq) {
        auto const beyond =
            std::find_if(rest.begin(), rest.end(), [&](Record const& one) { return one.seq > tried_.last; });
        count = std::max<std::size_t>(1, std::size_t(beyond - rest.begin()));
    } else {
        tried_ = {.first = rest.front().seq,
                  .last = rest[count - 1].seq,
                  .made = services_.clock.now(),
                  .unwelcome_since = tried_.unwelcome_since};
    }
    return rest.first(count);
}

// What of a batch that failed half-way was not taken yet; all of another one.
Records WebhookSink::what_is_left(Records records) {
    if (records.front().seq != begun_) {
        begun_ = records.front().seq;
        done_ = 0;
    }
    auto const is_new = [this](Record const& one) { return one.seq > done_; };
    auto const first = std::find_if(records.begin(), records.end(), is_new);
    return records.subspan(std::size_t(first - records.begin()));
}

Task<Result<std::string>> WebhookSink::deliver(std::vector<Record> records) {
    if (services_.clock.steady_now() < not_before_) {
        co_return errc::asked_to_wait;
    }
    auto rest = what_is_left(records);
    while (!rest.empty()) {
        auto const message = next_message(rest);
        auto const sent = co_await send_or_halve(message);
        if (!sent) {
            co_return sent.error();
        }
        tried_ = {.unwelcome_since = tried_.unwelcome_since};
        rest = rest.subspan(message.size());
    }
    begun_ = done_ = 0;
    co_return std::string{};
}

// Halves what is refused, without recursion: the parts that wait are a stack of counts, the next on top.
Task<Result<void>> WebhookSink::send_or_halve(Records records) {
    std::vector<std::size_t> waiting{records.size()};
    while (!waiting.empty()) {
        auto const count = waiting.back();
        auto const part = records.first(count);
        auto const answer = co_await post(part);
        if (!answer) {
            co_return answer.error();
        }
        if (*answer == Answer::later || *answer == Answer::gone) {
            co_return *answer == Answer::gone ? errc::receiver_gone : errc::not_accepted;
        }
        waiting.pop_back();
        if (*answer == Answer::refused && count > 1) {
            waiting.push_back(count - count / 2);
            waiting.push_back(count / 2);
            continue;
        }
        if (*answer == Answer::refused || *answer == Answer::hopeless) {
            leave_out(part);
        }
        done_ = part.back().seq;
        records = records.subspan(count);
    }
    co_return Result<void>{};
}

Task<Result<WebhookSink::Answer>> WebhookSink::post(Records records) {
    Bounds const bounds{.first = records.front().seq, .last = records.back().seq};
    auto const id = message_id(services_.log, bounds);
    auto const now = std::chrono::floor<seconds>(services_.clock.now());
    auto const timestamp = std::to_string(now.time_since_epoch().count());
    http::Request request;
    request.url = settings_.url;
    request.method = http::Method::post;
    request.body = message_body(records, tried_.made);
    request.address_is_trusted = true;            // the operator typed it
    request.redirects = http::Redirects::refuse;  // and nobody else says where articles go
    request.fields.add("Content-Type", "application/json");
    request.fields.add("Accept", "*/*");
    request.fields.add("webhook-id", id);
    request.fields.add("webhook-timestamp", timestamp);
    if (!key_.empty()) {
        request.fields.add("webhook-signature", webhook_signature(key_, id, timestamp, request.body));
    }
    auto const response = co_await send_in_time(std::move(request));
    if (!response) {
        co_return response.error();
    }
    co_return judge(*response);
}

Task<Result<http::Response>> WebhookSink::send_in_time(http::Request request) {
    using namespace boost::asio::experimental::awaitable_operators;
    auto answer = services_.client.send(std::move(request));
    auto patience = services_.clock.sleep_for(settings_.timeout);
    auto first = co_await (std::move(answer) || std::move(patience));
    if (first.index() == 1) {
        co_return errc::no_answer_in_time;
    }
    co_return std::get<0>(std::move(first));
}

WebhookSink::Answer WebhookSink::judge(http::Response const& response) {
    auto const status = response.status;
    if (status >= 200 && status < 300) {
        tried_.unwelcome_since = {};
        return Answer::accepted;
    }
    refusal_ = status;
    constexpr seconds kLongestWait{24 * 3600};
    if (auto const wait = http::retry_after(response.fields, services_.clock.now())) {
        not_before_ = services_.clock.steady_now() + std::min(*wait, kLongestWait);
    }
    constexpr std::uint16_t kGone = 410;  // Standard Webhooks: the receiver wants no more
    if (status == kGone) {
        return Answer::gone;
    }
    switch (status) {
        case 408:  // timed out, too early, too many: the articles are not at fault
        case 425:
        case 429:
            return Answer::later;
        case 401:
        case 403:
        case 404:
        case 407:
            return judge_unwelcome();
        default:
            break;
    }
    if (status >= 300 && status < 400) {
        return judge_unwelcome();
    }
    return status >= 400 && status < 500 ? Answer::refused : Answer::later;
}

WebhookSink::Answer WebhookSink::judge_unwelcome() {
    constexpr int kTriesAtTheLongestPause = 12;  // half a day with retry.max as it is by default
    auto const patience = settings_.retry.max * kTriesAtTheLongestPause;
    auto const now = services_.clock.now();
    if (tried_.unwelcome_since == SystemTime{}) {
        tried_.unwelcome_since = now;
    }
    return now - tried_.unwelcome_since < patience ? Answer::later : Answer::hopeless;
}

void WebhookSink::leave_out(Records records) {
    for (auto const& record : records) {
        refused_.push_back({.record = record, .reason = "answered with status " + std::to_string(refusal_)});
    }
}

}  // namespace

std::unique_ptr<Sink> make_webhook_sink(config::Sink const& settings, Services services) {
    return std::make_unique<WebhookSink>(settings, std::move(services));
}

}  // namespace newswired::sinks
