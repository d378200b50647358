#include "daemon/status.hpp"

#include "core/json_writer.hpp"

#include <algorithm>
#include <iterator>

namespace newswired::daemon {
namespace {

std::string number(std::uint64_t count) {
    auto digits = std::to_string(count);
    for (auto place = std::ptrdiff_t(digits.size()) - 3; place > 0; place -= 3) {
        digits.insert(std::size_t(place), 1, ',');
    }
    return digits;
}

std::uint64_t lag(Status const& status, DeliveryStatus const& sink) {
    return status.log.last_seq - std::min(sink.delivered, status.log.last_seq);
}

void tell_sinks(std::string& text, Status const& status) {
    for (auto const& sink : status.sinks) {
        text += "  " + sink.sink + " (" + sink.type + "): at article " + number(sink.delivered);
        auto const behind = lag(status, sink);
        text += behind == 0 ? ", nothing waits" : ", " + number(behind) + " wait";
        if (status.parked.contains(sink.sink)) {
            text += ", PARKED";
        }
        text += sink.dead == 0 ? "" : ", " + number(sink.dead) + " dead letters";
        if (sink.disabled) {
            text += ", DISABLED until a reload or a restart: " + sink.error;
        } else if (!sink.error.empty()) {
            text += ", failing: " + sink.error;
        }
        text += "\n";
    }
}

void write_sinks(JsonWriter& json, Status const& status) {
    json.key("sinks");
    json.open_array();
    for (auto const& sink : status.sinks) {
        json.open_object();
        json.member("name", sink.sink);
        json.member("type", sink.type);
        json.member_number("seq", std::int64_t(sink.delivered));
        json.member_number("lag", std::int64_t(lag(status, sink)));
        json.member_number("delivered", std::int64_t(sink.count));
        json.member("parked", status.parked.contains(sink.sink));
        json.member("disabled", sink.disabled);
        json.member_number("dead", std::int64_t(sink.dead));
        json.member_or_null("error", sink.error);
        json.close_object();
    }
    json.close_array();
}

void write_feeds(JsonWriter& json, Status const& status) {
    json.key("feeds");
    json.open_object();
    json.member_number("configured", std::int64_t(status.polling.feeds));
    json.member_number("polling", std::int64_t(status.polling.polling));
    json.member_number("waiting", std::int64_t(status.polling.waiting));
    json.member_number("failing", std::int64_t(status.polling.failing_count));
    json.key("failures");
    json.open_array();
    for (auto const& failing : status.polling.failing) {
        json.open_object();
        json.member("feed", failing.feed);
        json.member("error", failing.error);
        json.close_object();
    }
    json.close_array();
    json.key("next");
    json.open_array();
    for (auto const& next : status.polling.upcoming) {
        json.open_object();
        json.member("feed", next.feed);
        json.member("at", rfc3339(next.at));
        json.close_object();
    }
    json.close_array();
    json.close_object();
}

void write_totals(JsonWriter& json, Totals const& totals) {
    json.key("since_start");
    json.open_object();
    json.member_number("polls", std::int64_t(totals.polls));
    json.member_number("documents", std::int64_t(totals.documents));
    json.member_number("not_modified", std::int64_t(totals.not_modified));
    json.member_number("failures", std::int64_t(totals.failures));
    json.member_number("new", std::int64_t(totals.fresh));
    json.member_number("updates", std::int64_t(totals.updates));
    json.member_number("duplicates", std::int64_t(totals.duplicates));
    json.member_number("bytes", std::int64_t(totals.bytes));
    json.close_object();
}

void tell_pushes(std::string& text, PushStatus const& pushes) {
    if (!pushes.wanted) {
        return;
    }
    text += "hubs: " + number(pushes.counts.subscriptions) + " feeds have one, " +
            number(pushes.counts.verified) + " subscribed to, " + number(pushes.counts.failing) +
            " failing; " + number(pushes.accepted) + " documents pushed, " + number(pushes.ignored) +
            " ignored\n";
    text += pushes.problem.empty() ? "" : "hubs can't reach us: " + pushes.problem + "\n";
}

void write_pushes(JsonWriter& json, PushStatus const& pushes) {
    json.key("websub");
    json.open_object();
    json.member("wanted", pushes.wanted);
    json.member_or_null("error", pushes.problem);
    json.member_number("subscriptions", std::int64_t(pushes.counts.subscriptions));
    json.member_number("verified", std::int64_t(pushes.counts.verified));
    json.member_number("failing", std::int64_t(pushes.counts.failing));
    json.member_number("pushed", std::int64_t(pushes.accepted));
    json.member_number("ignored", std::int64_t(pushes.ignored));
    json.close_object();
}

}  // namespace

void merge(PollerStatus& all, PollerStatus one) {
    all.feeds += one.feeds;
    all.polling += one.polling;
    all.waiting += one.waiting;
    all.failing_count += one.failing_count;
    std::move(one.failing.begin(), one.failing.end(), std::back_inserter(all.failing));
    std::move(one.upcoming.begin(), one.upcoming.end(), std::back_inserter(all.upcoming));
    if (all.failing.size() > PollerStatus::kMaxListed) {
        all.failing.resize(PollerStatus::kMaxListed);
    }
    std::sort(all.upcoming.begin(), all.upcoming.end(),
              [](auto const& a, auto const& b) { return a.at < b.at; });
}

std::string status_text(Status const& status) {
    auto const& polling = status.polling;
    auto const& totals = status.totals;
    std::string text = "newswired has been running for " +
                       in_words(std::chrono::floor<milliseconds>(status.now - status.started)) + "\n";
    text += "feeds: " + number(polling.feeds) + " configured, " + number(polling.polling) + " being asked, " +
            number(polling.waiting) + " waiting for their host, " + number(polling.failing_count) +
            " failing\n";
    text += "polls: " + number(totals.polls) + " (" + number(totals.documents) + " documents, " +
            number(totals.not_modified) + " not modified, " + number(totals.failures) + " failed)\n";
    text += "articles: " + number(totals.fresh) + " new, " + number(totals.updates) + " updated, " +
            number(totals.duplicates) + " duplicates dropped\n";
    tell_pushes(text, status.pushes);
    text += "log " + status.log.log + ": ";
    if (status.log.last_seq < status.log.first_seq) {
        text += "no articles\n";
    } else {
        text += "articles " + number(status.log.first_seq) + " to " + number(status.log.last_seq) + ", " +
                number(status.log.outbox_bytes) + " bytes\n";
    }
    text += "sinks:\n";
    tell_sinks(text, status);
    if (!polling.upcoming.empty()) {
        text += "next polls:\n";
        for (auto const& next : polling.upcoming) {
            auto const ahead = std::chrono::floor<milliseconds>(next.at - status.now);
            text += "  in " + in_words(std::max(ahead, milliseconds{0})) + "  " + next.feed + "\n";
        }
    }
    if (!polling.failing.empty()) {
        text += "failing feeds:\n";
        for (auto const& failing : polling.failing) {
            text += "  " + failing.feed + ": " + failing.error + "\n";
        }
    }
    return text;
}

std::string status_json(Status const& status) {
    std::string out;
    JsonWriter json{out};
    json.open_object();
    json.member("time", rfc3339_milliseconds(status.now));
    json.member("started", rfc3339(status.started));
    write_feeds(json, status);
    write_totals(json, status.totals);
    json.key("log");
    json.open_object();
    json.member("name", status.log.log);
    json.member_number("first_seq", std::int64_t(status.log.first_seq));
    json.member_number("last_seq", std::int64_t(status.log.last_seq));
    json.member_number("bytes", std::int64_t(status.log.outbox_bytes));
    json.close_object();
    write_sinks(json, status);
    write_pushes(json, status.pushes);
    json.close_object();
    return out + '\n';
}

}  // namespace newswired::daemon
