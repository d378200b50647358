#include "daemon/delivery/sink_commands.hpp"

#include "config/units.hpp"
#include "feeds/dates/date.hpp"

#include <boost/json.hpp>

#include <string>
#include <utility>
#include <vector>

namespace newswired::daemon {
namespace {

constexpr std::size_t kAtATime = 100;
constexpr std::size_t kMaxListed = DeadLetters::kMax;

ControlAnswer failure(std::string what) {
    return {.exit = 1, .err = std::move(what) + "\n"};
}

std::string url_of(storage::DeadLetter const& letter) {
    Error error;
    auto const view = letter.record.view();
    auto const record = boost::json::parse({view.data(), view.size()}, error);
    if (error || !record.is_object()) {
        return "-";
    }
    auto const* const url = record.get_object().if_contains("url");
    return url != nullptr && url->is_string() ? std::string{url->get_string()} : "-";
}

std::string line_of(storage::DeadLetter const& letter) {
    return std::to_string(letter.seq) + "\t" + rfc3339(letter.at) + "\t" + std::to_string(letter.attempts) +
           "\t" + letter.reason + "\t" + url_of(letter) + "\n";
}

Task<ControlAnswer> list_dead(storage::Store& store, std::string sink) {
    ControlAnswer answer;
    std::uint64_t last = 0;
    for (std::size_t listed = 0; listed < kMaxListed;) {
        auto const letters = co_await store.dead(sink, last, kAtATime);
        if (!letters) {
            co_return failure(letters.error().message());
        }
        if (letters->empty()) {
            break;
        }
        for (auto const& letter : *letters) {
            answer.out += line_of(letter);
        }
        listed += letters->size();
        last = letters->back().seq;
    }
    co_return std::move(answer);
}

Task<ControlAnswer> drop_dead(storage::Store& store, std::string sink) {
    std::size_t dropped = 0;
    for (;;) {
        auto const letters = co_await store.dead(sink, 0, kAtATime);
        if (!letters) {
            co_return failure(letters.error().message());
        }
        if (letters->empty() || dropped >= 2 * kMaxListed) {
            break;
        }
        std::vector<std::uint64_t> seqs;
        for (auto const& letter : *letters) {
            seqs.push_back(letter.seq);
        }
        dropped += seqs.size();
        auto const removed = co_await store.remove_dead(sink, std::move(seqs));
        if (!removed) {
            co_return failure(removed.error().message());
        }
    }
    co_return ControlAnswer{.out = std::to_string(dropped) + " dropped\n"};
}

Task<ControlAnswer> replay(storage::Store& store, Deliveries& deliveries, std::string sink, std::string since,
                           SystemTime now) {
    auto const from = since.empty() ? std::optional{SystemTime{}} : time_of(since, now);
    if (!from) {
        co_return failure("'" + since +
                          "' is neither a time, such as 2026-01-31T12:00:00Z, nor a duration, such as 2h");
    }
    auto const before = co_await last_before(store, *from);
    auto const stats = co_await store.stats();
    if (!before || !stats) {
        co_return failure((!before ? before.error() : stats.error()).message());
    }
    // Looked up only now: a reload may have ended it meanwhile.
    auto* const delivery = deliveries.find(sink);
    if (delivery == nullptr) {
        co_return failure("there is no sink '" + sink + "'");
    }
    if (*before >= delivery->cursor()) {
        co_return ControlAnswer{.out = "nothing to replay: the sink has not had anything since then\n"};
    }
    delivery->replay_after(*before);
    co_return ControlAnswer{.out = "articles " + std::to_string(*before + 1) + " to " +
                                   std::to_string(stats->last_seq) + " are delivered to " + sink +
                                   " again\n"};
}

}  // namespace

std::optional<SystemTime> time_of(std::string_view text, SystemTime now) {
    if (auto const ago = config::parse_duration(text)) {
        return now - *ago;
    }
    return feeds::parse_date(text);
}

// The log is in the order of time, so that halving finds the place.
Task<Result<std::uint64_t>> last_before(storage::Store& store, SystemTime since) {
    auto const stats = co_await store.stats();
    if (!stats) {
        co_return stats.error();
    }
    auto low = stats->first_seq;  // everything below is older, or gone
    auto high = stats->last_seq + 1;
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        auto const entries = co_await store.read(middle - 1, 1, 1);
        if (!entries) {
            co_return entries.error();
        }
        if (!entries->empty() && entries->front().time < since) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    co_return low - 1;
}

Task<ControlAnswer> answer_about_sink(storage::Store& store, Deliveries& deliveries, ControlQuestion question,
                                      SystemTime now) {
    auto const sink = question["sink"];
    auto* const delivery = deliveries.find(sink);
    if (delivery == nullptr) {
        co_return failure("there is no sink '" + sink + "'");
    }
    if (question["command"] == "replay") {
        co_return co_await replay(store, deliveries, sink, question["since"], now);
    }
    auto const& wanted = question["do"];
    if (wanted == "list") {
        co_return co_await list_dead(store, sink);
    }
    if (wanted == "retry") {
        delivery->retry_dead();
        auto const count = std::to_string(delivery->status().dead);
        co_return ControlAnswer{.out = count + " are tried again; 'dead list' tells what is refused again\n"};
    }
    auto answer = co_await drop_dead(store, sink);
    if (auto* const still_there = deliveries.find(sink)) {
        still_there->recount_dead();
    }
    co_return std::move(answer);
}

}  // namespace newswired::daemon
