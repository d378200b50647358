#include "daemon/pass/gap.hpp"

#include "articles/record.hpp"
#include "core/hash.hpp"
#include "core/json_writer.hpp"
#include "daemon/pass/archives.hpp"
#include "daemon/pass/articles.hpp"
#include "daemon/pass/full_text.hpp"
#include "daemon/pass/write_up.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace newswired::daemon {
namespace {

// As the ledger decides when the event is told (storage/store.hpp, Notice).
bool all_are_new(storage::Receipt const& preview) {
    return std::all_of(preview.verdicts.begin(), preview.verdicts.end(), [](storage::Verdict const& verdict) {
        return verdict.outcome == storage::Outcome::fresh ||
               (verdict.outcome == storage::Outcome::withheld && verdict.seq == 0);
    });
}

storage::Notice notice_of(Pass const& pass, Filling const& filling) {
    auto const& before = pass.state;
    auto body = articles::feed_member(describe(*pass.plan, pass.feed, before.title));
    std::string gap;
    JsonWriter json{gap};
    json.key("gap");
    json.open_object();
    json.member("since", rfc3339_milliseconds(before.succeeded));
    json.member_number("polls", std::int64_t{before.errors} + 1);
    json.member_number("filled", std::int64_t(filling.findings.size()));
    json.key("complete");
    json.value(filling.complete);
    json.close_object();
    return {.key = article_key(pass.identity(), ""),
            .body = body + ',' + gap,
            .unless_known_from = filling.findings.size()};
}

void put_in_front(std::vector<Finding> older, Pass const& pass, Reading& reading) {
    if (!reading.wanted.empty()) {
        auto wanted = choose_pages(*pass.plan, pass.feed, pass.configured_url, older, reading.bodies);
        reading.wanted.insert(reading.wanted.begin(), wanted.begin(), wanted.end());
    }
    auto& findings = reading.harvest.findings;
    older.insert(older.end(), std::make_move_iterator(findings.begin()),
                 std::make_move_iterator(findings.end()));
    findings = std::move(older);
    reading.heavy = true;
}

}  // namespace

Task<bool> look_for_gap(Pass& pass, Reading& reading) {
    auto const same_feed = pass.state.asked_for == xxh3(pass.configured_url);
    if (!reading.arrivals.moved_on || !same_feed) {
        co_return true;
    }
    storage::Receipt receipt;
    auto const known = co_await preview(pass, reading.harvest.findings, receipt);
    if (!known) {
        co_return false;
    }
    reading.is_gap = all_are_new(receipt);
    if (!reading.is_gap) {
        reading.arrivals.items.clear();  // it only looked so: they say nothing about the feed's pace
        co_return true;
    }
    Filling filling;
    if (!reading.archive.empty()) {
        give(pass.signals.takes_long);
        filling = co_await read_archives(pass, reading.archive);
    }
    if (filling.stopped) {
        co_return false;
    }
    pass.gap_since = pass.state.succeeded;
    pass.commit.gap = notice_of(pass, filling);
    if (!filling.findings.empty()) {
        put_in_front(std::move(filling.findings), pass, reading);
    }
    co_return true;
}

}  // namespace newswired::daemon
