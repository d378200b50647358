#include "daemon/pass/commit.hpp"

#include "core/hash.hpp"
#include "core/log.hpp"

#include <algorithm>
#include <utility>

namespace newswired::daemon {
namespace {

constexpr milliseconds kFirstPause{500};
constexpr milliseconds kLongestPause{30'000};

void count(PassReport& report, storage::Outcome outcome) {
    report.fresh += outcome == storage::Outcome::fresh;
    report.updates += outcome == storage::Outcome::update;
    report.duplicates += outcome == storage::Outcome::duplicate;
}

void note_receipt(Pass& pass, storage::Receipt const& receipt) {
    if (receipt.gap_seq != 0) {
        log::warn("A feed moved on faster than it was asked: articles may be missing",
                  {{"feed", pass.identity()}, {"since", rfc3339(pass.gap_since)}, {"seq", receipt.gap_seq}});
    }
    for (std::size_t i = 0; i < receipt.verdicts.size(); ++i) {
        auto const outcome = receipt.verdicts[i].outcome;
        count(pass.report, outcome);
        auto const emitted = outcome == storage::Outcome::fresh || outcome == storage::Outcome::update;
        if (emitted && i < pass.titles.size()) {
            log::info(outcome == storage::Outcome::fresh ? "New article" : "Updated article",
                      {{"feed", pass.identity()},
                       {"title", pass.titles[i]},
                       {"url", pass.commit.items[i].url},
                       {"seq", receipt.verdicts[i].seq}});
        }
    }
}

void note_stored(Pass& pass) {
    pass.record.state = std::move(pass.commit.state);
    if (pass.commit.window) {
        pass.record.window = std::move(*pass.commit.window);
    }
}

}  // namespace

storage::PollCommit frame_of(Pass const& pass) {
    auto const& settings = pass.plan->settings();
    storage::PollCommit frame;
    frame.feed = pass.plan->feeds().id(pass.feed);
    frame.site = host_hash(pass.configured_url);
    frame.at = pass.now;
    frame.scope = static_cast<storage::Scope>(settings.dedup.scope);
    frame.on_duplicate = static_cast<storage::OnDuplicate>(settings.dedup.match);
    frame.emit_updates = pass.options.updates == config::Updates::emit;
    frame.keep = settings.dedup.keep;
    frame.near_window = settings.dedup.near_window;
    frame.route = pass.plan->route(pass.feed);
    return frame;
}

void complete_commit(Pass& pass) {
    auto whole = frame_of(pass);
    auto& commit = pass.commit;
    whole.items = std::move(commit.items);
    whole.seen_again = std::move(commit.seen_again);
    whole.window = std::move(commit.window);
    whole.sites = std::move(commit.sites);
    whole.gap = std::move(commit.gap);
    whole.next_poll = pass.report.next_poll;
    commit = std::move(whole);
}

Task<storage::Receipt> write(Pass& pass) {
    auto pause = kFirstPause;
    bool told = false;
    for (;;) {
        auto batch = pass.commit;
        auto receipt = co_await pass.services.store.commit(std::move(batch));
        if (receipt) {
            note_receipt(pass, *receipt);
            note_stored(pass);
            co_return std::move(*receipt);
        }
        if (receipt.error() == storage::errc::closed) {
            pass.report.error = receipt.error().message();
            co_return storage::Receipt{};
        }
        if (!std::exchange(told, true)) {
            log::debug("A poll waits to be stored",
                       {{"feed", pass.identity()}, {"reason", receipt.error().message()}});
        }
        co_await pass.services.clock.sleep_for(pause);
        pause = std::min(pause * 2, kLongestPause);
    }
}

}  // namespace newswired::daemon
