#include "daemon/pass/articles.hpp"

#include "daemon/pass/commit.hpp"
#include "daemon/pass/full_text.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

namespace newswired::daemon {
namespace {

bool is_wanted(Reading const& reading, std::size_t finding) {
    return finding < reading.wanted.size() && reading.wanted[finding];
}

// Behind the last finding of the part that begins at `first`: it holds kPagesAPart pages, and all that comes
// before the next one.
std::size_t end_of_part(Reading const& reading, std::size_t first) {
    auto const most = std::min(reading.harvest.findings.size(), first + kFindingsAPart);
    std::size_t pages = 0;
    auto end = first;
    while (end < most && pages + (is_wanted(reading, end) ? 1 : 0) <= kPagesAPart) {
        pages += is_wanted(reading, end) ? 1 : 0;
        ++end;
    }
    return end;
}

std::vector<std::size_t> numbers_wanted(Reading const& reading, std::size_t first, std::size_t end) {
    std::vector<std::size_t> numbers;
    for (auto i = first; i < end; ++i) {
        if (is_wanted(reading, i)) {
            numbers.push_back(i - first);
        }
    }
    return numbers;
}

// The event as it goes behind a part that begins at finding `first`.
std::optional<storage::Notice> gap_of_part(std::optional<storage::Notice> gap, std::size_t first) {
    if (gap) {
        gap->unless_known_from -= std::min(gap->unless_known_from, first);
    }
    return gap;
}

// The last part stays in the pass's own commit.
void leave_in_commit(Pass& pass, Finished finished, std::size_t first) {
    pass.commit.items = std::move(finished.write_up.candidates);
    pass.commit.sites = std::move(finished.sites);
    pass.commit.gap = gap_of_part(std::move(pass.commit.gap), first);
}

// A gap is told behind the first part that tells anything of the document, and with it: whoever is stopped
// before the last part finds these items known, and no gap any more.  What rules drop says nothing yet.
bool is_settled(storage::PollCommit const& part, storage::Receipt const& receipt) {
    auto const from = part.gap ? part.gap->unless_known_from : receipt.verdicts.size();
    for (auto i = from; i < receipt.verdicts.size(); ++i) {
        auto const is_dropped = part.items[i].withheld == storage::Withheld::rule ||
                                receipt.verdicts[i].outcome == storage::Outcome::withheld;
        if (!is_dropped) {
            return true;  // told now, or by the same batch when it was written before
        }
    }
    return false;
}

// What of the findings is done goes out.
Task<void> write_part(Pass& pass, Finished finished, std::size_t first) {
    auto rest = std::exchange(pass.commit, frame_of(pass));
    pass.commit.state = pass.record.state;
    pass.commit.next_poll = pass.now;
    pass.commit.items = std::move(finished.write_up.candidates);
    pass.commit.sites = std::move(finished.sites);
    pass.commit.gap = gap_of_part(rest.gap, first);
    auto const receipt = co_await write(pass);
    if (is_settled(pass.commit, receipt)) {
        rest.gap.reset();
    }
    pass.commit = std::move(rest);
}

// Leaves wanted what is news to the store; false when it closes.
Task<bool> choose_news(Pass& pass, Reading& reading) {
    storage::Receipt receipt;
    auto const known = co_await preview(pass, reading.harvest.findings, receipt);
    if (known) {
        keep_news(receipt, pass.plan->settings().fetch.host_delay, reading.harvest.findings, reading.wanted);
    }
    co_return known;
}

Task<Finished> finish_part(Pass& pass, std::span<Finding> findings, bool heavy) {
    std::vector<Finding> part{std::make_move_iterator(findings.begin()),
                              std::make_move_iterator(findings.end())};
    for (auto const& finding : part) {
        pass.report.pages += finding.article.body_from == "page" ? 1 : 0;
    }
    co_return co_await finish(pass, std::move(part), pass.state.title, heavy);
}

}  // namespace

Task<bool> preview(Pass& pass, std::vector<Finding> const& findings, storage::Receipt& receipt) {
    constexpr milliseconds kPause{2'000};
    for (;;) {
        auto question = frame_of(pass);
        for (auto const& finding : findings) {
            question.items.push_back(finding.candidate);
        }
        auto answer = co_await pass.services.store.preview(std::move(question));
        if (answer) {
            receipt = std::move(*answer);
            co_return true;
        }
        if (answer.error() == storage::errc::closed) {
            co_return false;
        }
        co_await pass.services.clock.sleep_for(kPause);  // what can't be read can't be written either
    }
}

Task<bool> write_articles(Pass& pass, Reading& reading) {
    auto& findings = reading.harvest.findings;
    auto const& services = pass.services;
    std::optional<PageRound> round;
    if (reading.wants_pages() && services.pages != nullptr) {
        auto const chosen = co_await choose_news(pass, reading);
        if (!chosen) {
            co_return false;
        }
        give(pass.signals.takes_long);
        round.emplace(PageRound{.pages = *services.pages,
                                .workers = services.workers,
                                .clock = services.clock,
                                .plan = pass.plan,
                                .feed = pass.feed,
                                .memory = reading.bodies,
                                .deadline = services.clock.steady_now() + kAllPages});
    } else {
        reading.wanted.clear();
    }
    for (std::size_t first = 0; first < findings.size();) {
        auto const end = end_of_part(reading, first);
        std::span<Finding> const part{findings.data() + first, end - first};
        if (round) {
            auto which = numbers_wanted(reading, first, end);
            auto const goes_on = co_await add_pages(*round, part, std::move(which));
            if (!goes_on) {
                co_return false;
            }
        }
        auto finished = co_await finish_part(pass, part, reading.heavy || round);
        pass.titles = std::move(finished.write_up.titles);
        if (end == findings.size()) {
            leave_in_commit(pass, std::move(finished), first);
        } else {
            co_await write_part(pass, std::move(finished), first);
        }
        first = end;
    }
    if (round) {
        pass.state.bodies = articles::encode(reading.bodies);
    }
    co_return true;
}

}  // namespace newswired::daemon
